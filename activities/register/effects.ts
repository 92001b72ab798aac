import type { CaseState } from '../../policy/case/state.ts';
import type { ImportEffects } from '../../policy/register/import-effects.ts';
import type { Tx } from '../../prisma/client.ts';
import type { Merged } from './importer.ts';

/** What a merge has set off, read in the merge's own transaction. `good` counts the rows that it took. */
export async function effectsOf(tx: Tx, { added, changed, opened, told }: Merged, good: number): Promise<ImportEffects> {
  const cases = await tx.attendanceCase.findMany({
    where: { id: { in: [...opened] } },
    select: { pupilId: true, headline: true, state: true },
    orderBy: { pupilId: 'asc' },
  });
  const letters = await tx.letter.findMany({
    where: { caseId: { in: [...told] }, status: 'waiting' },
    select: { id: true, caseId: true },
    orderBy: { id: 'asc' },
  });
  return {
    ...{ added, changed, unchanged: good - added - changed },
    opened: cases.map(({ pupilId, headline: says, state }) => ({
      ...{ pupilId, says },
      since: (state as unknown as CaseState).calledForSince ?? null,
    })),
    told: [...told].sort(),
    letters,
  };
}
