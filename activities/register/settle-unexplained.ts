import { createHash } from 'node:crypto';
import { absenceId, type Settling } from '../../policy/register/correction.ts';
import { reasonOverdue, unexplainedFrom } from '../../policy/register/measures/unexplained.ts';
import { calendarOf, unexplainedOf } from '../../prisma/register.ts';
import { importMarks } from './import-marks.ts';
import type { ImportDeps, ImportResult } from './import-result.ts';
import type { RawRow } from './raw-row.ts';

const fileName = 'Absences that nobody explained in time';
const reason = 'No reason was found in five school days';

/**
 * Makes absences whose reason nobody found in time O, of those that were named (SI 2024/208 reg 10(7)-(9)). What was an N
 * stays known as it was. Which of them still are an N is looked at when nothing else can change the register any more: a
 * reason that came in meanwhile stands.
 * @throws Refusal('Busy') while another import runs.
 */
export function settleUnexplained(deps: ImportDeps, { schoolId, absences, by, today }: Settling): Promise<ImportResult> {
  const named = new Set(absences);
  async function* rows(): AsyncGenerator<RawRow> {
    const calendar = await calendarOf(deps.db, schoolId);
    const open = await unexplainedOf(deps.db, schoolId, { from: unexplainedFrom(today), to: today });
    let row = 0;
    for (const { admissionNo, ...mark } of open) {
      if (!named.has(absenceId(mark)) || !reasonOverdue(calendar, mark.on, today)) continue;
      row++;
      yield { row, cells: { admission_no: admissionNo, date: mark.on, session: mark.session, code: 'O', reason } };
    }
  }
  const sha256 = createHash('sha256').update(JSON.stringify(absences)).digest('hex');
  return importMarks(deps, { schoolId, rows: rows(), fileName, sha256, by, on: today });
}
