import type { Db } from '../../prisma/client.ts';
import type { Outcome } from '../../workflows/messages.ts';
import { type Advance, advance } from './advance.ts';
import { loads } from './loads.ts';

export type MatterActivities = ReturnType<typeof matterActivities>;

/** What the workflow of a case or a referral does to the world: advance by one input. */
export const matterActivities = ({ db, now }: { db: Db; now: () => number }) => ({
  /** Advances a matter by one input, once: safe to retry for ever. */
  advance: (asked: Advance): Promise<Outcome> =>
    db.$transaction((tx) => advance(tx, loads, now(), asked, now), { timeout: 25_000, maxWait: 10_000 }),
});
