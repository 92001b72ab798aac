import type { Day } from '../calendar/day.ts';
import type { TemplateId } from '../letters/templates.ts';
import type { Fraction } from '../register/fraction.ts';
import type { LetterOutcome } from './input.ts';
import type { Happened, Meeting } from './meeting.ts';
import type { MonitoringDates } from './move.ts';
import type { Proposal } from './proposal.ts';
import type { Relied } from './relied.ts';
import type { Support } from './support-plan.ts';

/** A letter of the case, as far as the ladder minds: what it was and how it ended. */
export type CaseLetter = {
  template: TemplateId;
  proposal: string;
  outcome: LetterOutcome | 'waiting';
  on: Day;
  /** What it rested on, and whom it is to. Not known of letters in older ledgers. */
  relied?: Relied;
  contactId?: string;
  /** A person said that it goes although its ground has gone. */
  confirmed?: true;
  /** What the register says now of the sessions it rested on, once that was noted to differ. */
  now?: Fraction;
  /** The time of monitoring that it tells the family of. */
  monitors?: MonitoringDates;
  /** What a correction has told its reader instead. */
  corrected?: Fraction;
};

/** A time that the stage waits. Without a target it is only waited for. */
export type Monitoring = {
  from: Day;
  until: Day;
  judgedOn: Day;
  target: number | null;
  /** It began after a time in which the child could not attend at all, and counts from its own first day. */
  anew?: true;
};

/** What runs in a stage and a case that is closed for a leaver has not, but for proposals: those are made anew if the child is back. */
export type Interrupted = Pick<CaseState, 'monitoring' | 'heldUntil' | 'beside'>;

/** What is remembered of a rule beside the ladder. `said`: somebody was asked first whether it is so, and has said yes. */
export type RuleKnown = { on: Day; so: boolean; said?: true };

/** All that the rules remember of a case: what its events fold to. Plain JSON, so that it can be hashed and compared. */
export type CaseState = {
  status: 'open' | 'closed';
  openedOn: Day;
  /** When a person opened it again, after it was closed. */
  reopenedOn?: Day;
  /** The pupil's last day on the roll, while the case is closed because they had left. */
  leftOn?: Day | undefined;
  /** What that cut off, for the day on which they are back. Not in older states. */
  interrupted?: Interrupted | undefined;
  /** Where the register came in late: since when attendance had called for a case when it was opened. */
  calledForSince?: Day;
  stage: string;
  stageSince: Day;
  /** Attendance on the day the stage began: "risen by" and "fallen by" are measured from it. */
  stageFrom: Fraction;
  attendance: Fraction;
  /** What the policy left out of it, where it adjusts it. */
  how?: string | undefined;
  upTo: string | null;
  /** A person put the case back here: until then only what comes about in the stage moves it on. */
  backUntil?: Day | undefined;
  /** The step of the stage that comes next. */
  step: number;
  proposals: Record<string, Proposal>;
  /** How many proposals there have been: the next one's number. */
  proposed: number;
  letters: Record<string, CaseLetter>;
  meeting: Meeting | null;
  /** The day of a meeting that was already said to be one without school. */
  meetingClosed?: Day | undefined;
  /** When this stage's meeting was held, refused or missed. */
  metOn: Day | null;
  /** The attendance that this stage's meeting agreed on, in hundredths of a percent: instead of the policy's target. */
  agreedTarget?: number | undefined;
  monitoring: Monitoring | null;
  target: 'met' | 'not met' | null;
  /** This stage's time of waiting is over, and had no target. */
  waited?: true | undefined;
  /** What became of this stage's meeting and of its last call. */
  met?: Happened | undefined;
  lastCall?: 'reached' | 'not reached' | undefined;
  calledOn?: Day | undefined;
  /** The last period that was judged, what was counted in it, and what the register says of it since that was noted to differ. */
  judged: {
    from: Day;
    until: Day;
    window: Fraction;
    /** The target, where it was met. Not in older states. */
    target?: number;
    /** What the policy left out of it, where it adjusts. */
    how?: string;
    now?: Fraction;
  } | null;
  /** The stage's flags were looked at by the person the pack names. */
  reviewed: boolean;
  /** Which, where a ledger has it. */
  looked?: string[] | undefined;
  /** Do not propose the stage's next step before this day: it was declined. */
  askAgainOn: Day | null;
  /** What that was counted from, and how many school days. Not in older ledgers. */
  askAgain?: { since: Day; after: number } | undefined;
  /** Calls beside the ladder already proposed in this stage, by their clause. */
  beside: string[];
  /** The rules beside the ladder that have been so, by what they say: the day for which they were last acted on, and whether they still are. */
  rules?: Record<string, RuleKnown>;
  /** The school year that the case has entered, where its policy says what a new one does. */
  schoolYear?: string;
  /** The support plan: what was offered, and what came of it. */
  offers: Support[];
  referral: { id: string; on: Day; status: 'made' | 'accepted' | 'returned' | 'ended' } | null;
  heldUntil: Day | null;
  recovering: { since: Day; closesOn: Day } | null;
  missing: string[];
};
