import { whyHeld } from '../../policy/case/ground.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { SharedFields } from '../../policy/letters/fields.ts';
import type { Db, Tx } from '../../prisma/client.ts';
import type { LetterRow } from '../../prisma/letters.ts';
import { packOf } from '../../prisma/packs.ts';
import { idsOf, pupilCircumstances } from '../matter/pupil-circumstances.ts';

/**
 * Why this letter is a person's to look at again before it leaves, or null: the register has changed since it was approved,
 * and what it was approved on does not hold today, or what it says is not so. Letters of the authority rest on more than the
 * register; they are not asked about.
 */
export async function whyQuestioned(db: Tx, letter: Omit<LetterRow, 'attempts'>, now: number): Promise<string | null> {
  const { id, matterId, caseId, confirmedBy, case: of } = letter;
  if (matterId !== caseId || of.events === 0) return null;
  const state = of.state as CaseState;
  const known = state.letters[id];
  if (!known) return null;
  const c = await letterCircumstances(db, letter, now);
  const { figures } = letter.fields as SharedFields;
  return whyHeld(known, state, c, { confirmed: confirmedBy !== null, figures, asOf: figures.asOf });
}

/** What the rules of its case look at, for a letter of a case. */
export async function letterCircumstances(db: Db | Tx, { caseId, pupilId, case: of }: Omit<LetterRow, 'attempts'>, now: number) {
  const pack = await packOf(db, of.packId, of.packVersion);
  return { ...(await pupilCircumstances(db, pupilId, now, pack)), pack, words: null, idOf: idsOf(caseId) };
}
