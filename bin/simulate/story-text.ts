import { storyLines } from '../../api/simulations/story-lines.ts';
import { longDay } from '../../policy/calendar/day.ts';
import { roleTitles } from '../../policy/people/roles.ts';
import type { Told } from '../../policy/simulate/story.ts';

/** One pupil's simulated year, for a terminal: a paragraph a day. */
export function storyText(title: string, told: readonly Told[]): string {
  const lines = storyLines(told);
  const days = [...new Set(lines.map(({ on }) => on))];
  return [
    title,
    ...(days.length === 0 ? ['', 'No case.'] : []),
    ...days.flatMap((day) => [
      '',
      longDay(day),
      ...lines
        .filter(({ on }) => on === day)
        .flatMap(({ says, detail, by, clause }) => [
          `  ${says}${by ? `, by the ${roleTitles[by].toLowerCase()}` : ''}${clause ? ` (${clause})` : ''}`,
          ...(detail ? [`    ${detail}`] : []),
        ]),
    ]),
  ].join('\n');
}
