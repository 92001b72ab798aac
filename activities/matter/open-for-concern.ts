import type { Pool } from 'pg';
import { longDay } from '../../policy/calendar/day.ts';
import type { CaseInput } from '../../policy/case/input.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { Db, Tx } from '../../prisma/client.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { packAt } from '../../prisma/packs.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { stableId } from '../../prisma/stable-id.ts';
import type { Outcome } from '../../workflows/messages.ts';
import { withSchoolLock } from '../register/school-lock.ts';
import { wordsOf } from './advance.ts';
import { keepNew, newCase, newcomers, openingCircumstances } from './new-case.ts';

type Parts = { db: Db; pool: Pool; now: number; lockWaitMs: number };
type Asked = { pupilId: string; input: Extract<CaseInput, { kind: 'concern' }> };
type OpenedForConcern = { caseId: string; outcome: Outcome };

/**
 * Opens a case because a person is concerned about a pupil: ledger, proposals and the word to the engine in one transaction, as when
 * an import opens one, and while none runs. The same asking again is the same case.
 * @throws Refusal as the rules refuse it; 'NotAllowed' if the pupil has a case that runs, saying which; 'Busy' while an import runs
 */
export async function openForConcern({ db, pool, now, lockWaitMs }: Parts, { pupilId, input }: Asked): Promise<OpenedForConcern> {
  const { schoolId, school } = await db.pupil.findUniqueOrThrow({ where: { id: pupilId }, include: { school: true } });
  const id = stableId(`case:${pupilId}:${input.key}`);
  return withSchoolLock(pool, schoolId, lockWaitMs, () =>
    db.$transaction(async (tx) => {
      const taken = await tx.matterInput.findUnique({ where: { matterId_key: { matterId: id, key: begins } } });
      if (taken) return { caseId: id, outcome: taken.outcome as Outcome };
      await mustHaveNone(tx, pupilId);
      const inForce = await packAt(tx, schoolId, todayAt(school, now));
      if (!inForce) throw new Refusal('NotAllowed', 'The school has no policy in force today');
      const [found] = await newcomers(tx, [pupilId], now, inForce);
      if (!found) throw new Error(`There is no pupil ${pupilId}`);
      const circumstances = openingCircumstances(found, inForce, id, await wordsOf(tx, input));
      const made = newCase(inForce, { id, input: { ...input, key: begins } }, circumstances);
      await keepNew(tx, [made]);
      return { caseId: id, outcome: made.taken.outcome };
    }),
  );
}

/** The key of the first input of every case: by it the engine knows how the case stood when it began. */
const begins = 'opened';

async function mustHaveNone(tx: Tx, pupilId: string): Promise<void> {
  const running = await tx.attendanceCase.findFirst({ where: { pupilId, status: 'open' } });
  if (running)
    throw new Refusal(
      'NotAllowed',
      `The pupil has a case already, open since ${longDay(dayOf(running.openedOn))} (${running.id}): ${running.headline}. Write the concern there as a note`,
    );
}
