import type { Day } from '../calendar/day.ts';
import type { SchoolCalendar } from '../calendar/school-calendar.ts';
import type { Recipient } from '../case/circumstances.ts';
import type { MarkElsewhere } from '../register/absence-elsewhere.ts';
import type { Mark } from '../register/mark.ts';
import type { AuthorityProfile } from './authority.ts';

/** A penalty notice known to have been issued to a parent for this child, in whatever referral. */
export type PriorNotice = { noticeId: string; issuedOn: Day; status: string; sessions: readonly string[] };

/** A parent of the pupil: whether they may be written to, and every notice known for parent and child. */
export type ReferralParent = Recipient & {
  /** The other contacts of the school that are this person. A notice to any of them is a notice to the parent. */
  sameAs: readonly string[];
  priorNotices: readonly PriorNotice[];
};

/** What the authority's rules look at beside the referral's own past. Gathered afresh for each input. */
export type ReferralCircumstances = {
  authority: AuthorityProfile;
  /** The school's date. */
  on: Day;
  calendar: SchoolCalendar;
  /** As a case has them (policy/case/circumstances.ts), under a policy that asks for nothing of last year. */
  marks: readonly Mark[];
  /** Absence at another school that is on record, or in its register here. */
  elsewhere: readonly MarkElsewhere[];
  pupil: { born: Day; flags: readonly string[]; onRollFrom: Day; onRollTo: Day | null };
  parents: readonly ReferralParent[];
  /** What the school sent with the referral: its letters, and how far its ledger had come. */
  evidence: { letters: readonly string[]; caseEvents: number };
  /** What the person wrote with this input, if they wrote something. */
  words: string | null;
  /** A stable id for something that this referral makes: the same name always gives the same id. */
  idOf: (name: string) => string;
};
