import { shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { counted, inThousands } from '../../policy/counted.ts';
import { isPupilFlag, pupilFlags } from '../../policy/people/flags.ts';
import { roles, roleTitles } from '../../policy/people/roles.ts';
import { yearName } from '../../policy/people/year-group.ts';
import type { Assumptions } from '../../policy/simulate/assumptions.ts';
import { fewest, shown } from '../../policy/simulate/groups-shown.ts';
import { kinds, several } from '../../policy/simulate/outcome.ts';
import type { OutcomeShown, ReportShown } from '../../policy/simulate/report.ts';
import type { Cell, Sheet } from '../web/sheet.ts';

/** As many of the places where two policies part as a report lists. */
export const mostDifferences = 50;

/** What each policy did in the whole year, a column a policy. */
export const yearSheet = ({ outcomes }: ReportShown): Sheet => {
  const row = (head: string, of: (outcome: OutcomeShown) => Cell): Cell[] => [head, ...outcomes.map(of)];
  return {
    ...{ name: 'year', caption: 'In the whole year', heads: ['What', ...outcomes.map(({ title }) => title)] },
    rows: [
      row('Pupils', ({ pupils }) => pupils),
      row('Pupils with a case', ({ pupilsWithCase }) => pupilsWithCase),
      row('Cases closed', ({ closed, cases }) => `${inThousands(closed)} of ${inThousands(cases)}`),
      ...kinds.map((kind) => row(capital(several(kind)), ({ done }) => done[kind])),
      row('Days to the first help (median of those helped)', ({ daysToHelp }) => daysToHelp.median ?? 'none'),
      row('Cases that no help reached', ({ daysToHelp }) => neverHelped(daysToHelp)),
    ],
  };
};

/** "12 of 48" */
const neverHelped = ({ cases, helped }: OutcomeShown['daysToHelp']): string =>
  `${inThousands(cases - helped)} of ${inThousands(cases)}`;

/** The cells of a row on help: cases, how many it reached, how many never, and the median of the days until then. */
export const helpSheet = ({ daysToHelp: { cases, helped, median } }: OutcomeShown): Cell[] => [
  cases,
  helped,
  cases - helped,
  median,
];

/** "First help after 9 days (median), for 40 of 48 cases; none reached the other 8" */
export function helpInWords({ daysToHelp: { cases, helped, median } }: OutcomeShown): string {
  if (median === null) return `No help reached a family, in ${counted(cases, 'case')}`;
  const never = cases - helped;
  const rest = never === 0 ? 'every case had some' : `none reached the other ${inThousands(never)}`;
  return `First help after ${counted(median, 'day')} (median), in ${inThousands(helped)} of ${counted(cases, 'case')}; ${rest}`;
}

/** How often each thing was done, a row a week. */
export const weeksSheet = ({ policy, title, byWeek }: OutcomeShown): Sheet => ({
  ...{
    name: `${policy}-weeks`,
    caption: `By week: ${title}`,
    heads: ['Week of', ...kinds.map((kind) => capital(several(kind)))],
  },
  rows: Object.keys(byWeek)
    .sort()
    .map((week) => [week, ...kinds.map((kind) => byWeek[week]?.[kind] ?? 0)]),
});

/** The weeks in which somebody had too few hours; null if nobody ever had. */
export const busySheet = ({ policy, title, overfull }: OutcomeShown): Sheet | null =>
  overfull.length === 0
    ? null
    : {
        ...{ name: `${policy}-hours`, caption: `Weeks in which somebody had too few hours: ${title}` },
        heads: ['Week of', 'Who', 'Hours needed', 'Hours they have'],
        rows: overfull.map(({ role, week, hours, has }) => [week, roleTitles[role], hours, has]),
      };

/** What each has to decide in a week, against the hours they have for it. */
export const workSheet = ({ policy, title, decisions, minutes }: OutcomeShown, { hoursAWeek }: Assumptions): Sheet => ({
  ...{ name: `${policy}-work`, caption: `Decisions by week, and the hours they take: ${title}` },
  heads: ['Week of', 'Who', 'Decisions', 'Hours needed', 'Hours they have'],
  rows: roles
    .flatMap((role) => Object.entries(decisions[role] ?? {}).map(([week, n]) => ({ role, week, n })))
    .sort((a, b) => (a.week < b.week ? -1 : a.week > b.week ? 1 : 0))
    .map(({ role, week, n }) => {
      const needed = Math.round((minutes[role]?.[week] ?? 0) / 6) / 10;
      return [week, roleTitles[role], n, needed, hoursAWeek[role] ?? 'not said'];
    }),
});

/** Who had too few hours in how many weeks, and the worst of them: a sentence for each. */
export function hoursInWords({ overfull }: OutcomeShown): string[] {
  const asked = [...new Set(overfull.map(({ role }) => role))];
  return asked.map((of) => {
    const weeks = overfull.filter(({ role }) => role === of);
    const worst = weeks.reduce((one, other) => (other.hours - other.has > one.hours - one.has ? other : one));
    const { week, hours, has } = worst;
    return `${roleTitles[of]}: too few hours in ${counted(weeks.length, 'week')}, worst in that of ${shortDay(week)} with ${hours} hours of work and ${has} to do it in`;
  });
}

/** "485 of 1,060 pupils would have had a case, 757 letters would have gone, …", for each policy by its title. */
export const yearInWords = ({ title, pupils, pupilsWithCase, done }: OutcomeShown): string =>
  `${title}: ${inThousands(pupilsWithCase)} of ${counted(pupils, 'pupil')} with a case, ${counted(done.letter, 'letter')}, ${counted(done.meeting, 'meeting')}, ${counted(done.referral, 'referral')}, ${counted(done['penalty notice'], 'penalty notice')}`;

export const groupsSheet = ({ policy, title, groups }: OutcomeShown): Sheet => ({
  ...{ name: `${policy}-groups`, caption: `By group; numbers too small to show are hidden: ${title}` },
  heads: ['Group', 'Pupils', 'With a case', 'With a letter', 'Referred'],
  rows: groups.map(({ group, pupils, withCase, letters, referrals }) => [
    groupName(group),
    ...[pupils, withCase, letters, referrals],
  ]),
});

/** A group as people call it: what is known of its pupils, or their year. */
const groupName = (group: string): string =>
  isPupilFlag(group) ? pupilFlags[group] : group.replace(/^Year (-?\d+)$/, (_, year) => yearName(Number(year)));

/** The first day on which two policies differ, a pupil a row; null of one policy. `whose` says how a pupil is named. */
export function differencesSheet({ outcomes: [a, b], differences }: ReportShown, whose: (pupilId: string) => Cell): Sheet | null {
  if (!a || !b) return null;
  return {
    ...{ name: 'differences', caption: 'The first day on which they differ, a pupil a row' },
    heads: ['Pupil', 'Day', a.title, b.title],
    rows: differences
      .slice(0, mostDifferences)
      .map(({ pupil, on, a: one, b: other }) => [whose(pupil), on, one ?? 'Nothing', other ?? 'Nothing']),
  };
}

/**
 * In what ways two policies first differ, and for how many pupils: no pupil has a row, and ways that only a few share are one row.
 * Null of one policy.
 */
export function partingsSheet({ outcomes: [a, b], differences }: ReportShown): Sheet | null {
  if (!a || !b) return null;
  const ways = new Map<string, { one: string; other: string; pupils: number }>();
  for (const { a: one, b: other } of differences) {
    const way = ways.get(`${one}\n${other}`) ?? { one: one ?? 'Nothing', other: other ?? 'Nothing', pupils: 0 };
    ways.set(`${one}\n${other}`, { ...way, pupils: way.pupils + 1 });
  }
  const all = [...ways.values()].sort((x, y) => y.pupils - x.pupils);
  const common = all.filter(({ pupils }) => pupils >= fewest);
  const rare = all.slice(common.length);
  const rest = rare.reduce((sum, { pupils }) => sum + pupils, 0);
  return {
    ...{ name: 'partings', caption: 'The first thing in which they differ for a pupil, and for how many' },
    heads: [a.title, b.title, 'Pupils'],
    rows: [
      ...common.map(({ one, other, pupils }) => [one, other, pupils]),
      ...(rest > 0
        ? [['Something else', `${counted(rare.length, 'other way', 'other ways')}, each for fewer than ${fewest}`, shown(rest)]]
        : []),
    ],
  };
}

/** What the picture of a year shows, for who does not see it. */
export const weeksInWords = ({ done }: OutcomeShown): string =>
  `Bars by week. In the whole year: ${kinds.map((kind) => `${done[kind]} ${several(kind)}`).join(', ')}`;

/** "They do something else for 107 of 1,060 pupils." */
export const partingsInWords = ({ outcomes, differences }: ReportShown): string =>
  `They do something else for ${inThousands(differences.length)} of ${counted(outcomes[0]?.pupils ?? 0, 'pupil')}.`;

/** The same, before a list of the first of them. */
export const differencesInWords = (report: ReportShown): string =>
  `${partingsInWords(report)}${report.differences.length > mostDifferences ? ` The first ${mostDifferences}:` : ''}`;
