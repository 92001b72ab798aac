/** A training school has one clock, so one workflow walks it at a time. */
export const clockWorkflowId = (schoolId: string): string => `training-clock:${schoolId}`;

export type ClockWalk = { schoolId: string; stepId: string };
