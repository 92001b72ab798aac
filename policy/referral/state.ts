import type { Day } from '../calendar/day.ts';
import type { LetterOutcome } from '../case/input.ts';
import type { Fraction } from '../register/fraction.ts';
import type { AgreedContract, ImprovementPeriod, IssuedNotice } from './event.ts';
import type { ReferralProposal } from './proposal.ts';
import type { SupportFirst, Tool } from './words.ts';

type Contract = AgreedContract & { reviewed: { on: Day; met: boolean }[]; status: 'running' | 'kept' | 'not kept' | 'ended' };

type Improvement = ImprovementPeriod & {
  /** How each letter that carries it ended. */
  letters: Record<string, LetterOutcome | 'waiting'>;
  window: Fraction | null;
  status: 'running' | 'measured' | 'improved' | 'not improved' | 'ended';
};

type NoticeStatus =
  | 'requested'
  | 'authorised'
  | 'not authorised'
  | 'lapsed'
  | 'issued'
  | 'paid'
  | 'unpaid'
  | 'withdrawn'
  | 'prosecuted'
  | 'acquitted';

/** One penalty notice, from the request for it: to one parent, for this child. */
export type Notice = {
  contactId: string;
  requestedBy: string;
  /** How support came first, where the request told. */
  support?: SupportFirst;
  authorisedOn: Day | null;
  sessions: readonly string[];
  weeks: readonly Day[];
  /** The day on which it was heard that its ground is gone, of one that the headteacher had authorised. */
  groundGone?: Day | undefined;
  /** The day on which it was heard that it is a third in three years, of one that was issued as one of the two. */
  third?: Day | undefined;
  status: NoticeStatus;
  statusOn: Day;
  issued: IssuedNotice | null;
  paidPence: number;
  /** When it was said what came of the proceedings for its offence, whatever that was. */
  heardOn?: Day | undefined;
};

/** All that the rules remember of a referral: what its events fold to. Plain JSON, so that it can be hashed and compared. */
export type ReferralState = {
  status: 'open' | 'closed';
  openedOn: Day;
  /** The tool being used, or where the referral is before and after one. */
  stage: 'received' | 'accepted' | 'returned' | 'closed' | Tool;
  stageSince: Day;
  /** What came of the last step: why the next tool is to be decided. */
  came: string;
  evidence: { letters: readonly string[]; caseEvents: number };
  proposals: Record<string, ReferralProposal>;
  /** How many proposals there have been: the next one's number. */
  proposed: number;
  tools: { tool: Tool; on: Day }[];
  contract: Contract | null;
  /** The day of a review that was already said to be one without school. */
  reviewClosed?: Day | undefined;
  /** Meetings about a contract that led to none. */
  attempts: { on: Day; why: 'refused' | 'not attended' }[];
  improvement: Improvement | null;
  notices: Record<string, Notice>;
  /** Proceedings that someone has still to say the end of. */
  proceedings: boolean;
};
