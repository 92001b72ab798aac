import { continueAsNew } from '@temporalio/workflow';
import { type Resumed, walk } from './matter.ts';

/** The authority's side of a referral: accepted or returned, a tool decided, and what came of it. */
export async function laReferral(resumed: Resumed): Promise<void> {
  await walk('referral', resumed, (next) => continueAsNew<typeof laReferral>(next));
}
