import type { Day } from '../../policy/calendar/day.ts';
import { besideStage, openingStage } from '../../policy/case/opening.ts';
import { staysClosed } from '../../policy/case/stays-closed.ts';
import type { Tx } from '../../prisma/client.ts';
import { type KeptPack, packAt } from '../../prisma/packs.ts';
import { ask } from '../../prisma/pg-client.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { keepNew, type Newcomer, newCase, newcomers, openingCircumstances } from './new-case.ts';
import { takeUpCases } from './take-up-cases.ts';

export type Opening = {
  schoolId: string;
  pupilIds: readonly string[];
  /** Those of them for whom only what stands beside the ladder may open a case. */
  besideOnly?: readonly string[];
  /** The school's date. */
  on: Day;
  importKey: string;
};

/** How many pupils are looked at together: what their rows hold is in memory meanwhile. */
const together = 200;

/**
 * Opens a case for each of these pupils whom the school's policy, as it is in force today, calls for and who has none open: ledger, proposal
 * and the word to the engine, all in the caller's transaction. So the inbox is right as soon as the import is in. Who had left and is
 * back has the old one taken up.
 * @returns the ids of the cases opened, and of those taken up again
 */
export async function openCases(
  tx: Tx,
  now: number,
  { schoolId, pupilIds, besideOnly = [], on, importKey }: Opening,
): Promise<{ opened: string[]; takenUp: string[] }> {
  const inForce = await packAt(tx, schoolId, on);
  if (!inForce) return { opened: [], takenUp: [] };
  const open = await ask(tx)<{ pupilId: string }>`
    SELECT pupil_id AS "pupilId" FROM attendance_case WHERE pupil_id = ANY (${pupilIds}::uuid[]) AND status = 'open'`;
  const takenUp = await takeUpCases(tx, now, { schoolId, pupilIds, on, importKey });
  const haveOne = new Set([...open, ...takenUp].map(({ pupilId }) => pupilId));
  const without = pupilIds.filter((id) => !haveOne.has(id));
  const beside = new Set(besideOnly);
  const opened: string[] = [];
  for (let from = 0; from < without.length; from += together) {
    const pupils = await newcomers(tx, without.slice(from, from + together), now, inForce);
    const cases = pupils.flatMap(
      (found) => calledFor(found, inForce, importKey, { besideOnly: beside.has(found.pupil.id) }) ?? [],
    );
    await keepNew(tx, cases);
    opened.push(...cases.map(({ row }) => row.id));
  }
  return { opened, takenUp: takenUp.map(({ id }) => id) };
}

/** The id of the case that a pupil gets by what has this key: the same again is the same case. */
export const caseOpenedBy = (pupilId: string, importKey: string): string => stableId(`case:${pupilId}:${importKey}`);

/** The case that the policy calls for; null if it does not. */
function calledFor(found: Newcomer, inForce: KeptPack, importKey: string, asked: { besideOnly: boolean }) {
  const id = caseOpenedBy(found.pupil.id, importKey);
  const circumstances = openingCircumstances(found, inForce, id);
  const besideOnly = asked.besideOnly || staysClosed(circumstances);
  if ((besideOnly ? besideStage(circumstances) : openingStage(circumstances)) === null) return null;
  const input = { key: 'opened', kind: 'opened', ...(besideOnly && { beside: true as const }) } as const;
  return newCase(inForce, { id, input }, circumstances);
}
