import { continueAsNew } from '@temporalio/workflow';
import { walk } from './matter.ts';
import type { Resumed } from './messages.ts';

/** The authority's side of a referral: accepted or returned, a tool decided, and what came of it. */
export async function laReferral(resumed: Resumed): Promise<void> {
  await walk('referral', resumed, (next) => continueAsNew<typeof laReferral>(next));
}
