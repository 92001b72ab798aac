import { randomUUID } from 'node:crypto';
import { addDays, type Day, londonDay, mondayOf, shortDay } from '../../policy/calendar/day.ts';
import { schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import { counted } from '../../policy/counted.ts';
import { type Mark, sessionId } from '../../policy/register/mark.ts';
import { minutesSaid } from '../../policy/register/measures/words.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import { calendarOf, marksOf } from '../../prisma/register.ts';
import { flagTags } from '../layout/flags.ts';
import { leaveOnPage } from '../leave/leave-view.ts';
import type { Ctx, View } from '../web/route.ts';
import { personWords, sessionsOf } from '../web/shapes.ts';
import { aboutRows } from './about.ts';
import { contactsOf } from './contacts.ts';
import { correctionFields } from './correction-fields.ts';
import { markFacts, pupilAt, pupilFacts } from './facts.ts';
import { cell, emptyCell, markKeyOf, withMinutes } from './mark-cell.ts';
import { pupilCharts } from './pupil-charts.ts';
import { keepers, seesOrders } from './reach.ts';

/** A pupil's register of this school year: figures, marks by week, corrections, contacts. */
export async function pupilView(
  ctx: Pick<Ctx, 'deps' | 'user' | 'at'>,
  id: string,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const pupil = await pupilAt(ctx, id);
  const { from, to } = pupil.year;
  const marks = await marksOf(ctx.deps.db, id, { from, to });
  const { figures, ...facts } = await pupilFacts(ctx, pupil, marks);
  const days = schoolDaysBetween(await calendarOf(ctx.deps.db, pupil.found.schoolId), from, addDays(mondayOf(to), 4));
  const weeks = herringbone(marks, days, { today: to, onRoll: pupil.onRoll });
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
      contacts: contactsOf(pupil.found, to),
      showsOrders: seesOrders(ctx.user.role),
      charts: await pupilCharts(ctx, pupil, marks),
      weeks,
      key: markKeyOf(weeks.flatMap(({ cells }) => cells)),
      corrections: facts.corrections.map(({ on, session, was, is, wasMinutesLate, isMinutesLate, reason, at, by }) => ({
        ...{ session: sessionWords(sessionId({ on, session })), reason: reason ?? '' },
        ...{ was: withMinutes(was, wasMinutesLate), is: withMinutes(is, isMinutesLate) },
        by: [shortDay(londonDay(Date.parse(at))), ...(by ? [personWords(by)] : [])].join(', '),
      })),
      href: `/register/${id}`,
      fields: keepers.some((role) => role === ctx.user.role) ? correctionFields : [],
      typed,
      decisionKey: typed.decisionKey ?? randomUUID(),
    },
  };
}

/** The marks of a year by week, as a paper register shows them: a row a week, two sessions a day. */
function herringbone(
  marks: readonly Mark[],
  days: readonly Day[],
  { today, onRoll }: { today: Day; onRoll: { from: Day; to: Day } },
) {
  const known = new Map(marks.map((mark) => [sessionId(mark), mark]));
  const open = new Set(days);
  const mondays = [...new Set(days.map(mondayOf))].filter((monday) => monday <= today).reverse();
  const without = (on: Day) => {
    if (!open.has(on)) return emptyCell('School closed');
    if (on > today) return emptyCell('Still to come');
    return on < onRoll.from || on > onRoll.to ? emptyCell('Not on the roll') : null;
  };
  const inWeek = (monday: Day) => [0, 1, 2, 3, 4].map((n) => addDays(monday, n));
  return mondays.map((monday) => ({
    week: shortDay(monday),
    cells: inWeek(monday).flatMap((on) =>
      (['AM', 'PM'] as const).map((session) => {
        const mark = known.get(sessionId({ on, session }));
        return (mark ? null : without(on)) ?? cell(markFacts({ on, session }, mark));
      }),
    ),
  }));
}
