import type { Day } from '../calendar/day.ts';
import type { EnclosureId } from '../letters/enclosures.ts';
import type { TemplateId } from '../letters/templates.ts';
import type { Role } from '../people/roles.ts';
import type { Fraction } from '../register/fraction.ts';
import type { Choice } from './decision.ts';
import type { Corrects } from './relied.ts';

/** What is proposed. Each is one thing that one person decides or does. */
export type Action =
  | { what: 'call'; script: string }
  | { what: 'letter'; template: TemplateId; enclose: readonly EnclosureId[]; corrects?: Corrects }
  | { what: 'letter in question'; template: TemplateId; letterId: string }
  | { what: 'meeting' }
  | { what: 'referral'; tells: readonly string[] }
  | { what: 'review'; flags: readonly string[] }
  | { what: 'missing marks'; sessions: readonly string[] }
  | { what: 'answer'; question: string; about: string };

/** What the proposal rests on, as it was when it was made or last revised. */
export type Evidence = { attendance: Fraction; upTo: string | null; clause: string };

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
  evidence: Evidence;
  /** What made this version differ from the one before it. */
  changed: string | null;
  madeOn: Day;
  due: Day;
  /** In how many school days after `madeOn` that is. Not in older ledgers. */
  dueIn?: number;
  status: 'open' | 'held' | 'asked';
  heldUntil: Day | null;
  remindOn: Day;
  reminded: boolean;
};

/** What a person may say to each kind of proposal. */
export const choices: Record<Action['what'], readonly Choice[]> = {
  call: ['called', 'decline', 'hold'],
  letter: ['approve', 'decline', 'hold', 'ask'],
  // Whether it goes is said on the letter itself.
  'letter in question': ['hold'],
  meeting: ['met', 'decline', 'hold'],
  referral: ['approve', 'decline', 'hold', 'ask'],
  review: ['done', 'decline', 'hold'],
  'missing marks': ['done', 'hold'],
  answer: ['answer'],
};
