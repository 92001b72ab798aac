import { defineSignal, defineUpdate } from '@temporalio/workflow';

export type LetterRun = { letterId: string; releaseAt: number; matterWorkflowId: string };

/** A person calls the letter back while it still waits. Its reason is kept apart, under its id. */
export const recall = defineUpdate<void, [{ by: string; textId: string }]>('recall');

/** A training school's clock moved on, so the recall window is over. */
export const release = defineSignal('release');

/** What a person says of a letter that waits for them: they posted it, or it did arrive, or it did not. */
export type Settled = { how: 'posted' | 'sent' | 'refused'; by: string };

/** A person posted it, or found out what became of it. Answered when it is written down. */
export const settle = defineUpdate<void, [Settled]>('settle');

export const letterWorkflowId = (letterId: string): string => `letter:${letterId}`;
