import type { CaseState } from '../../policy/case/state.ts';
import type { ImportEffects } from '../../policy/register/import-effects.ts';
import type { Tx } from '../../prisma/client.ts';
import { whyQuestioned } from '../letters/may-stand.ts';
import type { Merged } from './importer.ts';

/** What a merge has set off, read in the merge's own transaction. `good` counts the rows that it took, `now` is in epoch ms. */
export async function effectsOf(
  tx: Tx,
  { added, changed, opened, told }: Merged,
  { good, now }: { good: number; now: number },
): Promise<ImportEffects> {
  const cases = await tx.attendanceCase.findMany({
    where: { id: { in: [...opened] } },
    select: { pupilId: true, headline: true, state: true },
    orderBy: { pupilId: 'asc' },
  });
  return {
    ...{ added, changed, unchanged: good - added - changed },
    opened: cases.map(({ pupilId, headline: says, state }) => ({
      ...{ pupilId, says },
      since: (state as unknown as CaseState).calledForSince ?? null,
    })),
    told: [...told].sort(),
    letters: await lettersOf(tx, told, now),
  };
}

/** What those cases have approved and has not left, also from the print queue; with the marks as they would be. */
async function lettersOf(tx: Tx, caseIds: readonly string[], now: number): Promise<ImportEffects['letters']> {
  const letters = await tx.letter.findMany({
    where: { caseId: { in: [...caseIds] }, status: { in: ['waiting', 'to-print'] } },
    include: { case: { include: { school: true } } },
    orderBy: { id: 'asc' },
  });
  const looked: ImportEffects['letters'] = [];
  for (const letter of letters) looked.push({ id: letter.id, caseId: letter.caseId, held: await whyQuestioned(tx, letter, now) });
  return looked;
}
