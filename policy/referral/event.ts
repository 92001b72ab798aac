import type { Day } from '../calendar/day.ts';
import type { supportKinds } from '../case/decision.ts';
import type { ApprovedLetter } from '../case/event.ts';
import type { LetterOutcome } from '../case/input.ts';
import type { Role } from '../people/roles.ts';
import type { Fraction, Hundredths } from '../register/fraction.ts';
import type { ReferralChoice } from './decision.ts';
import type { ReferralMove } from './move.ts';
import type { ReferralProposal } from './proposal.ts';
import type { EarlyGround, MissingPart, ProceedingsResult, requirements, SupportFirst, Tool, WithdrawalGround } from './words.ts';

type Words = { words: string | null };

/** A penalty notice as issued: all that its row and the three-year count need. Money in pence. */
export type IssuedNotice = {
  noticeId: string;
  contactId: string;
  postedOn: Day;
  issuedOn: Day;
  servedOn: Day;
  /** In the three years. 3 is a third or later, which the law does not allow. */
  order: 1 | 2 | 3;
  /** What stood against it when it was posted all the same. */
  against?: string;
  discountPence: number | null;
  discountUntil: Day | null;
  fullPence: number;
  fullUntil: Day;
  sessions: readonly string[];
  weeks: readonly Day[];
};

export type AgreedContract = {
  agreedOn: Day;
  parties: readonly string[];
  until: Day;
  requirements: readonly (keyof typeof requirements)[];
  support: readonly (keyof typeof supportKinds)[];
  reviews: readonly Day[];
};

export type ImprovementPeriod = {
  from: Day;
  until: Day;
  judgedOn: Day;
  weeks: number;
  target: Hundredths;
  earlyGrounds: readonly EarlyGround[];
};

/** What happened to a referral, in the order it happened. The ledger keeps these; the state is what they fold to. */
export type ReferralEvent =
  | { type: 'opened'; evidence: { letters: readonly string[]; caseEvents: number } }
  | { type: 'proposed'; proposal: ReferralProposal }
  | { type: 'withdrawn'; key: string; why: string }
  | { type: 'reopened'; key: string; why: string }
  | { type: 'reminded'; key: string; role: Role }
  | { type: 'escalated'; key: string; role: Role }
  | ({ type: 'decided'; key: string; choice: ReferralChoice; until: Day | null } & Words)
  | ({ type: 'accepted'; key: string } & Words)
  | ({ type: 'returned'; key: string; missing: readonly MissingPart[]; textId: string } & Words)
  | ({ type: 'tool decided'; key: string; tool: Tool; support: SupportFirst | null } & Words)
  | ({ type: 'contract agreed'; key: string } & AgreedContract & Words)
  | ({ type: 'contract not agreed'; key: string; on: Day; why: 'refused' | 'not attended' } & Words)
  | ({ type: 'contract reviewed'; key: string; met: boolean; last: boolean } & Words)
  | ({
      type: 'notice to improve issued';
      key: string;
      template: 'notice-to-improve';
      letters: readonly ApprovedLetter[];
      meeting: null;
      /** The sessions that met the national threshold when it was issued, if they did. */
      sessions: readonly string[];
    } & ImprovementPeriod &
      Words)
  | { type: 'letter outcome'; letterId: string; outcome: LetterOutcome; words?: string }
  | { type: 'notice to improve fell'; why: string }
  /** With the referral, before anybody judged it. */
  | { type: 'notice to improve ended'; why: string }
  | { type: 'contract ended'; why: string }
  | { type: 'notice to improve measured'; window: Fraction; improved: boolean | null }
  | ({ type: 'notice to improve judged'; key: string | null; improved: boolean; early: EarlyGround | null } & Words)
  | {
      type: 'penalty notice requested';
      noticeId: string;
      contactId: string;
      requestedBy: string;
      /** How support came first; older events do not tell. */
      support?: SupportFirst;
      sessions: readonly string[];
      weeks: readonly Day[];
    }
  | ({ type: 'penalty notice authorised'; key: string; noticeId: string; authorisedBy: string } & Words)
  | ({ type: 'penalty notice not authorised'; key: string; noticeId: string } & Words)
  | { type: 'penalty notice lapsed'; noticeId: string; why: string }
  /** Of one that the headteacher had authorised, which may have been posted: until somebody says so, it is neither issued nor lapsed. */
  | { type: 'penalty notice without ground'; noticeId: string; why: string }
  | { type: 'penalty notice with ground again'; noticeId: string }
  | ({ type: 'penalty notice issued'; key: string } & IssuedNotice)
  /** Earlier ones became known: it should not have been issued. */
  | { type: 'penalty notice found to be a third'; noticeId: string; contactId: string }
  | { type: 'penalty notice no third any more'; noticeId: string; contactId: string }
  | { type: 'penalty notice paid'; noticeId: string; contactId: string; paidOn: Day; pence: number }
  | { type: 'penalty notice unpaid'; noticeId: string; contactId: string }
  | ({
      type: 'penalty notice withdrawn';
      noticeId: string;
      contactId: string;
      ground: WithdrawalGround;
      refundPence: number;
    } & Words)
  | ({ type: 'penalty notice prosecuted'; noticeId: string; contactId: string } & Words)
  | { type: 'penalty notice not prosecuted'; noticeId: string; contactId: string }
  | { type: 'penalty notice acquitted'; noticeId: string; contactId: string }
  | ({
      type: 'proceedings recorded';
      key: string;
      result: ProceedingsResult;
      /** The penalty notices whose offence was before the court; older events do not tell. */
      notices?: readonly string[];
    } & Words)
  /** The calendar changed: what it moved, and in words why. */
  | { type: 'replanned'; moves: readonly ReferralMove[]; why: string | null }
  | ({ type: 'noted' } & Words)
  | ({ type: 'closed'; how: string } & Words);
