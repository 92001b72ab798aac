import { groundGone } from '../../policy/case/ground.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { Tx } from '../../prisma/client.ts';
import type { LetterRow } from '../../prisma/letters.ts';
import { packOf } from '../../prisma/packs.ts';
import { idsOf, pupilCircumstances } from '../matter/pupil-circumstances.ts';

/**
 * Why this letter is a person's to look at again before it leaves, or null: the register has changed since it was approved,
 * and what it was approved on does not hold today. Letters of the authority rest on more than the register; they are not asked about.
 */
export async function whyQuestioned(db: Tx, letter: Omit<LetterRow, 'attempts'>, now: number): Promise<string | null> {
  const { id, matterId, caseId, pupilId, confirmedBy, case: of } = letter;
  if (confirmedBy !== null || matterId !== caseId || of.events === 0) return null;
  const state = of.state as CaseState;
  const known = state.letters[id];
  if (!known) return null;
  const pack = await packOf(db, of.packId, of.packVersion);
  return groundGone(known, state, {
    ...(await pupilCircumstances(db, pupilId, now, pack)),
    pack,
    words: null,
    idOf: idsOf(caseId),
  });
}
