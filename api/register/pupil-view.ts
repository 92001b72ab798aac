import { randomUUID } from 'node:crypto';
import { addDays, type Day, londonDay, mondayOf, shortDay, weekdayNames } from '../../policy/calendar/day.ts';
import { calendarFor, type SchoolCalendar, schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import { counted } from '../../policy/counted.ts';
import { type Mark, type Span, sessionId } from '../../policy/register/mark.ts';
import { minutesSaid } from '../../policy/register/measures/words.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import { onRollOf } from '../../prisma/pupils.ts';
import { calendarOf, marksOf } from '../../prisma/register.ts';
import { address } from '../figures/words.ts';
import { line } from '../layout/fields.ts';
import { flagTags } from '../layout/flags.ts';
import { leaveOnPage } from '../leave/leave-view.ts';
import type { Ctx, View } from '../web/route.ts';
import { personWords, sessionsOf } from '../web/shapes.ts';
import type { Sheet } from '../web/sheet.ts';
import { aboutRows } from './about.ts';
import { contactsOf } from './contacts.ts';
import { correctionFields } from './correction-fields.ts';
import { markFacts, pupilAt, pupilFacts, withoutMark } from './facts.ts';
import { knownInput, knownWords } from './known-on.ts';
import { cell, markKeyOf, withMinutes } from './mark-cell.ts';
import { canHaveCase, concernFields, mayOpenCase } from './may-open-case.ts';
import { pupilCharts } from './pupil-charts.ts';
import { keepers, seesOrders } from './reach.ts';

/** A pupil's register of this school year: figures, marks by week, corrections, contacts. Its marks as they are known, or were on a day. */
export async function pupilView(
  ctx: Pick<Ctx, 'deps' | 'user' | 'at'>,
  id: string,
  typed: Record<string, unknown> = {},
  knownOn?: Day,
): Promise<View> {
  const pupil = await pupilAt(ctx, id, knownOn);
  const { from, to } = pupil.year;
  const marks = await marksOf(ctx.deps.db, id, { from, to }, pupil.then);
  const { figures, ...facts } = await pupilFacts(ctx, pupil, marks);
  const calendar = await calendarOf(ctx.deps.db, pupil.found.schoolId);
  const mondays = mondaysOf(calendar, { from, to });
  const expected = { calendar: calendarFor(calendar, pupil.found), today: to, ...onRollOf(pupil.found) };
  const weeks = herringbone(marks, mondays, (on) => withoutMark(on, expected));
  const { packId } = pupil.found.school;
  const isNow = knownOn === undefined;
  const keeps = isNow && keepers.some((role) => role === ctx.user.role);
  const mayOpen = isNow && canHaveCase(facts, to) && (await mayOpenCase(ctx.deps.db, { role: ctx.user.role, packId, on: to }));
  return {
    template: 'register/pupil.njk',
    model: {
      ...{ name: facts.name, legalName: facts.legalName, className: facts.className },
      flags: flagTags(facts.flags),
      cases: facts.cases.map(({ id: caseId, headline, openedOn }) => ({
        href: `/cases/${caseId}`,
        opened: shortDay(openedOn),
        headline,
      })),
      about: aboutRows(facts, facts, to),
      partTimeAlert: facts.partTimeAlert,
      leave: await leaveOnPage(ctx, id),
      figures: [
        ['Attendance this year', sessionsOf(figures.attendance)],
        ['Days missed', String(figures.daysMissed)],
        ['Authorised absence', counted(figures.authorised, 'session')],
        ['Unauthorised absence', counted(figures.unauthorised, 'session')],
        ['Late, before the register closed (L)', counted(figures.lateL, 'session')],
        ['Late, after the register closed (U)', counted(figures.lateU, 'session')],
        ['Minutes late, where known', minutesSaid({ is: 'minutes', ...figures.minutesLate })],
      ],
      contacts: contactsOf(pupil.found, to, ctx.user.role),
      showsOrders: seesOrders(ctx.user.role),
      charts: await pupilCharts(ctx, pupil, marks, knownOn),
      weeks,
      key: markKeyOf(weeks.flatMap(({ cells }) => cells)),
      corrections: facts.corrections.map(({ on, session, was, is, wasMinutesLate, isMinutesLate, reason, at, by, via }) => ({
        ...{ session: sessionWords(sessionId({ on, session })), reason: reason ?? '' },
        ...{ was: withMinutes(was, wasMinutesLate), is: withMinutes(is, isMinutesLate) },
        by: [shortDay(londonDay(Date.parse(at))), ...(by ? [personWords(by)] : []), ...(via ? [via] : [])].join(', '),
      })),
      href: `/register/${id}`,
      ...{ known: knownWords(knownOn), knownInput },
      csv: address(`/register/${id}`, { as: 'csv', 'as-known-on': knownOn }),
      fields: keeps ? correctionFields : [],
      homeFields: keeps ? [homeField] : [],
      concernFields: mayOpen ? concernFields : [],
      typed: { homeAuthority: pupil.found.homeAuthority ?? '', ...typed },
      decisionKey: typed.decisionKey ?? randomUUID(),
    },
  };
}

const homeField = line(
  'homeAuthority',
  'Which authority’s area does the pupil live in?',
  'Leave it empty where it is the school’s own. A pupils file that names one stands after this.',
);

/** The marks by week as a file, newest week first: two columns a day. */
export async function weeksSheet(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string, knownOn?: Day): Promise<Sheet> {
  const { found, year, then } = await pupilAt(ctx, id, knownOn);
  const marks = await marksOf(ctx.deps.db, id, year, then);
  const mondays = mondaysOf(await calendarOf(ctx.deps.db, found.schoolId), year);
  return {
    ...{ name: `marks-by-week-${year.to}`, caption: 'Marks by week' },
    heads: ['Week of', ...weekdayNames.slice(0, 5).flatMap((day) => [`${day} AM`, `${day} PM`])],
    rows: weeksOf(marks, mondays).map(({ monday, sessions }) => [monday, ...sessions.map(({ mark }) => mark?.code ?? null)]),
  };
}

const mondaysOf = (calendar: SchoolCalendar, { from, to }: Span): Day[] =>
  [...new Set(schoolDaysBetween(calendar, from, addDays(mondayOf(to), 4)).map(mondayOf))].reverse();

/** The ten sessions of each week, each with its mark where there is one. */
function weeksOf(marks: readonly Mark[], mondays: readonly Day[]) {
  const known = new Map(marks.map((mark) => [sessionId(mark), mark]));
  return mondays.map((monday) => ({
    monday,
    sessions: [0, 1, 2, 3, 4].flatMap((n) =>
      (['AM', 'PM'] as const).map((session) => {
        const at = { on: addDays(monday, n), session };
        return { ...at, mark: known.get(sessionId(at)) };
      }),
    ),
  }));
}

/** The marks of some weeks, as a paper register shows them: a row a week, two sessions a day. */
const herringbone = (marks: readonly Mark[], mondays: readonly Day[], without: (on: Day) => string) =>
  weeksOf(marks, mondays).map(({ monday, sessions }) => ({
    week: shortDay(monday),
    cells: sessions.map(({ on, session, mark }) => cell(markFacts({ on, session }, mark, without(on)))),
  }));
