import { helpInWords } from '../../api/simulations/report-sheets.ts';
import { shortDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { roleTitles } from '../../policy/people/roles.ts';
import { assumptionsInWords } from '../../policy/simulate/assumptions-in-words.ts';
import { kinds, several } from '../../policy/simulate/outcome.ts';
import type { OutcomeShown, ReportShown } from '../../policy/simulate/report.ts';

/** What a simulation came to, for a terminal. */
export function asText({ school, year, assumptions, outcomes, differences }: ReportShown): string {
  return [
    `${school}, ${year}`,
    `Assumed: ${assumptionsInWords(assumptions)}`,
    ...outcomes.flatMap(policyText),
    ...differencesText(outcomes, differences),
  ].join('\n');
}

function policyText(outcome: OutcomeShown): string[] {
  const { policy, pupils, pupilsWithCase, cases, closed, done, overfull, groups } = outcome;
  return [
    '',
    policy,
    `  ${counted(pupilsWithCase, 'pupil')} of ${pupils} had a case (${counted(cases, 'case')}, ${closed} closed)`,
    `  ${helpInWords(outcome)}`,
    `  ${kinds.map((kind) => counted(done[kind], kind, several(kind))).join(', ')}`,
    ...overfull
      .slice(0, 10)
      .map(
        ({ role, week, hours, has }) =>
          `  Week of ${shortDay(week)}: the ${roleTitles[role].toLowerCase()} needs ${hours} hours, and has ${has}`,
      ),
    ...groups.map(
      (line) =>
        `  ${line.group}: ${line.pupils} pupils, ${line.withCase} with a case, ${line.letters} with a letter, ${line.referrals} referred`,
    ),
  ];
}

function differencesText([a, b]: ReportShown['outcomes'], differences: ReportShown['differences']): string[] {
  if (!a || !b) return [];
  return [
    '',
    `${a.policy} and ${b.policy} part for ${counted(differences.length, 'pupil')}. The first:`,
    ...differences
      .slice(0, 10)
      .map(({ pupil, on, a: one, b: other }) => `  ${pupil} on ${shortDay(on)}: ${one ?? 'nothing'} / ${other ?? 'nothing'}`),
  ];
}
