import type { ImportKind } from '../../policy/register/csv-forms.ts';
import type { Db, Tx } from '../../prisma/client.ts';
import type { Counts, ImportOrder } from './import-result.ts';
import type { Problem } from './raw-row.ts';

/** Writes down that an import runs. */
export async function started(db: Db, id: string, kind: ImportKind, { schoolId, fileName, by }: ImportOrder): Promise<string> {
  await db.registerImport.create({ data: { id, schoolId, kind, fileName, sha256: '', status: 'running', byUser: by } });
  return id;
}

/** Marks imports that a crash left running, and throws their rows away. Only whoever holds the school's lock may ask. */
export async function clearInterrupted(db: Db, schoolId: string): Promise<void> {
  const left = await db.registerImport.findMany({ where: { schoolId, status: 'running' }, select: { id: true, fileName: true } });
  for (const { id, fileName } of left) {
    const cure = 'The import was interrupted and nothing was changed: import the file again';
    await refused(db, id, 0, [{ file: fileName, row: 0, column: '', value: '', cure }], '');
    await db.$executeRaw`DELETE FROM staged_mark WHERE import_id = ${id}::uuid`;
    await db.$executeRaw`DELETE FROM staged_row WHERE import_id = ${id}::uuid`;
  }
}

/** Holds the import's own row, and makes sure that nobody took it for dead meanwhile. */
export async function lockRunning(tx: Tx, id: string): Promise<void> {
  const running = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM register_import WHERE id = ${id}::uuid AND status = 'running' FOR UPDATE`;
  if (running.length === 0) throw new Error(`Import ${id} lost its place to another one`);
}

export async function finished(tx: Tx, id: string, counts: Counts, sha256: string): Promise<void> {
  await tx.registerImport.update({ where: { id }, data: { ...counts, sha256, status: 'done', finishedAt: new Date() } });
}

export async function refused(db: Db, id: string, rows: number, problems: Problem[], sha256: string): Promise<void> {
  const data = { rows, problems, sha256, status: 'refused', finishedAt: new Date() };
  await db.registerImport.update({ where: { id }, data });
}
