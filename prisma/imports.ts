import { createHash } from 'node:crypto';
import { ImportEffects } from '../policy/register/import-effects.ts';
import type { Db } from './client.ts';
import { pageAfter } from './page-after.ts';
import { stableId } from './stable-id.ts';

/** A page of a school's imports, newest first. */
export async function importsOf(db: Db, schoolId: string, after: string | undefined) {
  const found = await pageAfter(
    after,
    [
      ['startedAt', 'desc'],
      ['id', 'asc'],
    ],
    (id) => db.registerImport.findFirst({ where: { id, schoolId }, omit: { problems: true, effects: true } }),
    ({ where, ...at }) =>
      db.registerImport.findMany({ where: { AND: [{ schoolId }, where] }, omit: { problems: true, effects: true }, ...at }),
  );
  const dead = await deadOf(db, schoolId, found.rows);
  return { ...found, rows: found.rows.map((row) => (dead.has(row.id) ? { ...row, ...ended } : row)) };
}

export type ImportListed = Awaited<ReturnType<typeof importsOf>>['rows'][number];

/** One import of a school, with what was wrong with it. */
export async function importOf(db: Db, schoolId: string, id: string) {
  const found = await db.registerImport.findFirst({ where: { id, schoolId } });
  const dead = found !== null && (await deadOf(db, schoolId, [found])).has(id);
  return dead ? { ...found, ...ended, problems: [interruptedProblem(found.fileName)] } : found;
}

/**
 * The last import that was asked for under a key, and the id of another one under it: one that came to nothing may be asked for again.
 */
export async function importAsked(db: Db, schoolId: string, key: string) {
  for (let last: Awaited<ReturnType<typeof importOf>> = null, n = 0; ; n++) {
    const next = stableId(`import:${key}:${n}`);
    const found = await importOf(db, schoolId, next);
    if (!found) return { last, next };
    last = found;
  }
}

/** As the school's next import writes down of one that was killed. */
const ended = { status: 'refused', doing: null };
export const interruptedProblem = (file: string) => ({
  ...{ file, row: 0, column: '', value: '' },
  cure: 'The import was interrupted and nothing was changed: import the file again',
});

/** An import that has waited since before this instant waits for nothing any more, unless its file is kept: none waits so long. */
export const deadBefore = (now: number): Date => new Date(now - 3_600_000);

/** Names the lock that whoever changes a school's register holds, for as long as they live. */
export const registerLock = (schoolId: string): string => `register of ${schoolId}`;

type Going = { id: string; status: string; startedAt: Date };

/**
 * Those of a school's imports that have not ended and never will: whoever ran them was killed, and no file is kept to go on with. One
 * that runs holds the lock; looked at again once that was found free, it has not ended meanwhile.
 */
async function deadOf(db: Db, schoolId: string, rows: readonly Going[]): Promise<ReadonlySet<string>> {
  const long = deadBefore(Date.now());
  const waited = rows.flatMap(({ id, status, startedAt }) => (status === 'waiting' && startedAt < long ? [id] : []));
  const running = rows.flatMap(({ id, status }) => (status === 'running' ? [id] : []));
  if (running.length + waited.length === 0) return new Set();
  const held = running.length > 0 && (await isHeld(db, registerLock(schoolId)));
  const dead = [{ id: { in: waited }, status: 'waiting' }, ...(held ? [] : [{ id: { in: running }, status: 'running' }])];
  const found = await db.registerImport.findMany({ where: { OR: dead, arrivedFile: null }, select: { id: true } });
  return new Set(found.map(({ id }) => id));
}

async function isHeld(db: Db, lock: string): Promise<boolean> {
  const [found] = await db.$queryRaw<{ held: boolean }[]>`
    SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND (classid::bigint << 32) | objid::bigint = hashtextextended(${lock}, 0)) AS held`;
  return found?.held ?? false;
}

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
