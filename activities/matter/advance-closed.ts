import type { Db } from '../../prisma/client.ts';
import type { Outcome } from '../../workflows/messages.ts';
import { type Advance, advance } from './advance.ts';
import { loads } from './loads.ts';

/**
 * Tells a closed matter something, whose workflow has ended. The letters that follow, such as a correction of one that had
 * gone, are left in the outbox to be begun: all of it or nothing, and once.
 */
export const advanceClosed = (db: Db, now: () => number, asked: Advance): Promise<Outcome> =>
  db.$transaction(
    async (tx) => {
      const known = await tx.matterInput.count({ where: { matterId: asked.matterId, key: asked.input.key } });
      const outcome = await advance(tx, loads, now(), asked, now);
      if (known > 0) return outcome;
      const letters = outcome.follow.flatMap((next) => (next.what === 'letter' ? [next] : []));
      const rows = await tx.letter.findMany({
        where: { id: { in: letters.map(({ letterId }) => letterId) } },
        select: { id: true, schoolId: true, releaseAt: true },
      });
      await tx.outbox.createMany({
        data: rows.map(({ id, schoolId, releaseAt }) => ({
          ...{ schoolId, matterId: id, matterKind: 'letter', kind: 'start' },
          input: { releaseAt: releaseAt.getTime() },
        })),
      });
      return outcome;
    },
    { timeout: 25_000, maxWait: 10_000 },
  );
