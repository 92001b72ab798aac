import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { londonDay, londonTime, longDay, shortDay } from '../../policy/calendar/day.ts';
import {
  type DatedTimes,
  mostRegisterMinutes,
  registerOf,
  type SessionTimes,
  timesOn,
  timesProblems,
} from '../../policy/calendar/session-times.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { keepTimes, timesOf } from '../../prisma/session-times.ts';
import { namesOf } from '../../prisma/users.ts';
import { date, short, text, time } from '../layout/fields.ts';
import type { Ctx, View } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import { personWords } from '../web/shapes.ts';
import { calendarKeepers, day, reason } from './shapes.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>;

const clock = (error: string) => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error, abort: true });
const times = {
  fromDay: day('Enter the first day on which they hold'),
  ...{ morningFrom: clock('Enter when the morning begins'), morningTo: clock('Enter when the morning ends') },
  ...{ afternoonFrom: clock('Enter when the afternoon begins'), afternoonTo: clock('Enter when the afternoon ends') },
};
const minutes = 'Enter how many minutes a register is open';

type Flat = {
  fromDay: string;
  morningFrom: string;
  morningTo: string;
  afternoonFrom: string;
  afternoonTo: string;
  registerMinutes: number;
};
const datedOf = ({ fromDay, morningFrom, morningTo, afternoonFrom, afternoonTo, registerMinutes }: Flat): DatedTimes => ({
  ...{ fromDay, registerMinutes, morning: { from: morningFrom, to: morningTo } },
  afternoon: { from: afternoonFrom, to: afternoonTo },
});

function right(flat: Flat, ctx: z.core.$RefinementCtx): void {
  for (const { field, cure } of timesProblems(datedOf(flat))) ctx.addIssue({ code: 'custom', path: [field], message: cure });
}

/** Session times as they are entered. */
const Times = z
  .strictObject({ ...times, registerMinutes: z.int().min(1).describe(`${mostRegisterMinutes} at most`), reason })
  .superRefine(right)
  .meta({ id: 'NewSessionTimes', description: 'When sessions are, and how long registers are open, from a day on' });

const TimesForm = z
  .object({
    decisionKey: z.uuid(),
    ...times,
    registerMinutes: z
      .string()
      .trim()
      .regex(/^\d{1,3}$/, { error: minutes, abort: true })
      .transform(Number)
      .refine((n) => n > 0, minutes),
    reason,
  })
  .superRefine(right);

/** Session times as they are answered, in the calendar. */
export const SaidTimes = z
  .object({ fromDay: z.iso.date(), ...spoken(z.string()), registerMinutes: z.int(), reason: z.string() })
  .meta({ id: 'SessionTimes', description: 'They hold until the next begin' });

function spoken(at: z.ZodString) {
  return { morningFrom: at, morningTo: at, afternoonFrom: at, afternoonTo: at };
}

export async function timesFacts({ deps, user }: Pick<Asking, 'deps' | 'user'>): Promise<z.infer<typeof SaidTimes>[]> {
  const kept = await timesOf(deps.db, (await schoolOf(deps.db, user)).id);
  return kept.map(({ fromDay, morning, afternoon, registerMinutes, reason: why }) => ({
    ...{ fromDay, morningFrom: morning.from, morningTo: morning.to, afternoonFrom: afternoon.from, afternoonTo: afternoon.to },
    ...{ registerMinutes, reason: why },
  }));
}

async function keep({ deps, user, key }: Asking, { reason: why, ...flat }: Flat & { reason: string }) {
  const { id } = await schoolOf(deps.db, user);
  await keepTimes(deps.db, id, datedOf(flat), { id: key, reason: why, byUser: user.id });
}

/** What the calendar's page says of them: those that hold today, and when today's registers close. */
export async function timesSaid({ deps, user, at }: Pick<Asking, 'deps' | 'user' | 'at'>) {
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const kept = await timesOf(deps.db, school.id);
  const now = timesOn(kept, today);
  const names = await namesOf(
    deps.db,
    kept.map(({ byUser }) => byUser),
  );
  return {
    now: now && [
      ['Morning', sessionSaid(now, today, 'AM')],
      ['Afternoon', sessionSaid(now, today, 'PM')],
    ],
    rows: kept.toReversed().map((one) => ({
      ...{ from: longDay(one.fromDay), morning: `${one.morning.from} to ${one.morning.to}`, held: one === now },
      ...{
        afternoon: `${one.afternoon.from} to ${one.afternoon.to}`,
        minutes: `${one.registerMinutes} minutes`,
        reason: one.reason,
      },
      by: [names.get(one.byUser ?? '')]
        .flatMap((who) => (who ? [personWords(who)] : []))
        .concat(shortDay(londonDay(one.keptAt.getTime())))
        .join(', '),
    })),
  };
}

/** "08:50 to 12:10. The register is open from 08:50 and closes at 09:20" */
function sessionSaid(now: SessionTimes, today: string, session: 'AM' | 'PM'): string {
  const { from, to } = session === 'AM' ? now.morning : now.afternoon;
  return `${from} to ${to}. The register closes at ${londonTime(registerOf(now, today, session).closes)}`;
}

const timesView = (typed: Record<string, unknown> = {}): View => ({
  template: 'calendar/times.njk',
  model: {
    fields: [
      date('fromDay', 'From which day'),
      time('morningFrom', 'The morning begins'),
      time('morningTo', 'The morning ends'),
      time('afternoonFrom', 'The afternoon begins'),
      time('afternoonTo', 'The afternoon ends'),
      short('registerMinutes', 'Minutes that a register is open', `${mostRegisterMinutes} at most, the same in every session.`),
      text('reason', 'Reason', 'It is kept with your name.'),
    ],
    ...{ typed, decisionKey: randomUUID() },
  },
});

/** Session times and register windows, by a page and by machines. */
export const timesRoutes = [
  page({
    path: '/calendar/times',
    may: calendarKeepers,
    summary: 'Set the session times',
    handle: async () => timesView(),
  }),
  form({
    path: '/calendar/times',
    may: calendarKeepers,
    summary: 'Set the session times',
    body: TimesForm,
    handle: async (ctx) => {
      await keep(ctx, ctx.body);
      return { goTo: '/calendar', say: `The session times hold from ${longDay(ctx.body.fromDay)}.` };
    },
    again: async (ctx) => timesView(ctx.body),
  }),
  api({
    ...{ method: 'post', path: '/calendar/times', name: 'setSessionTimes', may: calendarKeepers },
    summary: 'Set session times and how long registers are open, from a day on. What held before stays on record',
    body: Times,
    reply: z.object({ rows: z.array(SaidTimes) }),
    handle: async (ctx) => {
      await keep(ctx, ctx.body);
      return { rows: await timesFacts(ctx) };
    },
  }),
];
