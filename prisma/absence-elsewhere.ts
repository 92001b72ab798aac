import { Refusal } from '../policy/refusal.ts';
import { keptSession, sessionKept } from '../policy/register/absence-elsewhere.ts';
import type { Mark } from '../policy/register/mark.ts';
import type { Db, Tx } from './client.ts';
import { type AbsenceElsewhere, Prisma } from './generated/client.ts';
import { ask } from './pg-client.ts';
import { type By, type TakenBack, takeBack, tellOpen } from './recorded-elsewhere.ts';

type Recorded = { id: string; pupilId: string; place: string; sessions: readonly Mark[]; source: string };

/** What was recorded for a pupil, also what was taken back, the newest first. */
export const recordedAbsence = (db: Db, pupilId: string): Promise<AbsenceElsewhere[]> =>
  db.absenceElsewhere.findMany({ where: { pupilId }, orderBy: [{ at: 'desc' }, { id: 'asc' }] });

/** The sessions of absence elsewhere that are on record, by pupil; or that were so at an instant. */
export async function absenceElsewhereOf(
  db: Db | Tx,
  pupilIds: readonly string[],
  asKnownAt?: Date,
): Promise<ReadonlyMap<string, Mark[]>> {
  const stood = asKnownAt
    ? Prisma.sql`at <= ${asKnownAt}::timestamptz AND (taken_back_at IS NULL OR taken_back_at > ${asKnownAt}::timestamptz)`
    : Prisma.sql`taken_back_at IS NULL`;
  const rows = await ask(db)<{ pupilId: string; sessions: string[] }>`
    SELECT pupil_id AS "pupilId", sessions FROM absence_elsewhere
    WHERE pupil_id = ANY (${[...pupilIds]}::uuid[]) AND ${stood} ORDER BY at, id`;
  const found = new Map<string, Mark[]>();
  for (const { pupilId, sessions } of rows) found.set(pupilId, [...(found.get(pupilId) ?? []), ...sessions.map(keptSession)]);
  return found;
}

/**
 * Records absence at another school, once, and lets the pupil's case and referrals look at once what follows.
 * @throws Refusal('Stale') if something else was recorded under this id, ('NotAllowed') if a session of it is on record already.
 */
export const keepAbsence = (db: Db, { sessions: marks, ...said }: Recorded, by: By, at: Date): Promise<void> =>
  db.$transaction(async (tx) => {
    const { id, pupilId, place, source } = said;
    const sessions = marks.map(sessionKept);
    const known = await tx.absenceElsewhere.findMany({ where: { pupilId, takenBackAt: null, id: { not: id } } });
    const twice = known.flatMap((one) => one.sessions).find((one) => sessions.some((text) => isSameSession(text, one)));
    if (twice !== undefined)
      throw new Refusal('NotAllowed', `${twice.slice(0, 13)} is on record already: leave it out, or take the other back first`, {
        concerns: 'sessions',
      });
    const row = { ...said, sessions, recordedBy: by.id, role: by.role, at };
    const { count } = await tx.absenceElsewhere.createMany({ data: row, skipDuplicates: true });
    if (count > 0) return tellMatters(tx, pupilId, `absence-elsewhere:${id}`);
    const same = await tx.absenceElsewhere.count({ where: { id, pupilId, place, source, sessions: { equals: sessions } } });
    if (same === 0) throw new Refusal('Stale', 'Something else was recorded with this form. Open the page again');
  });

const isSameSession = (a: string, b: string): boolean => a.slice(0, 13) === b.slice(0, 13);

/** Takes back what was recorded by mistake, once; the pupil's case and referrals look again. @throws Refusal as takeBack does */
export const takeAbsenceBack = (db: Db, absence: TakenBack, by: By, at: Date): Promise<void> =>
  db.$transaction(async (tx) => {
    if (await takeBack(tx, 'absence_elsewhere', absence, by, at))
      await tellMatters(tx, absence.pupilId, `absence-elsewhere:${absence.id}:taken-back`);
  });

async function tellMatters(tx: Tx, pupilId: string, key: string): Promise<void> {
  const open = await ask(tx)<{ id: string; kind: string; schoolId: string }>`
    SELECT id, 'case' AS kind, school_id AS "schoolId" FROM attendance_case WHERE pupil_id = ${pupilId}::uuid AND status = 'open'
    UNION ALL
    SELECT id, 'referral', school_id FROM referral WHERE pupil_id = ${pupilId}::uuid AND status = 'open'
    ORDER BY id`;
  await tellOpen(tx, open, key);
}
