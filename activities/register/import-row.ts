import type { PoolClient } from 'pg';
import { Refusal } from '../../policy/refusal.ts';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import type { Db, Tx } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { deadBefore, interruptedProblem } from '../../prisma/imports.ts';
import { ask, askOn } from '../../prisma/pg-client.ts';
import type { Counts, ImportOrder } from './import-result.ts';
import type { Problem } from './raw-row.ts';

/** Whose an import is, and of what. */
export type Opened = Pick<ImportOrder, 'schoolId' | 'fileName' | 'by' | 'via' | 'reason'>;

/** Writes down that an import runs, or waits for its turn. */
export async function started(
  db: Db | Tx,
  id: string,
  kind: ImportKind,
  status: 'running' | 'waiting',
  of: Opened,
): Promise<void> {
  const { schoolId, fileName, reason = null } = of;
  const who = await whoBrought(db, of);
  await db.registerImport.create({ data: { id, schoolId, kind, fileName, sha256: '', status, ...who, reason } });
}

/** Whose an import is, as its row keeps it: with the name and the role of now. */
export async function whoBrought(db: Db | Tx, { by, via }: Pick<Opened, 'by' | 'via'>) {
  const user = by === null ? null : await db.user.findUnique({ where: { id: by }, select: { name: true, role: true } });
  return { byUser: by, byName: user?.name ?? via ?? null, byRole: user?.role ?? null };
}

/**
 * The same of one that runs at once, on the connection that holds the school's lock; it may have waited for that.
 * @throws Refusal('NotFound') if there is no such school; Cancelled while it waited
 */
export async function startedNow(client: PoolClient, id: string, kind: ImportKind, of: Opened) {
  const { schoolId, fileName, by, via = null, reason = null } = of;
  const [made] = await askOn(
    client,
    Prisma.sql`INSERT INTO register_import (id, school_id, kind, file_name, sha256, status, by_user, by_name, by_role, reason)
      SELECT ${id}::uuid, s.id, ${kind}, ${fileName}, '', 'running', ${by}::text, coalesce(u.name, ${via}::text), u.role, ${reason}::text
      FROM school AS s LEFT JOIN user_account AS u ON u.id = ${by}::text WHERE s.id = ${schoolId}
      ON CONFLICT (id) DO UPDATE SET status = 'running' WHERE register_import.status = 'waiting' RETURNING id`,
  );
  if (made) return;
  const [known] = await askOn(client, Prisma.sql`SELECT id FROM register_import WHERE id = ${id}::uuid`);
  throw known ? new Cancelled() : new Refusal('NotFound', `There is no school "${schoolId}"`);
}

/** Writes down that an import which waited for its turn did not get it. `cure` says what to do; one that has run stays as it is. */
export async function waitedInVain(db: Db, id: string, cure: string): Promise<void> {
  const { fileName } = (await db.registerImport.findUnique({ where: { id } })) ?? { fileName: '' };
  const problems = [{ ...interrupted({ fileName }), cure }];
  const data = { status: 'refused', doing: null, problems, finishedAt: new Date() };
  const { count } = await db.registerImport.updateMany({ where: { id, status: 'waiting' }, data });
  if (count > 0) await dropFile(db, id);
}

/** Keeps the file of an import no longer, which has ended or been read. */
export const dropFile = (db: Db | Tx, importId: string) => db.arrivedFile.deleteMany({ where: { importId } });

/**
 * Marks imports that a crash left running or waiting, and throws their rows away; one whose file is kept waits again instead. Forgets
 * what nobody decided on for a week. Only whoever holds the school's lock may ask.
 */
