import { capital } from '../../policy/capital.ts';
import { isPupilFlag, pupilFlags } from '../../policy/people/flags.ts';
import { roleTitles } from '../../policy/people/roles.ts';
import { yearName } from '../../policy/people/year-group.ts';
import { kinds } from '../../policy/simulate/outcome.ts';
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
      row('Cases closed', ({ closed, cases }) => `${closed} of ${cases}`),
      ...kinds.map((kind) => row(`${capital(kind)}s`, ({ done }) => done[kind])),
      row('Days to the first help (median)', ({ daysToHelp }) => daysToHelp.median ?? 'none'),
    ],
  };
};

/** How often each thing was done, a row a week. */
export const weeksSheet = ({ policy, title, byWeek }: OutcomeShown): Sheet => ({
  ...{ name: `${policy}-weeks`, caption: `By week: ${title}`, heads: ['Week of', ...kinds.map((kind) => `${capital(kind)}s`)] },
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

/** What the picture of a year shows, for who does not see it. */
export const weeksInWords = ({ done }: OutcomeShown): string =>
  `Bars by week. In the whole year: ${kinds.map((kind) => `${done[kind]} ${kind}s`).join(', ')}`;

/** "They do something else for 107 of 1060 pupils. The first 50:" */
export const differencesInWords = ({ outcomes, differences }: ReportShown): string =>
  `They do something else for ${differences.length} of ${outcomes[0]?.pupils ?? 0} pupils.${differences.length > mostDifferences ? ` The first ${mostDifferences}:` : ''}`;
