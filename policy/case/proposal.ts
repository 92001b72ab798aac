import type { Day } from '../calendar/day.ts';
import type { Moment } from '../calendar/moment.ts';
import type { EnclosureId } from '../letters/enclosures.ts';
import type { TemplateId } from '../letters/templates.ts';
import type { Due } from '../pack/amount.ts';
import type { EvidenceKind } from '../pack/evidence-needed.ts';
import type { TaskKind } from '../pack/step.ts';
import type { Role } from '../people/roles.ts';
import type { Fraction } from '../register/fraction.ts';
import type { Counted } from '../register/measures/figure.ts';
import type { Choice } from './decision.ts';
import type { Corrects } from './relied.ts';

/**
 * What is proposed. Each is one thing that one person decides or does. A letter that is `owed` comes before the one of its step: the family should have had it, and it never arrived.
 */
export type Action =
  | { what: 'call'; script: string }
  | Letter
  | { what: 'letter in question'; template: TemplateId; letterId: string }
  | { what: 'meeting' }
  | ({ what: 'task' } & Task)
  | Permission
  | { what: 'referral'; tells: readonly string[] }
  /** Somebody asks that the case be referred; then somebody else, `by`, approves it. */
  | { what: 'referral request'; tells: readonly string[]; by: string; due: Due }
  | { what: 'review'; flags: readonly string[]; waits?: LetterAfter }
  | { what: 'missing marks'; sessions: readonly string[] }
  | { what: 'answer'; question: string; about: string };

type Letter = { what: 'letter'; template: TemplateId; enclose: readonly EnclosureId[]; corrects?: Corrects; owed?: true };

/** `needs`: what has to be there when it is done. */
type Task = { task: TaskKind; says: string; whom: readonly string[]; may: boolean; needs?: readonly EvidenceKind[] };

/** Somebody agrees before the task is done, or says whether that is so which it rests on; then `by` does it. */
export type Permission = Task & { what: 'permission'; by: string; due: Due; whether?: string };

/** A letter beside the ladder that is asked for when somebody has looked. */
export type LetterAfter = { letter: Letter; by: string; due: Due; says: string };

/**
 * What the proposal rests on, as it was when it was made or last revised. `how`: what the policy left out of the attendance,
 * where it adjusts it.
 */
export type Evidence = {
  attendance: Fraction;
  how?: string;
  upTo: string | null;
  clause: string;
  /** The figures that made it so, beside that attendance. Not in older ledgers. */
  figures?: RestsOn[];
};

/** A figure as a sentence says it, with its sessions, so that whoever decides can count again. */
export type RestsOn = { says: string; sessions: Counted[] };

export type Proposal = {
  key: string;
  version: number;
  action: Action;
  /** The stage it belongs to, and which of its steps it is; null for what stands beside the ladder. */
  stage: string;
  step: number | null;
  /** The pack's name of the person who decides, and the role that person has. */
  person: string;
  role: Role;
  /** Who else is asked since it waited too long. */
  alsoRole: Role | null;
  sentence: string;
  /** What the sentence says before its figures, where it has today's; older ledgers do not know it. */
  why?: string;
  evidence: Evidence;
  /** What made this version differ from the one before it. */
  changed: string | null;
  madeOn: Day;
  due: Day;
  /** The time on that day, where it is due by the hour or the clock. */
  dueAt?: string;
  /** How long after `madeOn` that is; older ledgers have a number of school days, or nothing. */
  dueIn?: number | Due;
  /** The day that people agreed on for it, where that was later than `madeOn`: its time runs from then. Not in older ledgers. */
  agreedFor?: Day;
  /** Of what the policy does otherwise for: what was on record of the child, and what came since and is said. Not in older ledgers. */
  known?: string[];
  since?: string[];
  /** Who could be written to. Not in older ledgers. */
  mayWrite?: string[];
  /** The rule beside the ladder that it comes from, by what it says. */
  rule?: string;
  /** Who may not decide it: the one who asked for it, and the one for whom they asked. */
  notBy?: string;
  notFor?: string;
  status: 'open' | 'held' | 'asked';
  heldUntil: Day | null;
  remindOn: Day;
  /** The time on that day, and when whoever stands in is asked, where it is due by the hour or the clock. Not in older ledgers. */
  remindAt?: string;
  standIn?: Moment;
  reminded: boolean;
};

/** The day from which what somebody is asked runs. */
export const runsFrom = ({ agreedFor, madeOn }: Pick<Proposal, 'agreedFor' | 'madeOn'>): Day => agreedFor ?? madeOn;

/** True of what is owed to a family about a letter: whether one that is held goes, and the right figures after wrong ones. */
export const isOwed = ({ action }: Pick<Proposal, 'action'>): boolean =>
  action.what === 'letter in question' || (action.what === 'letter' && action.corrects !== undefined);

/** True of what a rule beside the ladder asks for, and its policy does not leave open. */
export const isToBeDone = ({ action, rule }: Pick<Proposal, 'action' | 'rule'>): boolean =>
  rule !== undefined && !('may' in action && action.may);

/** True of what no hold of the case puts off, and no step back takes away: what is owed, and what rules beside every stage ask. */
export const goesOnInHold = (proposal: Pick<Proposal, 'action' | 'rule'>): boolean =>
  proposal.rule !== undefined || isOwed(proposal);

/** What a person may say to each kind of proposal. */
export const choices: Record<Action['what'], readonly Choice[]> = {
  call: ['called', 'decline', 'hold'],
  letter: ['approve', 'decline', 'hold', 'ask'],
  // Whether it goes is said on the letter itself.
  'letter in question': ['hold'],
  meeting: ['met', 'decline', 'hold'],
  task: ['done', 'decline', 'hold'],
  permission: ['approve', 'decline', 'hold', 'ask'],
  'referral request': ['approve', 'decline', 'hold'],
  referral: ['approve', 'decline', 'hold', 'ask'],
  review: ['done', 'decline', 'hold'],
  'missing marks': ['done', 'hold'],
  answer: ['answer'],
};

/** True if it is over once it is declined: a call, what the policy leaves open, and what somebody has said not to be so. */
export const endsDeclined = (action: Action): boolean =>
  action.what === 'call' ||
  ((action.what === 'task' || action.what === 'permission') && action.may) ||
  (action.what === 'permission' && action.whether !== undefined);

/** True if it is asked about again some time after it was declined: any other step of the ladder is. */
export const comesBack = ({ step, action }: Pick<Proposal, 'step' | 'action'>): boolean => step !== null && !endsDeclined(action);
