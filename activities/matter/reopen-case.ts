import type { Pool } from 'pg';
import type { CaseInput } from '../../policy/case/input.ts';
import { refusalOf } from '../../policy/refusal.ts';
import type { Db } from '../../prisma/client.ts';
import type { Outcome } from '../../workflows/messages.ts';
import { withSchoolLock } from '../register/school-lock.ts';
import { advance } from './advance.ts';
import { loads } from './loads.ts';

type Parts = { db: Db; pool: Pool; now: number; lockWaitMs: number };
type Asked = { matterId: string; input: Extract<CaseInput, { kind: 'reopen' }> };

/**
 * Opens a closed case again. No workflow runs for it that could be told: it is told here, and its workflow starts behind it from
 * the outbox, as when an import opens a case. Meanwhile no import runs, which might open another case of the pupil.
 * @throws Refusal as the rules refuse it; 'Busy' while an import runs.
 */
export async function reopenCase({ db, pool, now, lockWaitMs }: Parts, { matterId, input }: Asked): Promise<Outcome> {
  const { schoolId } = await db.attendanceCase.findUniqueOrThrow({ where: { id: matterId }, select: { schoolId: true } });
  return withSchoolLock(pool, schoolId, lockWaitMs, () =>
    db.$transaction(async (tx) => {
      const outcome = await advance(tx, loads, now, { kind: 'case', matterId, input });
      if (outcome.refused) throw refusalOf(outcome.refused);
      // The input again: its key makes it harmless, and the workflow starts what followed from it.
      await tx.outbox.create({ data: { schoolId, matterId, matterKind: 'case', kind: 'tell', input } });
      return outcome;
    }),
  );
}
