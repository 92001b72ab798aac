import type { Day } from '../calendar/day.ts';
import type { Circumstances, Recipient } from '../case/circumstances.ts';
import type { PriorNotice } from '../referral/circumstances.ts';
import type { Mark } from '../register/mark.ts';

/** A pupil of whom a whole year is known: what the policy would have done is told from it. */
export type SimulatedPupil = Pick<
  Circumstances,
  'onRollFrom' | 'onRollTo' | 'flags' | 'born' | 'yearGroup' | 'settlingIn' | 'partTime' | 'recipients'
> & {
  id: string;
  /** Penalty notices of before the year, to a parent for this child. */
  priorNotices?: readonly PriorNotice[];
  /** Days on which somebody opens a case for a concern. Nobody does of whom nothing is said. */
  concern?: readonly Day[];
  /** The marks in order of session, as they were believed on a day. The same array as long as nothing was corrected. */
  marksOn: (day: Day) => readonly Mark[];
};

/** A parent who may be written to by e-mail and by post: what is taken for every pupil of whom no contacts are known. */
export const oneParent: readonly Recipient[] = [
  { contactId: 'parent', may: true, because: null, channel: 'email', postable: true },
];
