import { shortDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { roleTitles } from '../../policy/people/roles.ts';
import { kinds, type Outcome } from '../../policy/simulate/outcome.ts';
import { groupsShown } from './groups-shown.ts';
import type { Report } from './report.ts';

/** What a simulation came to, for a terminal. */
export function asText({ school, year, outcomes, differences }: Report): string {
  return [`${school}, ${year}`, ...outcomes.flatMap(policyText), ...differencesText(outcomes, differences)].join('\n');
}

function policyText(outcome: Outcome): string[] {
  const { policy, pupils, pupilsWithCase, cases, closed, done, daysToHelp, overfull } = outcome;
  const help =
    daysToHelp.median === null
      ? 'no help reached a family'
      : `first help after ${counted(daysToHelp.median, 'day')} (median), for ${daysToHelp.helped} of ${cases} cases`;
  return [
    '',
    policy,
    `  ${counted(pupilsWithCase, 'pupil')} of ${pupils} had a case (${counted(cases, 'case')}, ${closed} closed); ${help}`,
    `  ${kinds.map((kind) => counted(done[kind], kind)).join(', ')}`,
    ...overfull
      .slice(0, 10)
      .map(
        ({ role, week, hours, has }) =>
          `  Week of ${shortDay(week)}: the ${roleTitles[role].toLowerCase()} needs ${hours} hours, and has ${has}`,
      ),
    ...groupsShown(outcome).map(
      (line) =>
        `  ${line.group}: ${line.pupils} pupils, ${line.withCase} with a case, ${line.letters} with a letter, ${line.referrals} referred`,
    ),
  ];
}

function differencesText([a, b]: readonly Outcome[], differences: Report['differences']): string[] {
  if (!a || !b) return [];
  return [
    '',
    `${a.policy} and ${b.policy} part for ${counted(differences.length, 'pupil')}. The first:`,
    ...differences
      .slice(0, 10)
      .map(({ pupil, on, a: one, b: other }) => `  ${pupil} on ${shortDay(on)}: ${one ?? 'nothing'} / ${other ?? 'nothing'}`),
  ];
}
