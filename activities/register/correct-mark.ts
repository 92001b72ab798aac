import { createHash } from 'node:crypto';
import { Refusal } from '../../policy/refusal.ts';
import type { MarkCorrection } from '../../policy/register/correction.ts';
import { csvForms } from '../../policy/register/csv-forms.ts';
import { schoolDays, wrongDay } from '../../policy/register/mark-day.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { calendarOf } from '../../prisma/register.ts';
import { checkRow } from './check-row.ts';
import { importMarks } from './import-marks.ts';
import type { ImportDeps, ImportResult } from './import-result.ts';

const fileName = 'One mark, on the pupil’s page';

/**
 * Corrects one mark, by the same way as a file with one row: what it was stays in the register, with who changed it, when
 * and why; totals are counted again, and cases are opened or told (SI 2024/208 reg 6, as the policies read it).
 * @throws Refusal('BadInput') with what is wrong and its cure, before anything is written; 'Busy' while an import runs.
 */
export async function correctMark(
  deps: ImportDeps,
  { pupilId, on, session, code, minutesLate, reason, by, today }: MarkCorrection,
): Promise<ImportResult> {
  const pupil = await deps.db.pupil.findUniqueOrThrow({ where: { id: pupilId } });
  const minutes = minutesLate === undefined ? {} : { minutes_late: String(minutesLate) };
  const cells = { admission_no: pupil.admissionNo, date: on, session, code, ...minutes, reason };
  const { read, wrongs } = checkRow(csvForms.marks, { row: 1, cells });
  const days = schoolDays(await calendarOf(deps.db, pupil.schoolId), today);
  if (read === null) throw new Refusal('BadInput', wrongs.map(({ cure }) => cure).join('. '));
  const wrong = wrongDay(read, { from: dayOf(pupil.onRollFrom), to: dayOrNull(pupil.onRollTo) }, days);
  if (wrong) throw new Refusal('BadInput', `${wrong.why}. Choose another day`);
  const sha256 = createHash('sha256').update(JSON.stringify(cells)).digest('hex');
  return importMarks(deps, { schoolId: pupil.schoolId, rows: [{ row: 1, cells }], fileName, sha256, by, on: today });
}
