/** A walk of a training school's clock: a workflow each, so that one asked for as the last ends is not lost in it. */
export const clockWorkflowId = (stepId: string): string => `training-clock:${stepId}`;

export type ClockWalk = { schoolId: string; stepId: string };
