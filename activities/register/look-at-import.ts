import type { PoolClient } from 'pg';
import { inThousands } from '../../policy/counted.ts';
import type { FileHow } from '../../policy/register/file-how.ts';
import type { ImportEffects } from '../../policy/register/import-effects.ts';
import type { Db } from '../../prisma/client.ts';
import type { ImportDeps, ImportOrder } from './import-result.ts';
import { Cancelled, clearInterrupted, dropFile, forget, interrupted, refused, tellProgress, waitedInVain } from './import-row.ts';
import { type Importer, type Prepare, sha256Of } from './importer.ts';
import { keepRejected, mostRejected } from './keep-rejected.ts';
import { mostProblems, type Problem } from './raw-row.ts';
import { withSchoolLock } from './school-lock.ts';
import { type Staged, stageRows } from './stage-rows.ts';
import { whatItWouldDo } from './try-import.ts';

const reading = 'Reading the file';

/**
 * Reads a file and finds out what taking it would do, by doing it in a transaction that is rolled back: so what a person sees
 * can never differ from what happens (docs/decisions/0006). Good rows stay staged for takeImport, bad ones are kept with
 * what is wrong. The import's row tells how far it is, and in the end what came of it: looked, refused or cancelled.
 * @param importId of a row that is `waiting`
 */
export async function lookAtImport<Row>(
  deps: ImportDeps,
  order: ImportOrder & { importId: string },
  prepare: Prepare<Row>,
): Promise<void> {
  const { importId, schoolId } = order;
  let begun = false;
  try {
    await withSchoolLock(deps.pool, schoolId, deps.lockWaitMs ?? 30_000, async (client) => {
      await clearInterrupted(deps.db, client, schoolId);
      await tellProgress(deps.db, importId, reading, 0);
      begun = true;
      await lookNow(deps, order, await prepare(client, order), client);
    });
  } catch (error) {
    if (deps.ending?.()) throw error;
    if (begun) await forget(deps.db, importId).catch(() => undefined);
    if (error instanceof Cancelled) return void (begun && (await deps.db.rejectedRow.deleteMany({ where: { importId } })));
    // What another process has looked at meanwhile stays as it is.
    const marked = begun
      ? refused(deps.db, importId, 0, [interrupted(order)], '')
      : waitedInVain(deps.db, importId, interrupted(order).cure);
    await marked.catch(() => undefined);
    throw error;
  }
}

async function lookNow<Row>(
  deps: ImportDeps,
  order: ImportOrder & { importId: string },
  importer: Importer<Row>,
  client: PoolClient,
): Promise<void> {
  const { importId, fileName } = order;
  const rejected = keepRejected(deps.db, importId);
  const onProgress = async ({ rows }: { rows: number }) => {
    await tellProgress(deps.db, importId, reading, rows);
    await order.onProgress?.({ rows });
  };
  const staged = await stageRows(client, { ...order, onProgress }, importer.staging(importId), rejected);
  const known = order.how?.();
  const how = known ? { how: known } : {};
  await rejected.flush();
  const nothingToTake = async (bad: number, problems: Problem[]) => {
    await forget(deps.db, importId);
    await deps.db.registerImport.updateMany({ where: { id: importId }, data: { rejected: bad, ...how } });
    return refused(deps.db, importId, staged.rows, problems, sha256Of(order));
  };
  if (!staged.readToTheEnd || staged.good === 0) return nothingToTake(staged.rows - staged.good, whyNotInPart(staged, fileName));
  if (staged.rows > 10_000) await client.query(`ANALYZE ${importer.table}`);
  await tellProgress(deps.db, importId, 'Looking at what it would change', staged.rows);
  const { effects, found } = await whatItWouldDo(deps, order, importer, importId, client);
  const problems = [...staged.problems, ...found.map((one) => ({ file: fileName, ...one }))];
  if (effects.added + effects.changed + effects.unchanged === 0)
    return nothingToTake(staged.rows, problems.sort((a, b) => a.row - b.row).slice(0, mostProblems));
  await keepLook(deps.db, importId, { effects, problems, sha256: sha256Of(order), rows: staged.rows, ...how });
}

type Look = { effects: ImportEffects; problems: Problem[]; sha256?: string; rows?: number; how?: FileHow };

/**
 * Keeps what an import would do, for a person to look at.
 * @throws Cancelled
 */
export async function keepLook(db: Db, id: string, { effects, problems, ...read }: Look): Promise<void> {
  const { added, changed, unchanged } = effects;
  const rejected = await db.rejectedRow.count({ where: { importId: id } });
  // With nothing new and nothing wrong there is nothing to decide.
  const done = added + changed + rejected === 0;
  const kept = await db.registerImport.updateMany({
    where: { id, status: { in: ['running', 'looked'] } },
    data: {
      ...(done ? { status: 'done', finishedAt: new Date() } : { status: 'looked' }),
      ...{ doing: null, added, changed, unchanged, rejected, effects, ...read },
      problems: problems.sort((a, b) => a.row - b.row).slice(0, mostProblems),
    },
  });
  if (kept.count === 0) throw new Cancelled();
  await dropFile(db, id);
  if (done) await forget(db, id);
}

/** Why there is nothing to take of a file, behind what is wrong with its rows. */
function whyNotInPart({ rows, good, problems }: Staged, file: string): Problem[] {
  const said = (cure: string): Problem => ({ file, row: 0, column: '', value: '', cure });
  if (rows === 0 && problems.length === 0) return [said('The file has a heading and no rows: export it again')];
  if (rows - good >= mostRejected)
    return [...problems, said(`${inThousands(mostRejected)} rows are wrong, and the rest was not read: export it again`)];
  return problems;
}