export async function clearInterrupted(db: Db, client: PoolClient, schoolId: string): Promise<void> {
  const left = await askOn<{ id: string; fileName: string; status: string; kept: boolean }>(
    client,
    Prisma.sql`SELECT i.id, i.file_name AS "fileName", i.status, f.import_id IS NOT NULL AS kept
      FROM register_import AS i LEFT JOIN arrived_file AS f ON f.import_id = i.id
      WHERE i.school_id = ${schoolId} AND (i.status = 'running'
        OR (i.status = 'waiting' AND f.import_id IS NULL AND i.started_at < ${deadBefore(Date.now())})
        OR (i.status = 'looked' AND i.started_at < now() - interval '7 days'))`,
  );
  for (const { id, fileName, status, kept } of left) {
    if (kept) {
      await waitsAgain(db, id);
      continue;
    }
    const old = 'Nobody decided on it for a week and nothing was changed: import the file again';
    const problem = interruptedProblem(fileName);
    await refused(db, id, 0, [status === 'looked' ? { ...problem, cure: old } : problem], '');
    await forget(db, id);
  }
}

/** As before it ran: its file is there, and is read from its start when its turn comes again. */
async function waitsAgain(db: Db, importId: string): Promise<void> {
  await forget(db, importId);
  await db.rejectedRow.deleteMany({ where: { importId } });
  await db.registerImport.updateMany({
    where: { id: importId, status: 'running' },
    data: { status: 'waiting', doing: null, rows: 0 },
  });
}

/** Throws away the rows that an import has staged, and what of them was kept to be looked at. */
export async function forget(db: Db | Tx, id: string): Promise<void> {
  await db.$executeRaw`DELETE FROM staged_mark WHERE import_id = ${id}::uuid`;
  await db.$executeRaw`DELETE FROM staged_row WHERE import_id = ${id}::uuid`;
  await db.$executeRaw`DELETE FROM changed_row WHERE import_id = ${id}::uuid`;
}

/** Somebody cancelled the import, or another one took it for dead. */
export class Cancelled extends Refusal {
  constructor() {
    super('Closed', 'The import was cancelled and nothing was changed');
  }
}

/**
 * Says in the import's row how far it is.
 * @throws Cancelled if it is to go no further
 */
export async function tellProgress(db: Db, id: string, doing: string, rows: number): Promise<void> {
  const going = await db.registerImport.updateMany({
    where: { id, status: { in: ['waiting', 'running'] } },
    data: { status: 'running', doing, rows },
  });
  if (going.count === 0) throw new Cancelled();
}

/**
 * Holds the import's own row until the transaction ends.
 * @throws Cancelled
 */
export async function lockRunning(tx: Tx, id: string): Promise<void> {
  const running = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM register_import WHERE id = ${id}::uuid AND status = 'running' FOR UPDATE`;
  if (running.length === 0) throw new Cancelled();
}

/**
 * Writes down what an import did that ran, or that somebody looked at.
 * @throws Cancelled
 */
export async function finished(tx: Tx, id: string, counts: Counts, sha256: string): Promise<void> {
  const { rows, added, changed, unchanged, casesOpened, casesTakenUp, casesTold } = counts;
  const [done] = await ask(tx)`
    UPDATE register_import SET rows = ${rows}, added = ${added}, changed = ${changed}, unchanged = ${unchanged},
      cases_opened = ${casesOpened}, cases_taken_up = ${casesTakenUp}, cases_told = ${casesTold}, sha256 = ${sha256}, status = 'done', doing = NULL, finished_at = ${new Date()}
    WHERE id = ${id}::uuid AND status IN ('running', 'looked') RETURNING id`;
  if (!done) throw new Cancelled();
  await dropFile(tx, id);
}

export async function refused(db: Db, id: string, rows: number, problems: Problem[], sha256: string): Promise<void> {
  const data = { rows, problems, sha256, status: 'refused', doing: null, finishedAt: new Date() };
  // What somebody cancelled meanwhile stays cancelled.
  await db.$transaction([
    db.registerImport.updateMany({ where: { id, status: { notIn: ['cancelled', 'done'] } }, data }),
    dropFile(db, id),
  ]);
}

/** What is told of an import that a fault ended. */
export const interrupted = ({ fileName }: Pick<ImportOrder, 'fileName'>): Problem => ({
  file: fileName,
  row: 0,
  column: '',
  value: '',
  cure: 'The import did not come to its end and nothing was changed: import the file again',
});
