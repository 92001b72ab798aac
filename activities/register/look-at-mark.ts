import type { Day } from '../../policy/calendar/day.ts';
import type { MarkRow } from '../../policy/register/csv-forms.ts';
import { type SchoolDays, wrongDay } from '../../policy/register/mark-day.ts';
import type { Tx } from '../../prisma/client.ts';
import type { Found } from './importer.ts';
import { type KnownPupil, unknownPupil } from './known-pupils.ts';
import { mostProblems, type Wrong } from './raw-row.ts';

/** What is wrong with a mark whose form is right: its pupil, or its day. */
export function looksWrong(
  { admission_no, date, code }: Pick<MarkRow, 'admission_no' | 'date' | 'code'>,
  pupil: KnownPupil | undefined,
  days: SchoolDays,
): Wrong[] {
  if (!pupil) return [unknownPupil(admission_no)];
  const wrong = wrongDay({ date, code }, pupil, days);
  return wrong === null ? [] : [{ column: 'date', value: date, cure: `${wrong.why}: ${wrong.cure}` }];
}

/** Staged marks that look wrong now, as a calendar or a pupil's days at the school were changed since they were staged. */
export async function outdatedMarks(tx: Tx, importId: string, days: SchoolDays): Promise<Found[]> {
  const closed = [...days.closed].filter((day) => days.first <= day && day <= days.last);
  const rows = await tx.$queryRaw<({ n: number; row: number; admissionNo: string; date: Day; code: string } & KnownPupil)[]>`
    SELECT s.n, s.row, p.admission_no AS "admissionNo", s.day::text AS date, s.code, p.id, p.on_roll_from::text AS "from",
      p.on_roll_to::text AS "to"
    FROM staged_mark AS s JOIN pupil AS p ON p.id = s.pupil_id
    WHERE s.import_id = ${importId}::uuid AND s.code <> '-' AND (s.day > ${days.today}::date
      OR (s.code <> '#' AND s.day NOT IN (SELECT unnest(${[...days.open]}::date[]))
        AND NOT (s.code LIKE 'Y%' AND s.day IN (SELECT unnest(${closed}::date[]))))
      OR (s.code NOT IN ('Z', '#') AND (s.day < p.on_roll_from OR s.day > p.on_roll_to)))
    ORDER BY s.n LIMIT ${mostProblems}`;
  return rows.flatMap(({ n, row, admissionNo: admission_no, date, code, ...pupil }) =>
    looksWrong({ admission_no, date, code }, pupil, days).map((wrong) => ({ row, with: [n], ...wrong })),
  );
}
