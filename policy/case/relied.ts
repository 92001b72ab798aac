import type { Fraction } from '../register/fraction.ts';

/** What a letter rested on when it was approved: the stage that sends it, and attendance up to a session. */
export type Relied = { stage: string; attendance: Fraction; upTo: string | null };

/**
 * What a correction puts right: the letters, what they said, and what the register says now up to the same session. `stands`
 * if they would have been sent with the right figures too.
 */
export type Corrects = { letters: readonly string[]; was: Fraction; is: Fraction; upTo: string; stands: boolean };
