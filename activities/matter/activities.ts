import type { Db } from '../../prisma/client.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Outcome } from '../../workflows/messages.ts';
import { type Advance, advance } from './advance.ts';
import { loads } from './loads.ts';
import { tellDueClosedCases } from './tell-due.ts';

export type MatterActivities = ReturnType<typeof matterActivities>;

/** What happens to cases and referrals: they advance by one input, told by their workflow or, once they are closed, directly. */
export const matterActivities = ({ db, now }: { db: Db; now: () => number }) => ({
  /** Advances a matter by one input, once: safe to retry for ever. */
  advance: (asked: Advance): Promise<Outcome> =>
    db.$transaction((tx) => advance(tx, loads, now(), asked, now), { timeout: 25_000, maxWait: 10_000 }),

  /** Has those reminded whom a school's closed cases still ask for something: no timer of a workflow does it. Done twice it changes nothing more. */
  async tellClosedCases({ schoolId }: { schoolId: string }): Promise<void> {
    const school = await db.school.findUniqueOrThrow({ where: { id: schoolId } });
    await tellDueClosedCases(db, { schoolId, on: todayAt(school, now()) });
  },
});
