import { Refusal } from '../policy/refusal.ts';
import type { Db, Tx } from './client.ts';
import { columnOf } from './day-column.ts';
import type { NoticeElsewhere } from './generated/client.ts';
import { ask } from './pg-client.ts';
import { type By, type TakenBack, takeBack, tellOpen } from './recorded-elsewhere.ts';

type Recorded = Pick<NoticeElsewhere, 'id' | 'referralId' | 'pupilId' | 'contactId' | 'issuer' | 'status' | 'source'> & {
  issuedOn: string;
};

/** Those that were recorded for a pupil, also those taken back, the newest first. */
export const recordedElsewhere = (db: Db, pupilId: string): Promise<NoticeElsewhere[]> =>
  db.noticeElsewhere.findMany({ where: { pupilId }, orderBy: [{ issuedOn: 'desc' }, { id: 'asc' }] });

/**
 * Records a penalty notice that somebody else issued, once, and lets the open referrals of the child look whether what they ask has its
 * ground still.
 * @throws Refusal('Stale') if something else was recorded under this id, ('NotAllowed') if the same is on record already.
 */
export const keepElsewhere = (db: Db, { issuedOn: day, ...notice }: Recorded, by: By, at: Date): Promise<void> =>
  db.$transaction(async (tx) => {
    const issuedOn = columnOf(day);
    const { pupilId, contactId, id } = notice;
    const known = await tx.noticeElsewhere.findFirst({
      where: { pupilId, contactId, issuedOn, takenBackAt: null, id: { not: id } },
    });
    if (known)
      throw new Refusal('NotAllowed', 'A notice of that day to this parent is on record already: take that one back first');
    const row = { ...notice, issuedOn, recordedBy: by.id, role: by.role, at };
    const { count } = await tx.noticeElsewhere.createMany({ data: row, skipDuplicates: true });
    if (count > 0) return tellReferrals(tx, pupilId, `notice-elsewhere:${id}`);
    const { issuer, status, source } = notice;
    const same = await tx.noticeElsewhere.count({ where: { id, pupilId, contactId, issuedOn, issuer, status, source } });
    if (same === 0) throw new Refusal('Stale', 'Something else was recorded with this form. Open the page again');
  });

/** Takes one back that was recorded by mistake, once; open referrals of the child look again. @throws Refusal as takeBack does */
export const takeElsewhereBack = (db: Db, notice: TakenBack, by: By, at: Date): Promise<void> =>
  db.$transaction(async (tx) => {
    if (await takeBack(tx, 'notice_elsewhere', notice, by, at))
      await tellReferrals(tx, notice.pupilId, `notice-elsewhere:${notice.id}:taken-back`);
  });

/** In the child's other schools here as well: the notice counts there too. */
async function tellReferrals(tx: Tx, pupilId: string, key: string): Promise<void> {
  const open = await ask(tx)<{ id: string; kind: string; schoolId: string }>`
    SELECT r.id, 'referral' AS kind, r.school_id AS "schoolId" FROM referral AS r JOIN pupil AS p ON p.id = r.pupil_id
    WHERE r.status = 'open'
      AND (p.id = ${pupilId}::uuid OR (p.upn <> '' AND p.upn = (SELECT upn FROM pupil WHERE id = ${pupilId}::uuid))) ORDER BY r.id`;
  await tellOpen(tx, open, key);
}
