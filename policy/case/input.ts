import type { Day } from '../calendar/day.ts';
import type { Role } from '../people/roles.ts';
import type { MissingPart, ProceedingsResult, Tool } from '../referral/words.ts';
import type { Decision, Offer, SupportKind } from './decision.ts';
import type { MonitoringDates } from './move.ts';
import type { PolicyVersion } from './policy-version.ts';
import type { PrintedFigures } from './printed-figures.ts';

/**
 * Who says it: a user, with the role that the API found them to have. Checked again by the rules. `for` whom, if that person is
 * away and named them: then the role is that person's.
 */
export type By = { id: string; role: Role; for?: string };

/** `questioned`: it has not left, its ground has gone or its figures are wrong, and a person is asked. */
export type LetterOutcome =
  | 'questioned'
  | 'sent'
  | 'to-print'
  | 'posted'
  | 'recalled'
  | 'stopped'
  | 'refused'
  | 'unknown'
  | 'bounced';

/** What became of a letter. `by` whom, and in which words, where it is a person who says so; older inputs do not tell. */
export type LetterNews = { kind: 'letter outcome'; letterId: string; outcome: LetterOutcome; by?: By; textId?: string };

/** What a person says of a letter that is held before it left. */
export type LetterAnswer = 'send' | 'do not send';

/** What the authority's side reports back to the school's case. */
export type ReferralOutcome =
  | { what: 'accepted' }
  | { what: 'returned'; missing: readonly MissingPart[]; textId: string }
  | { what: 'tool decided'; tool: Tool }
  | { what: 'contract agreed'; until: Day }
  | { what: 'contract not agreed'; why: 'refused' | 'not attended' }
  | { what: 'contract reviewed'; met: boolean }
  | { what: 'notice to improve'; until: Day }
  | { what: 'notice to improve judged'; improved: boolean }
  | { what: 'notice to improve fell' }
  | { what: 'penalty notice'; contactId: string }
  | { what: 'paid' | 'unpaid' | 'withdrawn' | 'prosecuted'; contactId: string }
  | { what: 'proceedings ended'; result: ProceedingsResult }
  | { what: 'ended'; how: string };

/** One thing said to a case. `key` makes it once: the same key again changes nothing and gets the same answer. */
export type CaseInput = { key: string } /** `beside`: for what stands beside the ladder alone. */ & (
  | { kind: 'opened'; beside?: true }
  /** A person opens a case because of a concern: its text says which. */
  | { kind: 'concern'; by: By; textId: string }
  | { kind: 'register changed' }
  /** The pupil, who had left, is on the roll again. */
  | { kind: 'on the roll again' }
  | { kind: 'day' }
  /** Its text says what changed. */
  | { kind: 'calendar changed'; textId: string }
  | { kind: 'decision'; by: By; proposal: string; version: number; decision: Decision }
  | LetterNews
  /** `said`: what it was written anew with. */
  | {
      kind: 'letter answered';
      by: By;
      letterId: string;
      how: LetterAnswer;
      back: 'waiting' | 'to-print';
      textId: string;
      said?: PrintedFigures;
      monitors?: MonitoringDates | null;
    }
  | { kind: 'referral outcome'; referralId: string; outcome: ReferralOutcome }
  | { kind: 'support'; by: By; support: SupportKind; response: Offer['response']; on: Day; textId?: string }
  | { kind: 'note'; by: By; textId: string }
  | { kind: 'hold'; by: By; until: Day; textId: string }
  | { kind: 'resume'; by: By }
  /** On under the version of its policy that is in force, at a stage that a person chose if the version has not the case's own. */
  | { kind: 'move policy'; by: By; to: PolicyVersion; stage?: string }
  /** Back to an earlier stage of the ladder. */
  | { kind: 'step back'; by: By; to: string; textId: string }
  | { kind: 'close'; by: By; textId: string }
  /** A closed case goes on, in the stage in which it was closed if none is named. */
  | { kind: 'reopen'; by: By; stage?: string; textId: string }
);
