import { z } from 'zod';
import { addDays, type Day } from '../../policy/calendar/day.ts';
import { schoolYearOf, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { capital } from '../../policy/capital.ts';
import { Refusal } from '../../policy/refusal.ts';
import { columnsOf } from '../../policy/register/csv-forms.ts';
import { type ExportKind, exportedRows } from '../../prisma/exports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { KnownByApi, knownAt } from '../register/known-on.ts';
import { keepers } from '../register/reach.ts';
import { csv } from '../web/csv.ts';
import type { Ctx, Download } from '../web/route.ts';
import { apiFile, page } from '../web/routes.ts';

const kinds = Object.keys(exportedRows) as ExportKind[];

const what: Record<ExportKind, string> = {
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
const OfMarks = KnownByApi.extend({
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
const ofMarks: readonly ExportKind[] = ['marks', 'corrections'];

type Asked = z.infer<typeof OfMarks>;

/** The first and the last day of the marks that are asked for. @throws Refusal('BadInput') for a year that has not begun */
function daysOf(year: string | undefined, today: Day): { from: Day; to: Day } {
  const from = year === undefined ? schoolYearStart(today) : `${year.slice(0, 4)}-09-01`;
  if (year !== undefined && schoolYearOf(from) !== year)
    throw new Refusal('BadInput', `${year} is no school year: write it such as ${schoolYearOf(today)}`, { concerns: 'year' });
  if (from > today) throw new Refusal('BadInput', `The school year ${year} has not begun yet`, { concerns: 'year' });
  const last = addDays(`${Number(from.slice(0, 4)) + 1}-09-01`, -1);
  return { from, to: last < today ? last : today };
}

/** The rows of one kind as a file, made while it is sent. What is asked of marks is in its name. */
async function exported(
  { deps, user, at }: Pick<Ctx, 'deps' | 'user' | 'at'>,
  kind: ExportKind,
  asked: Asked,
): Promise<Download> {
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const { year, knownOn } = asked;
  const days = daysOf(year, today);
  const of = { schoolId: school.id, schoolYear: schoolYearOf(today), ...days, knownAt: knownAt(knownOn, today) };
  const name = [kind, year?.replace('/', '-'), knownOn ? `as-known-on-${knownOn}` : today].filter(Boolean).join('-');
  return { file: `${name}.csv`, type: 'text/csv', content: csv(columns[kind], exportedRows[kind](deps.db, of)) };
}

/** A school's data, taken out as CSV by its people and by machines. */
export const exportRoutes = kinds.flatMap((kind) => {
  const query = ofMarks.includes(kind) ? OfMarks : z.object({});
  const said = { path: `/exports/${kind}`, may: keepers, summary: `${what[kind]}, as a CSV file`, query };
  const handle = (ctx: Pick<Ctx<unknown, Asked>, 'deps' | 'user' | 'at' | 'query'>) => exported(ctx, kind, ctx.query);
  return [
    page({ ...said, handle: (ctx) => handle({ ...ctx, query: ctx.query as Asked }) }),
    apiFile({
      ...{ ...said, method: 'get', name: `export${capital(kind)}`, params: z.object({}), sends: 'text/csv' },
      handle: (ctx) => handle({ ...ctx, query: ctx.query as Asked }),
    }),
  ];
});
