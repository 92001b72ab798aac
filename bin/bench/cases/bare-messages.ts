import { defineUpdate } from '@temporalio/workflow';

export const bareTaskQueue = 'firstbell-bench';

/** Answered at once, with as much as it was given. */
export const bareUpdate = defineUpdate<string, [string]>('bareUpdate');
