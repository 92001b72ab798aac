import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { CaseInput } from '../policy/case/input.ts';
import type { ReferralInput } from '../policy/referral/input.ts';
import type { Refused } from '../policy/refusal.ts';

export type MatterKind = 'case' | 'referral';
export type MatterInput = CaseInput | ReferralInput;

/** Something said to a case or a referral: which one it is meant for, what is said, and until when (epoch ms) it may be taken. */
export type Told = { matterId: string; input: MatterInput; validUntil?: number };

/** What a matter waits for although nobody speaks: woken at `until` (epoch ms) by an input of this key. */
export type Waiting = { key: string; until: number; why: string };

/** What the workflow has to start after an input. */
export type Follow =
  | { what: 'letter'; letterId: string; releaseAt: number }
  | { what: 'referral'; referralId: string }
  | { what: 'reminder'; reminderId: string };

/** The answer to one input: what was said of it, and where the matter stands now. Ids, dates and stages only. */
export type Outcome = {
  refused: Refused | null;
  waiting: Waiting | null;
  summary: string;
  stage: string;
  closed: boolean;
  events: number;
  stateHash: string;
  follow: Follow[];
};

/** Where a matter stands, as its workflow believes. */
export type Standing = Pick<Outcome, 'summary' | 'stage' | 'closed' | 'events' | 'stateHash'> & { matterId: string };

/** Something said and not yet taken; `asked` names the update that waits for its answer, `matterId` the pupil's earlier case it is news of. */
export type Said = { input: MatterInput; asked?: string; matterId?: string; validUntil?: number };

/**
 * What a matter carries from run to run: plain JSON, ids and dates only. `stage` is the one that the engine lists it under,
 * '' before the first; runs begun before it was carried do not know theirs.
 */
export type Resumed = { matterId: string; inbox: Said[]; waiting: Waiting | null; stage?: string; eventsARun?: number };

export const decide = defineUpdate<Outcome, [Told]>('decide');
export const tell = defineSignal<[Told]>('tell');
export const standing = defineQuery<Standing | null>('standing');

/** One running case a pupil: the id is the pupil's. */
export const caseWorkflowId = (pupilId: string): string => `case:${pupilId}`;
export const referralWorkflowId = (referralId: string): string => `referral:${referralId}`;
export const reminderWorkflowId = (reminderId: string): string => `reminder:${reminderId}`;

export const taskQueue = 'firstbell';
