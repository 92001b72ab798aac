import type { Day } from '../../policy/calendar/day.ts';
import type { Line } from '../../policy/figures/crossings.ts';
import type { Band } from '../../policy/register/measures/band.ts';

/** What is asked of figures: of which day, and how far ahead. */
export type Asked = { on?: Day | undefined; within: number };
/** Which of the pupils besides. */
export type AskedFor = Asked & {
  year?: number | undefined;
  class?: string | undefined;
  band?: Band | undefined;
  was?: Band | undefined;
  absence?: 'persistent' | 'severe' | undefined;
  line?: Line | undefined;
};
