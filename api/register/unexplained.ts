import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { counted } from '../../policy/counted.ts';
import { absenceId } from '../../policy/register/correction.ts';
import { sessionId } from '../../policy/register/mark.ts';
import { schoolDays, wrongDay } from '../../policy/register/mark-day.ts';
import { reasonOverdue, unexplainedFrom } from '../../policy/register/measures/unexplained.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import type { Ctx, View } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import { PupilName } from '../web/shapes.ts';
import { ticked } from '../web/ticked.ts';
import { Changed, casesSaid } from './changed.ts';
import { awaySinceMorning, contactToday, unexplainedFor } from './first-contact.ts';
import { keepers, school as readers } from './reach.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

const Absence = z.object({
  id: z.string().describe('Names it when it is settled'),
  ...{ pupil: PupilName, on: z.iso.date(), session: z.enum(['AM', 'PM']) },
  contactBy: z
    .string()
    .nullable()
    .describe('Of an absence this morning: the time, "09:30", by which the policy asks for a word with the family'),
  overdue: z.boolean().describe('Five school days have passed: it has to be an O, or the reason has to be entered'),
  wrong: z
    .string()
    .nullable()
    .describe('Why there was nothing to explain: the day is no longer one of the school’s or of the pupil’s'),
});

const oneId = z.string().regex(/^[0-9a-f-]{36} \d{4}-\d{2}-\d{2} (AM|PM)$/, 'Take the absences from the list');
/** As many as the body of a request holds. */
const several = z.array(oneId).min(1, 'Choose at least one absence').max(3_000, 'Settle at most 3,000 absences at once');
const Settle = z.strictObject({ absences: several }).meta({ id: 'SettleAbsences', description: 'Overdue absences to make an O' });

/** How many of those that are overdue stand on a page, and in its form. */
const pageOfOverdue = 500;
const Page = z.object({ after: oneId.optional() });

const SettleForm = z.object({ decisionKey: z.uuid(), absences: ticked.pipe(several), after: oneId.optional() });

/** Absences without a reason, the oldest first. A class teacher reads those of their own class. */
export async function unexplained({ deps, user, at }: Asking): Promise<z.infer<typeof Absence>[]> {
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const calendar = await calendarOf(deps.db, school.id);
  const days = schoolDays(calendar, today);
  const rows = await unexplainedFor({ deps, user }, { from: unexplainedFrom(today), to: today });
  const contact = await contactToday({ deps, user, at });
  const thisMorning = new Set(awaySinceMorning(rows, today));
  return rows.map((row) => {
    const { pupilId, name, className, on, session, onRoll } = row;
    const wrong = wrongDay({ date: on, code: 'O' }, onRoll, days)?.why ?? null;
    return {
      ...{ id: absenceId({ pupilId, on, session }), pupil: { id: pupilId, name, className }, on, session },
      contactBy: thisMorning.has(row) ? (contact?.by ?? null) : null,
      ...{ overdue: wrong === null && reasonOverdue(calendar, on, today), wrong },
    };
  });
}

async function settle({ deps, user, at }: Asking, { absences }: z.infer<typeof Settle>) {
  const school = await schoolOf(deps.db, user);
  return deps.settleUnexplained({ schoolId: school.id, absences, by: user.id, today: todayAt(school, at) });
}

/** `typed` is what a form that was refused held: then only what was ticked in it is. */
async function unexplainedView(ctx: Asking, after: string | undefined, typed?: Record<string, unknown>): Promise<View> {
  const chosen = typed && new Set(ticked.catch([]).parse(typed.absences));
  const found = await unexplained(ctx);
  const called = await toldApart(ctx.deps.db, [...new Set(found.map(({ pupil }) => pupil.id))]);
  const contact = await contactToday(ctx);
  const asked = contactSaid(found, contact);
  const rows = found.map(({ id, pupil, overdue, wrong, contactBy, ...mark }) => ({
    contact: asked({ pupil, contactBy, on: mark.on }),
    ...{ id, overdue, wrong, href: `/register/${pupil.id}`, name: called(pupil), className: pupil.className },
    chosen: chosen?.has(id) ?? true,
    session: sessionWords(sessionId(mark)),
  }));
  const [wrong, right] = [rows.filter((one) => one.wrong !== null), rows.filter((one) => one.wrong === null)];
  const [overdue, inTime] = [right.filter((one) => one.overdue), right.filter((one) => !one.overdue)];
  const begins = overdue.findIndex(({ id }) => id === after) + 1;
  const shown = overdue.slice(begins, begins + pageOfOverdue);
  const next = overdue.length > begins + pageOfOverdue ? shown.at(-1)?.id : undefined;
  return {
    template: 'register/unexplained.njk',
    model: {
      asks: contact && {
        says: `The policy asks the ${contact.person} to speak to the family of each pupil who is absent without a reason, ${contact.said}, on each day of it.`,
        steps: contact.andThen,
      },
      keeps: keepers.some((role) => role === ctx.user.role),
      byTheClock: contact?.by !== null && contact !== null,
      ...{ overdue: shown, inTime, wrong, after: begins > 0 ? after : null, decisionKey: randomUUID() },
      next: next === undefined ? null : `/register/unexplained?after=${encodeURIComponent(next)}`,
    },
  };
}

type Asked = Pick<z.infer<typeof Absence>, 'pupil' | 'on' | 'contactBy'>;

/**
 * When a word with the family is asked for, beside an absence of today: by the policy's time in the morning, some time today for who went
 * at noon. Who is absent all day has the morning's time alone: it is one word a day.
 */
function contactSaid(found: readonly Asked[], contact: Awaited<ReturnType<typeof contactToday>>): (one: Asked) => string {
  const sinceMorning = new Set(found.flatMap(({ pupil, contactBy }) => (contactBy === null ? [] : [pupil.id])));
  return ({ pupil, on, contactBy }) => {
    if (contactBy !== null) return `By ${contactBy}${contact?.over ? ' (passed)' : ''}`;
    return on === contact?.on && !sinceMorning.has(pupil.id) ? 'Today' : '';
  };
}

/** Absences without a reason: found, and settled once their time is over, by a page and by machines. */
export const unexplainedRoutes = [
  page({
    path: '/register/unexplained',
    may: readers,
    summary: 'Absences whose reason is not known',
    query: Page,
    handle: (ctx) => unexplainedView(ctx, ctx.query.after),
  }),
  form({
    path: '/register/unexplained',
    may: keepers,
    summary: 'Make overdue absences O',
    body: SettleForm,
    handle: async (ctx) => {
      const done = await settle(ctx, { absences: ctx.body.absences });
      const cases = casesSaid(done);
      return { goTo: '/register/unexplained', say: `${counted(done.changed, 'mark')} made O${cases ? `: ${cases}` : ''}.` };
    },
    again: (ctx) => unexplainedView(ctx, typeof ctx.body.after === 'string' ? ctx.body.after : undefined, ctx.body),
  }),
  api({
    ...{ method: 'get', path: '/register/unexplained', name: 'listUnexplained', may: readers },
    summary: 'Absences whose reason is not known (N), the oldest first',
    reply: z.object({ rows: z.array(Absence) }),
    handle: async (ctx) => ({ rows: await unexplained(ctx) }),
  }),
  api({
    ...{ method: 'post', path: '/register/unexplained/settle', name: 'settleUnexplained', may: keepers },
    summary: 'Make overdue absences O. What has a reason by now stays as it is',
    body: Settle,
    reply: Changed,
    handle: (ctx) => settle(ctx, ctx.body),
  }),
];
