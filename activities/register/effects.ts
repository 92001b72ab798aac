import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '../../prisma/client.ts';
import type { Merged, Merging } from './importer.ts';

/**
 * What taking an import would set off: how many rows are new or say something else, the cases that would open and what they
 * would say, the open cases that would be told, and their letters that an approval has released but that have not gone.
 */
export const Effects = z.object({
  ...{ added: z.int(), changed: z.int(), unchanged: z.int() },
  opened: z.array(z.object({ pupilId: z.uuid(), says: z.string() })),
  told: z.array(z.uuid()),
  letters: z.array(z.object({ id: z.uuid(), caseId: z.uuid() })),
});
export type Effects = z.infer<typeof Effects>;

/** What a merge has set off, read in the merge's own transaction. `good` counts the rows that it took. */
export async function effectsOf({ tx }: Pick<Merging, 'tx'>, merged: Merged, good: number): Promise<Effects> {
  const { added, changed, opened, told } = merged;
  const cases = await tx.attendanceCase.findMany({
    where: { id: { in: [...opened] } },
    select: { pupilId: true, headline: true },
    orderBy: { pupilId: 'asc' },
  });
  const waiting = await lettersWaiting(tx, told);
  return {
    ...{ added, changed, unchanged: good - added - changed },
    opened: cases.map(({ pupilId, headline: says }) => ({ pupilId, says })),
    told: [...told].sort(),
    letters: waiting,
  };
}

const lettersWaiting = (tx: Tx, caseIds: readonly string[]): Promise<{ id: string; caseId: string }[]> =>
  tx.letter.findMany({
    where: { caseId: { in: [...caseIds] }, status: 'waiting' },
    select: { id: true, caseId: true },
    orderBy: { id: 'asc' },
  });

/** Names what a person saw when they say yes: other effects have another fingerprint. */
export const fingerprint = (effects: Effects): string =>
  createHash('sha256').update(JSON.stringify(effects)).digest('hex').slice(0, 16);
