import type { LetterOutcome } from './input.ts';

/** How far a letter has come. Whether one whose end is unknown arrived is for a person to find out: until then it may have. */
export type LetterStanding = 'under way' | 'out' | 'unknown' | 'failed';

/** What each end of a letter means to whoever builds on it, in a case and at the authority. */
export const standingOf: Record<LetterOutcome | 'waiting', LetterStanding> = {
  waiting: 'under way',
  questioned: 'under way',
  'to-print': 'under way',
  sent: 'out',
  posted: 'out',
  unknown: 'unknown',
  recalled: 'failed',
  stopped: 'failed',
  refused: 'failed',
  bounced: 'failed',
};

/** True of a letter that will reach nobody. */
export const hasFailed = (outcome: LetterOutcome | 'waiting'): boolean => standingOf[outcome] === 'failed';

/** True of a letter that waits to leave, by e-mail or in the print queue, and that nobody is asked about. */
export const isYetToLeave = ({ outcome }: { outcome: LetterOutcome | 'waiting' }): boolean =>
  outcome === 'waiting' || outcome === 'to-print';
