import type { Proposal } from '../case/proposal.ts';
import type { Fraction, Hundredths } from '../register/fraction.ts';
import type { ReferralChoice } from './decision.ts';

/** What the authority's side asks of a person. Each is one thing that one person decides or does. */
export type ReferralAction =
  | { what: 'accept referral' }
  | { what: 'decide tool' }
  | { what: 'agree contract' }
  | { what: 'review contract'; review: number; last: boolean }
  | { what: 'issue notice to improve' }
  | { what: 'judge notice to improve'; window: Fraction; target: Hundredths; improved: boolean | null }
  | { what: 'authorise penalty notice'; noticeId: string; contactId: string; sessions: readonly string[]; requestedBy: string }
  | { what: 'issue penalty notice'; noticeId: string; contactId: string }
  /** The ground of an authorised notice is gone, and it may have been posted before. */
  | { what: 'posted or not'; noticeId: string; contactId: string }
  /** `against` of one that should not have been issued. */
  | { what: 'unpaid notice'; noticeId: string; contactId: string; against?: true }
  | { what: 'record proceedings' };

/** As the school's proposals are, so that one inbox holds both. `step` is always null. */
export type ReferralProposal = Omit<Proposal, 'action'> & { action: ReferralAction };

type What = ReferralAction['what'];

/** What a person may say to each kind of proposal. */
export const referralChoices: Record<What, readonly ReferralChoice[]> = {
  'accept referral': ['accept', 'return', 'hold'],
  'decide tool': ['tool', 'hold'],
  'agree contract': ['agreed', 'not agreed', 'decline', 'hold'],
  'review contract': ['reviewed', 'hold'],
  'issue notice to improve': ['issue notice', 'decline', 'hold'],
  'judge notice to improve': ['judged', 'hold'],
  'authorise penalty notice': ['authorise', 'decline', 'hold'],
  'issue penalty notice': ['issue', 'decline', 'hold'],
  'posted or not': ['issue', 'decline', 'hold'],
  'unpaid notice': ['prosecute', 'withdraw', 'hold'],
  'record proceedings': ['proceedings', 'hold'],
};

/** While one of these is asked, what is done about the referral is undecided: there is nothing to look at again. */
export const undecided = (asked: readonly What[]): boolean => asked.includes('accept referral') || asked.includes('decide tool');

/** School days that each is given before it is late. */
export const dueIn: Record<What, number> = {
  'accept referral': 5,
  'decide tool': 10,
  'agree contract': 15,
  'review contract': 5,
  'issue notice to improve': 5,
  'judge notice to improve': 5,
  'authorise penalty notice': 5,
  'issue penalty notice': 5,
  'posted or not': 5,
  'unpaid notice': 10,
  'record proceedings': 40,
};
