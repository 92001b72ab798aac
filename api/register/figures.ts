import { addDays, endOfDay, longDay } from '../../policy/calendar/day.ts';
import { calendarFor, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { Refusal } from '../../policy/refusal.ts';
import { spanOf } from '../../policy/register/measures/over.ts';
import { pupilFigures } from '../../policy/register/measures/pupil-figures.ts';
import { pupilRegister } from '../../policy/register/pupil-register.ts';
import { absenceElsewhereOf } from '../../prisma/absence-elsewhere.ts';
import { agreedTimesOf } from '../../prisma/agreed-times.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { onRollOf } from '../../prisma/pupils.ts';
import { calendarOf, marksOf } from '../../prisma/register.ts';
import type { Ctx } from '../web/route.ts';
import { api, page } from '../web/routes.ts';
import { pupilName } from '../web/shapes.ts';
import { sheetFile } from '../web/sheet.ts';
import { AskedByApi, AskedOnPage, askedByApi, askedOnPage, type FiguresAsked } from './asked-of-figures.ts';
import { pupilAt } from './facts.ts';
import { figureFacts, PupilFigures } from './figure-shapes.ts';
import { figuresSheet, figuresView } from './figures-view.ts';
import { knownField } from './known-on.ts';
import { Id, school } from './reach.ts';

/**
 * Every figure of a pupil at the end of a day, as it is known now or was known at the end of that day or of a later one: of the
 * marks that were in the register by then, and as of then. This school year and the two before are looked at, and the days asked.
 * @throws Refusal('NotFound') if there is no such pupil within reach; 'BadInput' for a day that has not come, or that nobody knew yet.
 */
export async function figuresOf(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string, { on: asked, knownOn, range }: FiguresAsked) {
  const { found, year } = await pupilAt(ctx, id);
  const on = asked ?? knownOn ?? year.to;
  for (const day of [on, knownOn ?? on])
    if (day > year.to)
      throw new Refusal('BadInput', `${longDay(day)} has not come yet. Choose today or a day before`, {
        concerns: day === asked ? 'on' : 'knownOn',
      });
  if (knownOn !== undefined && knownOn < on)
    throw new Refusal('BadInput', `Nothing of ${longDay(on)} was known on ${longDay(knownOn)}. Choose that day or a later one`, {
      concerns: 'knownOn',
    });
  const calendar = await calendarOf(ctx.deps.db, found.schoolId);
  const known = { on, born: dayOf(found.born), calendar: calendarFor(calendar, found), ...onRollOf(found) };
  const twoYearsBefore = schoolYearStart(addDays(schoolYearStart(on), -370));
  const first = range === null ? on : spanOf({ ...known, marks: [] }, range.over).from;
  const then = knownOn === undefined ? undefined : new Date(endOfDay(knownOn));
  const span = { from: first < twoYearsBefore ? first : twoYearsBefore, to: on };
  const marks = await marksOf(ctx.deps.db, id, span, then);
  const elsewhere = (await absenceElsewhereOf(ctx.deps.db, [id], span, then)).get(id);
  return {
    ...{ pupil: pupilName(found), on, knownOn: knownOn ?? null, today: year.to },
    subjects: pupilFigures(pupilRegister({ ...known, marks, elsewhere }), agreedTimesOf(found, on), range),
  };
}

/** A pupil's figures, each with the sessions that make it up, for people and for machines. */
export const figureRoutes = [
  page({
    path: '/register/:id/figures',
    may: school,
    summary: 'Every figure of a pupil, and the sessions that make it up; figures of any days, codes and what is left out',
    params: Id,
    query: AskedOnPage,
    concerns: knownField,
    handle: async (ctx) => {
      const figures = await figuresOf(ctx, ctx.params.id, askedOnPage(ctx.query));
      return ctx.query.as === 'csv' ? sheetFile(figuresSheet(figures)) : figuresView(figures, ctx);
    },
  }),
  api({
    ...{ method: 'get', path: '/register/pupils/:id/figures', name: 'getPupilFigures', may: school },
    summary: 'Every figure of a pupil on a day, each with the sessions that make it up, now or as it was known on a day',
    more: 'Figures of any days, of a set of codes and adjusted by codes, days or sessions come first, where they are asked for.',
    params: Id,
    query: AskedByApi,
    reply: PupilFigures,
    handle: async (ctx) => {
      const { pupil, on, knownOn, subjects } = await figuresOf(ctx, ctx.params.id, askedByApi(ctx.query));
      return {
        pupil,
        on,
        knownOn,
        subjects: subjects.map(({ subject, figures }) => ({ subject, figures: figures.map(figureFacts) })),
      };
    },
  }),
];
