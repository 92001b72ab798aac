import type { Fraction } from '../register/fraction.ts';
import type { PrintedFigures } from './printed-figures.ts';

/**
 * What a letter rested on when it was approved: the stage that sends it, and attendance up to a session. `said` is what it
 * prints of it, `flags` what was known of the child that its policy does otherwise for; older ledgers do not know these.
 */
export type Relied = {
  stage: string;
  attendance: Fraction;
  upTo: string | null;
  said?: PrintedFigures;
  flags?: string[];
};

/**
 * What a correction puts right: the letters, what they said, and what the register says now up to the same session. `stands`
 * if they would have been sent with the right figures too.
 */
export type Corrects = { letters: readonly string[]; was: Fraction; is: Fraction; upTo: string; stands: boolean };
