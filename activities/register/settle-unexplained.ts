import { createHash } from 'node:crypto';
import type { Day } from '../../policy/calendar/day.ts';
import { Refusal } from '../../policy/refusal.ts';
import { absenceId, type Settling } from '../../policy/register/correction.ts';
import { schoolDays, wrongDay } from '../../policy/register/mark-day.ts';
import { reasonOverdue, unexplainedFrom } from '../../policy/register/measures/unexplained.ts';
import type { Db } from '../../prisma/client.ts';
import { calendarOf, type Unexplained, unexplainedOf } from '../../prisma/register.ts';
import { importMarks } from './import-marks.ts';
import type { ImportDeps, ImportResult } from './import-result.ts';
import type { RawRow } from './raw-row.ts';

const fileName = 'Absences that nobody explained in time';
const reason = 'No reason was found in five school days';

/**
 * Absences of a school whose time to be explained is over, the oldest first. On a day that is no longer one of the school's or
 * of the pupil's nothing was to be explained: such a mark would be refused, and the others with it.
 */
export async function overdueAbsences(db: Db, schoolId: string, today: Day): Promise<Unexplained[]> {
  const calendar = await calendarOf(db, schoolId);
  const days = schoolDays(calendar, today);
  const open = await unexplainedOf(db, schoolId, { from: unexplainedFrom(today), to: today });
  return open.filter(
    ({ on, onRoll }) => reasonOverdue(calendar, on, today) && wrongDay({ date: on, code: 'O' }, onRoll, days) === null,
  );
}

/**
 * Makes absences whose reason nobody found in time O, of those that were named (SI 2024/208 reg 10(7)-(9)). What was an N
 * stays known as it was. Which of them still are an N is looked at when nothing else can change the register any more: a
 * reason that came in meanwhile stands.
 * @throws Refusal('Busy') while another import runs; 'NotAllowed' if one of the marks is refused, and then all of them are.
 */
export async function settleUnexplained(
  deps: ImportDeps,
  { schoolId, absences, by, via, today }: Settling,
): Promise<ImportResult> {
  const named = new Set(absences);
  async function* rows(): AsyncGenerator<RawRow> {
    let row = 0;
    for (const { admissionNo, ...mark } of await overdueAbsences(deps.db, schoolId, today)) {
      if (!named.has(absenceId(mark))) continue;
      row++;
      yield { row, cells: { admission_no: admissionNo, date: mark.on, session: mark.session, code: 'O', reason } };
    }
  }
  const sha256 = createHash('sha256').update(JSON.stringify(absences)).digest('hex');
  const done = await importMarks(deps, { schoolId, rows: rows(), fileName, sha256, by, via, on: today });
  const [wrong] = done.problems;
  if (done.status === 'refused')
    throw new Refusal('NotAllowed', wrong ? `${wrong.value}: ${wrong.cure}. ${done.says}` : done.says);
  return done;
}
