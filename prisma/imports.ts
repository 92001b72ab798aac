import { createHash } from 'node:crypto';
import { ImportEffects } from '../policy/register/import-effects.ts';
import type { Db } from './client.ts';
import { pageAfter } from './page-after.ts';

/** A page of a school's imports, newest first. */
export const importsOf = (db: Db, schoolId: string, after: string | undefined) =>
  pageAfter(
    after,
    [
      ['startedAt', 'desc'],
      ['id', 'asc'],
    ],
    (id) => db.registerImport.findFirst({ where: { id, schoolId }, omit: { problems: true, effects: true } }),
    ({ where, ...at }) =>
      db.registerImport.findMany({ where: { AND: [{ schoolId }, where] }, omit: { problems: true, effects: true }, ...at }),
  );

export type ImportListed = Awaited<ReturnType<typeof importsOf>>['rows'][number];

/** One import of a school, with what was wrong with it. */
export const importOf = (db: Db, schoolId: string, id: string) => db.registerImport.findFirst({ where: { id, schoolId } });

/** When the very same file came in before this import; null if it did not. */
export async function sameFileBefore(
  db: Db,
  { id, schoolId, kind, sha256 }: { id: string; schoolId: string; kind: string; sha256: string },
): Promise<Date | null> {
  const same = await db.registerImport.findFirst({
    where: { schoolId, kind, sha256, status: 'done', id: { not: id } },
    orderBy: { startedAt: 'asc' },
  });
  return same?.startedAt ?? null;
}

/** The rows that an import leaves out, some at a time in file order: those after `n`. */
export const rejectedAfter = (db: Db, importId: string, n: number, take: number) =>
  db.rejectedRow.findMany({ where: { importId, n: { gt: n } }, orderBy: { n: 'asc' }, take });

/** The columns that the rows have which an import leaves out. */
export async function rejectedColumns(db: Db, importId: string): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT jsonb_object_keys(cells) AS name FROM rejected_row WHERE import_id = ${importId}::uuid`;
  return new Set(rows.map(({ name }) => name));
}

/** Names what a person was shown when they say yes: other effects have another fingerprint. */
export const fingerprint = (effects: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(ImportEffects.parse(effects)))
    .digest('hex')
    .slice(0, 16);
