import type { Day } from '../calendar/day.ts';
import type { Block } from '../letters/block.ts';

/** A policy as it goes on paper: its words, and at the end its drawing as SVG with what it is to those who do not see it. */
export type PolicyPaper = {
  title: string;
  /** Whose paper it is: the school. */
  from: string;
  blocks: Block[];
  drawing: { svg: string; alt: string };
  /** From when the policy is in force: the date of the file, so that the same words give the same bytes. */
  inForce: Day;
};
