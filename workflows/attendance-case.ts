import { continueAsNew } from '@temporalio/workflow';
import { walk } from './matter.ts';
import type { Resumed } from './messages.ts';

/** One pupil's case, from the first crossing to its close: the school's own escalation policy, step by step. */
export async function attendanceCase(resumed: Resumed): Promise<void> {
  await walk('case', resumed, (next) => continueAsNew<typeof attendanceCase>(next));
}
