import type { Day } from '../calendar/day.ts';
import type { Recipient } from '../case/circumstances.ts';
import type { Mark, Span } from '../register/mark.ts';

/** A pupil of whom a whole year is known: what the policy would have done is told from it. */
export type SimulatedPupil = {
  id: string;
  /** The marks in order of session, as they were believed on a day. The same array as long as nothing was corrected. */
  marksOn: (day: Day) => readonly Mark[];
  onRollFrom: Day;
  onRollTo: Day | null;
  flags: readonly string[];
  born?: Day | undefined;
  yearGroup?: number | undefined;
  settlingIn?: readonly Span[] | undefined;
  partTime?: readonly Span[] | undefined;
  recipients: readonly Recipient[];
};

/** A parent who may be written to by e-mail: what is taken for every pupil of whom no contacts are known. */
export const oneParent: readonly Recipient[] = [{ contactId: 'parent', may: true, because: null, channel: 'email' }];
