import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { LetterAnswer } from '../policy/case/input.ts';
import type { Role } from '../policy/people/roles.ts';

/** `matterWorkflowId`: whom a letter tells itself what became of it, if it was begun before word of that went by the outbox. */
export type LetterRun = { letterId: string; releaseAt: number; matterWorkflowId?: string };

/** Who says it: their id and, but for older messages, the role they said it in. */
type Sayer = { by: string; role?: Role };

/** A person calls the letter back while it still waits or lies in the print queue. Its reason is kept apart, under its id. */
export const recall = defineUpdate<void, [Sayer & { textId: string }]>('recall');

/** A training school's clock moved on, so the recall window is over. */
export const release = defineSignal('release');

/**
 * What a person says of a letter that waits for them: they posted it, or it did arrive, or it did not; or whether it goes
 * although it is held, with the reason kept apart under its id and the figures that they saw named by `seen`.
 */
export type Settled =
  | (Sayer & { how: 'posted' | 'sent' | 'refused' })
  | { how: LetterAnswer; by: string; role: Role; textId: string; seen?: string };

/** A person said it. Answered when it is written down. */
export const settle = defineUpdate<void, [Settled]>('settle');

export const letterWorkflowId = (letterId: string): string => `letter:${letterId}`;
