import { Refusal } from '../policy/refusal.ts';
import type { Tx } from './client.ts';
import { Prisma } from './generated/client.ts';
import { ask } from './pg-client.ts';

/** Who records or takes back. */
export type By = { id: string; role: string };
/** A record of a pupil that is to be taken back, and why. */
export type TakenBack = { id: string; pupilId: string; why: string };

/**
 * Takes back what was recorded from elsewhere by mistake: it counts no more, and stays with the reason. False if the same was said before.
 * @throws Refusal('NotFound') if none of the pupil has this id, ('Stale') if it was taken back otherwise.
 */
export async function takeBack(
  tx: Tx,
  table: 'notice_elsewhere' | 'absence_elsewhere',
  { id, pupilId, why }: TakenBack,
  by: By,
  at: Date,
): Promise<boolean> {
  const records = Prisma.raw(table);
  const of = Prisma.sql`id = ${id}::uuid AND pupil_id = ${pupilId}::uuid`;
  const taken = await ask(tx)<{ id: string }>`
    UPDATE ${records} SET taken_back_by = ${by.id}, taken_back_role = ${by.role}, taken_back_why = ${why}, taken_back_at = ${at}
    WHERE ${of} AND taken_back_at IS NULL RETURNING id`;
  if (taken.length > 0) return true;
  const [found] = await ask(tx)<{ by: string; why: string }>`
    SELECT taken_back_by AS by, taken_back_why AS why FROM ${records} WHERE ${of}`;
  if (!found) throw new Refusal('NotFound', 'There is no such record of this pupil');
  if (found.by !== by.id || found.why !== why) throw new Refusal('Stale', 'It was taken back already');
  return false;
}

/** Open matters look at once what follows from what is on record; of a pupil (kind `pupil`) it is looked whether a case has to be opened. */
export async function tellOpen(
  tx: Tx,
  open: readonly { id: string; kind: string; schoolId: string }[],
  key: string,
): Promise<void> {
  const input = { key, kind: 'register changed' };
  const rows = open.map(({ id, kind, schoolId }) => ({ schoolId, matterId: id, matterKind: kind, kind: 'tell', input }));
  if (rows.length > 0) await tx.outbox.createMany({ data: rows });
}
