import type { Day } from '../calendar/day.ts';
import type { EnclosureId } from '../letters/enclosures.ts';
import type { TemplateId } from '../letters/templates.ts';
import type { EvidenceKind } from '../pack/evidence-needed.ts';
import type { Role } from '../people/roles.ts';
import type { Fraction } from '../register/fraction.ts';
import type { Choice, Offer, SupportKind } from './decision.ts';
import type { LetterAnswer, LetterOutcome, ReferralOutcome } from './input.ts';
import type { Happened, Meeting } from './meeting.ts';
import type { MonitoringDates, Move } from './move.ts';
import type { PolicyVersion } from './policy-version.ts';
import type { PrintedFigures } from './printed-figures.ts';
import type { Proposal } from './proposal.ts';
import type { Corrects, Relied } from './relied.ts';
import type { Interrupted } from './state.ts';

/** What happened to a case, in the order it happened. The ledger keeps these; the state is what they fold to. */
export type CaseEvent =
  /**
   * `since`: attendance called for the case from this day, and the register came in later. `words`: what the person wrote who opened
   * it for a concern; the rules open one without.
   */
  | {
      type: 'opened';
      stage: string;
      since?: Day;
      words?: string | null;
      /** The rules beside the ladder that the pupil's last case answered, and when, and that have been so since. */
      answered?: Record<string, Day>;
      /** Those among them of which somebody has said that they are so. */
      said?: string[];
    }
  /** `how`: what the policy left out of the attendance, where it adjusts it. Not in older ledgers. */
  | { type: 'attendance noted'; attendance: Fraction; upTo: string | null; how?: string }
  /** `until`: a person put the case here, and it stays until then unless what is done here moves it on. */
  | { type: 'stage entered'; stage: string; attendance: Fraction; why: string; clause: string; how?: string; until?: Day }
  /** `step`: what comes next in the stage, as the new version counts its steps. */
  | { type: 'policy moved'; from: PolicyVersion; to: PolicyVersion; step: number }
  | { type: 'stepped back'; from: string; to: string; words: string | null }
  | { type: 'proposed'; proposal: Proposal }
  | {
      type: 'revised';
      key: string;
      version: number;
      attendance: Fraction;
      upTo: string | null;
      how?: string;
      sentence: string;
      changed: string;
      /** What a letter is held for, if that moved. */
      why?: string;
      /** The marks that are missing now, where these are asked for. */
      sessions?: readonly string[];
      /** What came on record of the child since it was last said. */
      since?: readonly string[];
      /** Who can be written to, where that is fewer. */
      mayWrite?: readonly string[];
    }
  /** `anew`: what asked for it beside the stage asks again, if it is so again. Not in older ledgers. */
  | { type: 'withdrawn'; key: string; why: string; anew?: true }
  | { type: 'reopened'; key: string; why: string }
  /** `at`: the time of the day, of what is due by the hour or the clock. */
  | { type: 'reminded'; key: string; role: Role; at?: string }
  | { type: 'escalated'; key: string; role: Role; at?: string }
  /**
   * `looked`: what of the child was looked at; `said`: who was asked whether it is so said yes; `has`: what a task that is done needed
   * and was stated to be there. Not in older ledgers.
   */
  | {
      type: 'decided';
      key: string;
      choice: Choice;
      words: string | null;
      until: Day | null;
      looked?: readonly string[];
      said?: true;
      has?: readonly EvidenceKind[];
    }
  | {
      type: 'letters approved';
      key: string;
      template: TemplateId;
      letters: ApprovedLetter[];
      /** What goes with each. Not in older ledgers. */
      enclose?: readonly EnclosureId[];
      words: string | null;
      meeting: Meeting | null;
      /** Not in older ledgers. */
      relied?: Relied;
      /** The letters that these put right. */
      corrects?: Corrects;
      /** The time of monitoring that they tell the family of. */
      monitors?: MonitoringDates;
    }
  /**
   * `why` says what became of the ground of a letter that is questioned before its time to leave; `words` what a person wrote
   * who called it back or heard that it came back.
   */
  | { type: 'letter outcome'; letterId: string; outcome: LetterOutcome; why?: string; words?: string }
  | {
      type: 'question answered';
      letterId: string;
      how: LetterAnswer;
      back: 'waiting' | 'to-print';
      words: string | null;
      /** What the register said of its sessions when a person let it go: to them that is no news. */
      now?: Fraction;
      /** What it says now, where it was written anew and approved so. */
      said?: PrintedFigures;
      /** The time of monitoring that it tells of now, where that it was approved with had begun; null if of none. */
      monitors?: MonitoringDates | null;
    }
  /** A correction reached nobody: the reader of these letters knows what an earlier one said instead, or only what was wrong. */
  | { type: 'correction failed'; letters: readonly string[]; corrected: Fraction | null }
  /** The register changed under letters that had gone: what they said, and what they would say. */
  | { type: 'letters overtaken'; letters: readonly string[]; was: Fraction; is: Fraction; upTo: string; stands: boolean }
  /** A step that the policy does not take for this pupil. */
  | { type: 'step passed over'; step: number; why: string; clause: string }
  /** A rule beside the ladder became so, was still so when it was to be asked again, or is so no more. */
  /** `of`: the day of which it spoke, where that is past. */
  | { type: 'rule met'; rule: string; clause: string; of?: Day }
  | { type: 'rule over'; rule: string }
  | { type: 'new school year'; year: string }
  /** `after` so many school days. Not in older ledgers. */
  | { type: 'step put back'; step: number; askAgainOn: Day; why: string; after?: number }
  /** `step`: of the stage, or null beside the ladder. Not in older ledgers. */
  | { type: 'called'; key: string; script: string; reached: boolean; words: string | null; step?: number | null }
  | {
      type: 'meeting recorded';
      key: string;
      happened: Happened;
      on: Day;
      /** Hundredths of a percent. Not in older ledgers, nor if no meeting was held. */
      target?: number;
      /** Of the stage, or null beside the ladder. Not in older ledgers. */
      step?: number | null;
      /** It was for a brother or sister too. Which, no record of one child says. */
      together?: true;
      words: string | null;
    }
  /** Older ledgers do not say on which day. */
  | { type: 'support offered'; offers: Offer[]; on?: Day }
  | { type: 'support noted'; support: SupportKind; response: Offer['response']; on: Day; words: string | null }
  /** A time that is only waited for has no target. */
  | {
      type: 'monitoring began';
      from: Day;
      until: Day;
      judgedOn: Day;
      target: number | null;
      /** After a time in which the child could not attend at all. */
      anew?: true;
    }
  /** For the time that runs already, at a meeting. */
  | { type: 'target agreed'; target: number }
  | { type: 'wait over' }
  | { type: 'monitoring ended'; why: string }
  | { type: 'target judged'; met: boolean; window: Fraction; target: number; how?: string }
  /** The register changed under a target that was judged. */
  | { type: 'judgement overtaken'; from: Day; until: Day; was: Fraction; is: Fraction }
  | { type: 'marks missing'; sessions: string[] }
  | { type: 'referred'; key: string; referralId: string; tells: readonly string[]; words: string | null }
  | { type: 'referral outcome'; outcome: ReferralOutcome; words: string | null }
  | { type: 'recovering'; since: Day; closesOn: Day }
  | { type: 'no longer recovering' }
  /** The calendar changed: what it moved, and in words why. */
  | { type: 'replanned'; moves: readonly Move[]; why: string | null }
  | { type: 'held'; until: Day; words: string | null }
  | { type: 'resumed'; why: string }
  | { type: 'noted'; words: string | null }
  /** `leftOn`: the pupil's last day on the roll, where it was closed because they had left; and what that cut off. */
  /** `unanswered`: the rules beside the ladder of which something was not done, so that they ask anew. Not in older ledgers. */
  | { type: 'closed'; why: string; words: string | null; leftOn?: Day; interrupted?: Interrupted; unanswered?: readonly string[] }
  /** A person opened the closed case again, or the rules did, and `why`. `goesOn`: its stage does not begin anew. */
  | { type: 'case reopened'; stage: string; words: string | null; why?: string; goesOn?: true };

export type ApprovedLetter = { letterId: string; contactId: string; channel: 'email' | 'post' };
