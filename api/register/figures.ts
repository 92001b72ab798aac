import { addDays, type Day, endOfDay, longDay } from '../../policy/calendar/day.ts';
import { calendarFor, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { Refusal } from '../../policy/refusal.ts';
import { pupilFigures } from '../../policy/register/measures/pupil-figures.ts';
import { pupilRegister } from '../../policy/register/pupil-register.ts';
import { agreedTimesOf } from '../../prisma/agreed-times.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { onRollOf } from '../../prisma/pupils.ts';
import { calendarOf, marksOf } from '../../prisma/register.ts';
import type { Ctx } from '../web/route.ts';
import { api, page } from '../web/routes.ts';
import { pupilName } from '../web/shapes.ts';
import { pupilAt } from './facts.ts';
import { figureFacts, PupilFigures } from './figure-shapes.ts';
import { figuresView } from './figures-view.ts';
import { AsKnown, Id, KnownOn, school } from './reach.ts';

/**
 * Every figure of a pupil as it is now or, for a day before, as it was known at the end of that day: of the marks that were
 * in the register by then, and as of then. This school year and the two before are looked at.
 * @throws Refusal('NotFound') if there is no such pupil within reach; 'BadInput' for a day that has not come.
 */
export async function figuresOf(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string, knownOn: Day | undefined) {
  const { found, year } = await pupilAt(ctx, id);
  const on = knownOn ?? year.to;
  if (on > year.to) throw new Refusal('BadInput', `${longDay(on)} has not come yet. Choose today or a day before`);
  const twoYearsBefore = schoolYearStart(addDays(schoolYearStart(on), -370));
  const [marks, calendar] = await Promise.all([
    marksOf(ctx.deps.db, id, { from: twoYearsBefore, to: on }, knownOn === undefined ? undefined : new Date(endOfDay(on))),
    calendarOf(ctx.deps.db, found.schoolId),
  ]);
  return {
    ...{ pupil: pupilName(found), on, knownOn: knownOn ?? null, today: year.to },
    subjects: pupilFigures(
      pupilRegister({ on, marks, born: dayOf(found.born), calendar: calendarFor(calendar, found), ...onRollOf(found) }),
      agreedTimesOf(found, on),
    ),
  };
}

/** A pupil's figures, each with the sessions that make it up, for people and for machines. */
export const figureRoutes = [
  page({
    path: '/register/:id/figures',
    may: school,
    summary: 'Every figure of a pupil, and the sessions that make it up',
    params: Id,
    query: AsKnown,
    handle: async (ctx) => figuresView(await figuresOf(ctx, ctx.params.id, ctx.query['as-known-on'])),
  }),
  api({
    ...{ method: 'get', path: '/register/pupils/:id/figures', name: 'getPupilFigures', may: school },
    summary: 'Every figure of a pupil, each with the sessions that make it up, now or as it was known on a day',
    params: Id,
    query: KnownOn,
    reply: PupilFigures,
    handle: async (ctx) => {
      const { pupil, on, knownOn, subjects } = await figuresOf(ctx, ctx.params.id, ctx.query.knownOn);
      return {
        pupil,
        on,
        knownOn,
        subjects: subjects.map(({ subject, figures }) => ({ subject, figures: figures.map(figureFacts) })),
      };
    },
  }),
];
