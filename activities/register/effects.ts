import type { CaseEvent } from '../../policy/case/event.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { ReferralEvent } from '../../policy/referral/event.ts';
import type { ImportEffects } from '../../policy/register/import-effects.ts';
import type { Tx } from '../../prisma/client.ts';
import type { Entry } from '../../prisma/ledger.ts';
import { whyQuestioned } from '../letters/may-stand.ts';
import { loadCase } from '../matter/attendance-case.ts';
import { loadReferral } from '../matter/la-referral.ts';
import type { Matter } from '../matter/matter.ts';
import type { Merged } from './importer.ts';

/** What a merge has set off, read in the merge's own transaction. `good` counts the rows that it took, `now` is in epoch ms. */
export async function effectsOf(
  tx: Tx,
  { added, changed, opened, takenUp = [], told, closed = [], referrals = [] }: Merged,
  { good, now }: { good: number; now: number },
): Promise<ImportEffects> {
  const cases = await tx.attendanceCase.findMany({
    where: { id: { in: [...opened, ...takenUp] } },
    select: { id: true, pupilId: true, headline: true, state: true },
    orderBy: { pupilId: 'asc' },
  });
  return {
    ...{ added, changed, unchanged: good - added - changed },
    opened: cases.map(({ id, pupilId, headline: says, state }) => ({
      ...{ pupilId, says },
      ...(takenUp.includes(id)
        ? { since: null, again: true }
        : { since: (state as unknown as CaseState).calledForSince ?? null }),
    })),
    told: [...told].sort(),
    letters: await lettersOf(tx, [...told, ...closed], now),
    closed: await consequences(closed, async (id) => ({ caseId: id, says: inCase(await heard(await loadCase(tx, id, now))) })),
    referrals: await consequences(referrals, async (id) => ({
      ...{ referralId: id, says: inReferral(await heard(await loadReferral(tx, id, now))) },
    })),
  };
}

/** Those for which something follows, one after the other: all read in one transaction. */
async function consequences<T extends { says: string[] }>(
  ids: readonly string[],
  look: (id: string) => Promise<T>,
): Promise<T[]> {
  const found: T[] = [];
  for (const id of [...ids].sort()) found.push(await look(id));
  return found.filter(({ says }) => says.length > 0);
}

/** What a matter would do about the register as it would be; nothing of it is kept. */
const heard = <S, E extends Entry>({ state, decide }: Matter<S, E>): E[] =>
  state === null ? [] : decide({ key: 'look', kind: 'register changed' }, null);

/** What a closed case would ask for: that figures be put right which a letter told the family. */
const inCase = (events: readonly CaseEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'proposed' ? [event.proposal.sentence] : []));

/** What would have no ground any more at the authority. */
const inReferral = (events: readonly ReferralEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'penalty notice lapsed' || event.type === 'notice to improve fell' ? [event.why] : [],
  );

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
