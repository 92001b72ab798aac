import { type Day, shortDay } from '../../policy/calendar/day.ts';
import { isClosed, type SchoolCalendar } from '../../policy/calendar/school-calendar.ts';
import type { MarkRow } from '../../policy/register/csv-forms.ts';
import type { Tx } from '../../prisma/client.ts';
import type { Found } from './importer.ts';
import { type KnownPupil, unknownPupil } from './known-pupils.ts';
import { mostProblems, type Wrong } from './raw-row.ts';

/** A school's days as a mark is checked against them. */
export type SchoolDays = { open: ReadonlySet<Day>; closed: (day: Day) => boolean; first: Day; last: Day; today: Day };

export function schoolDays(calendar: SchoolCalendar, today: Day): SchoolDays {
  const { days, terms } = calendar;
  const last = terms
    .map(({ to }) => to)
    .sort()
    .at(-1);
  return { open: new Set(days), closed: (day) => isClosed(calendar, day), first: terms[0]?.from ?? '', last: last ?? '', today };
}

/** What is wrong with a mark whose form is right: its pupil, or its day. */
export function looksWrong(
  { admission_no, date, code }: Pick<MarkRow, 'admission_no' | 'date' | 'code'>,
  pupil: KnownPupil | undefined,
  days: SchoolDays,
): Wrong[] {
  if (!pupil) return [unknownPupil(admission_no)];
  const cure = wrongDay(date, code, days) ?? offRoll(date, code, pupil);
  return cure === null ? [] : [{ column: 'date', value: date, cure }];
}

function wrongDay(date: Day, code: string, { open, closed, first, last, today }: SchoolDays): string | null {
  if (first === '') return 'The school has no terms yet: add them to its calendar';
  if (date > today) return `This day has not come: leave out rows after ${shortDay(today)}`;
  if (date < first || date > last)
    return `The school’s calendar runs from ${shortDay(first)} to ${shortDay(last)}: mend the date, or add its term to the calendar`;
  // '#' is the code for a planned closure, and Y for one that nobody planned: on a closed day they say what the calendar says.
  const saysSo = code === '#' || (code.startsWith('Y') && closed(date));
  if (!open.has(date) && !saysSo) return 'The school was closed on this day: mend the date, or leave the row out';
  return null;
}

/** Z (not yet on the admission register) and # may stand outside a pupil's time at the school. */
function offRoll(date: Day, code: string, { from, to }: KnownPupil): string | null {
  if (code === 'Z' || code === '#') return null;
  if (date < from) return `The pupil joined on ${shortDay(from)}: mend the date, or on_roll_from in the pupils file`;
  if (to !== null && date > to) return `The pupil left on ${shortDay(to)}: mend the date, or on_roll_to in the pupils file`;
  return null;
}

/** Staged marks that look wrong now, as a calendar or a pupil's days at the school were changed since they were staged. */
export async function outdatedMarks(tx: Tx, importId: string, days: SchoolDays): Promise<Found[]> {
  const rows = await tx.$queryRaw<({ n: number; row: number; admissionNo: string; date: Day; code: string } & KnownPupil)[]>`
    SELECT s.n, s.row, p.admission_no AS "admissionNo", s.day::text AS date, s.code, p.id, p.on_roll_from::text AS "from",
      p.on_roll_to::text AS "to"
    FROM staged_mark AS s JOIN pupil AS p ON p.id = s.pupil_id
    WHERE s.import_id = ${importId}::uuid AND (s.day > ${days.today}::date
      OR (s.code <> '#' AND s.day NOT IN (SELECT unnest(${[...days.open]}::date[])))
      OR (s.code NOT IN ('Z', '#') AND (s.day < p.on_roll_from OR s.day > p.on_roll_to)))
    ORDER BY s.n LIMIT ${mostProblems}`;
  return rows.flatMap(({ n, row, admissionNo: admission_no, date, code, ...pupil }) =>
    looksWrong({ admission_no, date, code }, pupil, days).map((wrong) => ({ row, with: [n], ...wrong })),
  );
}
