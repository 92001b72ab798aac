import { bankHolidaysBetween } from '../../policy/calendar/bank-holidays.ts';
import { addDays, type Day, longDay, shortDay, weekdayNames } from '../../policy/calendar/day.ts';
import { type DayKind, monthAfter, weeksOf } from '../../policy/calendar/month.ts';
import { coversWords, datesWords, kindTitles } from '../../policy/calendar/period.ts';
import { schoolCalendar, schoolDaysBetween, schoolYearOf, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { counted } from '../../policy/counted.ts';
import { changeIn, changesMade, type KeptPeriod, periodsOf } from '../../prisma/calendar.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { namesOf } from '../../prisma/users.ts';
import { instant } from '../letters/words.ts';
import type { View } from '../web/route.ts';
import { personWords } from '../web/shapes.ts';
import type { Asking } from './facts.ts';
import { timesSaid } from './session-times.ts';
import { calendarKeepers } from './shapes.ts';

type Asked = { year?: string | undefined; month?: string | undefined };

/** The school year: its terms and what is taken out of them, a month of days, and what was changed. */
export async function calendarView(ctx: Asking, { year, month }: Asked): Promise<View> {
  const { deps, user, at } = ctx;
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const periods = await periodsOf(deps.db, school.id);
  const start = year ? `${year}-09-01` : month ? schoolYearStart(`${month}-01`) : schoolYearStart(today);
  const end = addDays(`${Number(start.slice(0, 4)) + 1}-09-01`, -1);
  const shown = month ?? (start <= today && today <= end ? today.slice(0, 7) : start.slice(0, 7));
  const days = schoolDaysBetween(schoolCalendar(periods), start, end);
  return {
    template: 'calendar/calendar.njk',
    model: {
      year: schoolYearOf(start),
      before: `/calendar?year=${Number(start.slice(0, 4)) - 1}`,
      after: `/calendar?year=${Number(start.slice(0, 4)) + 1}`,
      says:
        days.length > 0
          ? `${counted(days.length, 'school day')}, ${shortDay(days[0] as Day)} to ${shortDay(days.at(-1) as Day)}`
          : null,
      rows: yearRows(
        periods.filter(({ from, to }) => from <= end && start <= to),
        { start, end },
      ),
      month: monthShown(periods, shown),
      may: calendarKeepers.some((role) => role === user.role),
      times: await timesSaid(ctx),
      changes: await changesSaid(ctx, school.id),
    },
  };
}

type Row = { from: Day; kind: string; name: string; dates: string; who: string; href: string | null };

/** Periods and bank holidays, by date. A bank holiday is nobody's to change here. */
function yearRows(periods: readonly KeptPeriod[], { start, end }: { start: Day; end: Day }): Row[] {
  const said = periods.map((period) => ({
    ...{ from: period.from, kind: kindTitles[period.kind], name: period.label, dates: spanWords(period) },
    who: coversWords(period) ?? 'Whole school',
    href: `/calendar/periods/${period.id}`,
  }));
  const terms = periods.filter(({ kind }) => kind === 'term');
  const holidays = bankHolidaysBetween(start, end)
    .filter((day) => terms.some(({ from, to }) => from <= day && day <= to))
    .map((day) => ({
      from: day,
      kind: 'Bank holiday',
      name: 'England and Wales',
      dates: longDay(day),
      who: 'Whole school',
      href: null,
    }));
  return [...said, ...holidays].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

const spanWords = ({ from, to }: { from: Day; to: Day }): string =>
  from === to ? longDay(from) : `${shortDay(from)} to ${shortDay(to)}`;

/** One short word a day: what fits a fifth of a phone's width. */
const short: Record<DayKind, string> = {
  school: 'School',
  'half-term': 'Half-term',
  inset: 'INSET',
  closure: 'Closed',
  'bank-holiday': 'Bank holiday',
  holiday: 'Holiday',
  weekend: 'Weekend',
};

function monthShown(periods: readonly KeptPeriod[], month: string) {
  const [, of = '', year = ''] = /^\S+ \d+ (\S+) (\d+)$/.exec(longDay(`${month}-01`)) ?? [];
  return {
    title: `${of} ${year}`,
    before: `/calendar?month=${monthAfter(month, -1)}#month`,
    after: `/calendar?month=${monthAfter(month, 1)}#month`,
    heads: weekdayNames.slice(0, 5),
    weeks: weeksOf(periods, month).map((week) =>
      week.map((seen) =>
        seen === null
          ? null
          : {
              ...{ kind: seen.partly.length > 0 ? 'partly' : seen.kind, number: Number(seen.day.slice(8)) },
              short: seen.partly.length > 0 ? 'Partly closed' : short[seen.kind],
              more:
                seen.partly.length > 0
                  ? seen.partly.join('; ')
                  : ['closure', 'inset', 'half-term'].includes(seen.kind)
                    ? seen.label
                    : '',
            },
      ),
    ),
  };
}

async function changesSaid({ deps }: Asking, schoolId: string) {
  const made = await changesMade(deps.db, schoolId, 20);
  const names = await namesOf(
    deps.db,
    made.map(({ madeBy }) => madeBy),
  );
  return made.map((row) => {
    const { added, removed } = changeIn(row);
    const by = names.get(row.madeBy ?? '');
    return {
      href: `/calendar/changes/${row.id}`,
      what: [
        ...added.map(({ label, ...dates }) => `${label}, ${datesWords(dates)}: new`),
        ...removed.map(({ label, ...dates }) => `${label}, ${datesWords(dates)}: taken out`),
      ].slice(0, 3),
      more: Math.max(0, added.length + removed.length - 3),
      reason: row.reason,
      when: row.madeAt ? instant(row.madeAt) : '',
      by: by ? personWords(by) : 'The command line',
    };
  });
}
