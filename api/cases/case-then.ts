import { z } from 'zod';
import { type Day, longDay, shortDay } from '../../policy/calendar/day.ts';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { capital } from '../../policy/capital.ts';
import { letterTitles } from '../../policy/case/action-words.ts';
import { headline } from '../../policy/case/headline.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { Refusal } from '../../policy/refusal.ts';
import { stateAfter } from '../../prisma/case-then.ts';
import type { CaseFound } from '../../prisma/cases.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { packOf } from '../../prisma/packs.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { asked } from '../inbox/words.ts';
import { story } from '../ledger/story.ts';
import { letterEnded, readerOf } from '../letters/words.ts';
import { KnownByApi, KnownOnPage, knownAt, knownField, knownInput } from '../register/known-on.ts';
import type { Ctx, View } from '../web/route.ts';
import { api, page } from '../web/routes.ts';
import { Attendance, attendance } from '../web/shapes.ts';
import { actingOn, attendanceNow, attendanceRows } from './attendance-now.ts';
import { pictured } from './case-view.ts';
import { caseAt } from './facts.ts';
import { ladder } from './ladder.ts';
import { Id, readers } from './reach.ts';
import { stepsOf } from './steps.ts';
import { sayCase } from './timeline.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

const CaseThen = z
  .object({
    knownOn: z.iso.date(),
    ...{ status: z.enum(['open', 'closed']), stage: z.string(), headline: z.string() },
    attendance: Attendance.describe('Of the school year up to that day while on roll, as the register was known then'),
    waiting: z.array(z.object({ asked: z.string(), sentence: z.string(), dueOn: z.iso.date() })),
    letters: z.array(z.object({ id: z.uuid(), title: z.string(), says: z.string().describe('Where it was, in a few words') })),
  })
  .meta({ id: 'CaseThen', description: 'A case as it stood at the end of a day' });

/**
 * A case as it stood at the end of a day: what its record up to then gives, and the register as it was known then. Nothing of it is kept
 * twice; the record alone tells.
 * @throws Refusal('NotFound') if there is none within reach, ('BadInput') for a day that has not come or on which it was not open yet
 */
async function caseThen({ deps, user, at }: Asking, id: string, asked: Day | undefined) {
  const found = await caseAt({ deps, user }, id);
  const today = todayAt(found.school, at);
  const on = asked ?? today;
  const then = knownAt(on, today);
  const events = (await eventsOf(deps.db, id)).filter((one) => one.on <= on);
  const state = stateAfter(events);
  if (!state)
    throw new Refusal('BadInput', `The case was opened on ${longDay(dayOf(found.openedOn))}. Choose that day or a later one`, {
      concerns: 'knownOn',
    });
  return { found, on, events, state, now: await attendanceNow(deps.db, found.pupil, on, then) };
}

const lettersThen = (state: CaseState, { letters }: CaseFound) =>
  Object.entries(state.letters).map(([letterId, { template, outcome, on }]) => {
    const letter = letters.find((one) => one.id === letterId);
    return {
      ...{ id: letterId, title: letterTitles[template] ?? template, to: letter ? readerOf(letter) : '' },
      says: outcome === 'waiting' ? 'Approved, not gone yet' : `${capital(letterEnded[outcome] ?? outcome)}, ${shortDay(on)}`,
    };
  });

const waitingThen = ({ proposals }: CaseState) =>
  Object.values(proposals).map((one) => ({ asked: asked(one), sentence: one.sentence, dueOn: one.due }));

async function caseThenView(ctx: Asking, id: string, knownOn: Day | undefined, typed: Record<string, unknown>): Promise<View> {
  const { found, on, events, state, now } = await caseThen(ctx, id, knownOn);
  const pack = await packOf(ctx.deps.db, found.packId, found.packVersion);
  const { pupil } = found;
  const told = await story(ctx.deps.db, events, sayCase(found.letters, pupil.contacts));
  const acting = actingOn(pack, pupil, now, on);
  const { monitoring } = state;
  return {
    template: 'cases/case-then.njk',
    model: {
      href: `/cases/${id}`,
      pupil: { name: pupil.chosenName, className: pupil.className },
      ...{ day: longDay(on), headline: headline(state), knownInput, typed: { 'as-known-on': on, ...typed } },
      rows: [
        ...attendanceRows(now, acting),
        ...(monitoring ? [['Monitored', `${longDay(monitoring.from)} to ${longDay(monitoring.until)}`]] : []),
        ['Opened', longDay(dayOf(found.openedOn))],
        ['Policy', pack.title],
      ],
      waiting: waitingThen(state),
      ladder: ladder(pack, state, events),
      letters: lettersThen(state, found),
      chart: pictured(id, now, acting, stepsOf(events, schoolYearStart(on)), on),
      story: [...told].reverse(),
    },
  };
}

/** What a case and its figures were on an earlier day: for whoever has to say what was known when something was decided. */
export const caseThenRoutes = [
  page({
    path: '/cases/:id/then',
    may: readers,
    summary: 'A case as it stood on a day',
    ...{ params: Id, query: KnownOnPage },
    concerns: knownField,
    handle: (ctx) => caseThenView(ctx, ctx.params.id, ctx.query['as-known-on'], ctx.typed ?? {}),
  }),
  api({
    ...{ method: 'get', path: '/cases/:id/then', name: 'getCaseThen', may: readers },
    summary: 'A case as it stood at the end of a day, with the register as it was known then',
    ...{ params: Id, query: KnownByApi },
    reply: CaseThen,
    handle: async (ctx) => {
      const { found, on, state, now } = await caseThen(ctx, ctx.params.id, ctx.query.knownOn);
      return {
        ...{ knownOn: on, status: state.status, stage: state.stage, headline: headline(state) },
        attendance: attendance(now.totals),
        waiting: waitingThen(state),
        letters: lettersThen(state, found).map(({ id, title, says }) => ({ id, title, says })),
      };
    },
  }),
];
