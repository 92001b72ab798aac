import { z } from 'zod';
import { addDays, type Day } from '../../policy/calendar/day.ts';
import { schoolYearOf, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { Refusal } from '../../policy/refusal.ts';
import { columnsOf } from '../../policy/register/csv-forms.ts';
import type { Db } from '../../prisma/client.ts';
import { type ExportKind, exportedRows } from '../../prisma/exports.ts';
import { KnownByApi, knownAt } from '../register/known-on.ts';
import { csv } from '../web/csv.ts';

export const exportKinds = Object.keys(exportedRows) as ExportKind[];

/** What each kind is, in words. */
export const exportWords: Record<ExportKind, string> = {
  pupils: 'The school’s pupils',
  contacts: 'Everyone the school knows for its pupils',
  marks: 'The marks of a school year',
  corrections: 'The corrections of marks of a school year',
  cases: 'All cases',
  letters: 'All letters',
  leave: 'All requests for leave, a row for each decision',
};

/** In their order, and there though no row is. */
const columns: Record<ExportKind, string[]> = {
  pupils: columnsOf('pupils').all,
  contacts: columnsOf('contacts').all,
  marks: columnsOf('marks').all,
  corrections: [
    ...['admission_no', 'name', 'date', 'session', 'original', 'original_minutes_late', 'new', 'new_minutes_late'],
    ...['reason', 'corrected_on', 'corrected_by', 'corrected_as'],
  ],
  cases: [
    ...['admission_no', 'name', 'class', 'status', 'stage', 'headline', 'opened_on', 'closed_on', 'next_on', 'next'],
    ...['sessions_attended', 'sessions_possible'],
  ],
  leave: [
    ...['admission_no', 'name', 'class', 'from', 'to', 'reason', 'asked_by', 'received_on', 'standing'],
    ...[
      'decision',
      'decided_on',
      'decided_by',
      'decided_as',
      'why',
      'taken_back_on',
      'taken_back_by',
      'taken_back_as',
      'taken_back_why',
    ],
  ],
  letters: ['reference', 'admission_no', 'name', 'letter', 'to', 'channel', 'status', 'why', 'approved_on', 'sent_on'],
};

/** Of which marks: those of an earlier school year too, and as they were known then. */
export const OfMarks = KnownByApi.extend({
  year: z
    .preprocess(
      (typed) => (typed === '' ? undefined : typed),
      z
        .string()
        .regex(/^\d{4}\/\d{2}$/, 'Write a school year such as 2025/26')
        .optional(),
    )
    .describe('Such as 2025/26; without it, this school year'),
});
export const ofMarks: readonly ExportKind[] = ['marks', 'corrections'];
/** Of these it is kept how they were on a day. */
export const keptThen: readonly ExportKind[] = [...ofMarks, 'cases', 'letters'];

export type Asked = Partial<z.infer<typeof OfMarks>>;

/** The first and the last day of the marks that are asked for. @throws Refusal('BadInput') for a year that has not begun */
function daysOf(year: string | undefined, today: Day): { from: Day; to: Day } {
  const from = year === undefined ? schoolYearStart(today) : `${year.slice(0, 4)}-09-01`;
  if (year !== undefined && schoolYearOf(from) !== year)
    throw new Refusal('BadInput', `${year} is no school year: write it such as ${schoolYearOf(today)}`, { concerns: 'year' });
  if (from > today) throw new Refusal('BadInput', `The school year ${year} has not begun yet`, { concerns: 'year' });
  const last = addDays(`${Number(from.slice(0, 4)) + 1}-09-01`, -1);
  return { from, to: last < today ? last : today };
}

/**
 * The rows of one kind as a file, made while it is read; `today` is the school's date. What is asked of marks is in its name.
 * @throws Refusal('BadInput') for a year or a day that has not come
 */
export function exported(
  db: Db,
  { schoolId, today }: { schoolId: string; today: Day },
  kind: ExportKind,
  { year, knownOn }: Asked,
): { name: string; content: AsyncIterable<Buffer> } {
  const then = { knownOn, knownAt: knownAt(knownOn, today) };
  const of = { schoolId, schoolYear: schoolYearOf(today), ...daysOf(year, today), ...then };
  const name = [kind, year?.replace('/', '-'), knownOn ? `as-known-on-${knownOn}` : today].filter(Boolean).join('-');
  return { name: `${name}.csv`, content: csv(columns[kind], exportedRows[kind](db, of)) };
}
