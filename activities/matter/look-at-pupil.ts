import type { Pool } from 'pg';
import { tellOfElsewhere } from '../../prisma/absence-elsewhere.ts';
import type { Db } from '../../prisma/client.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { withSchoolLock } from '../register/school-lock.ts';
import { caseOpenedBy, openCases } from './open-cases.ts';

type Parts = { db: Db; pool: Pool; now: () => number };

/** In ms: an import that has just written holds the register for a moment longer. */
const lockWait = 1_000;

/**
 * Opens a case for a pupil without one, if the policy in force calls for it by what came to be known of absence at another school: as a
 * mark here would have, and while no import of the school runs. One that was opened meanwhile is told: it may not have heard of it. The
 * same key again does nothing more.
 * @throws Refusal('Busy') while an import runs: whoever asks comes again
 */
export const pupilLooker =
  ({ db, pool, now }: Parts) =>
  async (pupilId: string, key: string): Promise<void> => {
    const { schoolId, school } = await db.pupil.findUniqueOrThrow({ where: { id: pupilId }, include: { school: true } });
    const on = todayAt(school, now());
    await withSchoolLock(pool, schoolId, lockWait, () =>
      db.$transaction(async (tx) => {
        const open = await tx.attendanceCase.findFirst({ where: { pupilId, status: 'open' } });
        if (!open) await openCases(tx, now(), { schoolId, pupilIds: [pupilId], on, importKey: key });
        else if (open.id !== caseOpenedBy(pupilId, key)) await tellOfElsewhere(tx, [pupilId], key);
      }),
    );
  };
