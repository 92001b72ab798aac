import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Counts, ImportDeps, ImportOrder, ImportResult } from './import-result.ts';
import { clearInterrupted, finished, interrupted, lockRunning, refused, startedNow, tellProgress } from './import-row.ts';
import { countsOf, type Importer, type Merging, NotStraight, type Prepare, sha256Of } from './importer.ts';
import { mostProblems, type Problem } from './raw-row.ts';
import { sayResult } from './say-result.ts';
import { withSchoolLock } from './school-lock.ts';
import { type Staged, stageRows } from './stage-rows.ts';

class NotImported extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super('The file has problems');
    this.problems = problems.sort((a, b) => a.row - b.row).slice(0, mostProblems);
  }
}

/**
 * Takes a file into the register: all of it, or none. One import of a school at a time.
 * @throws Refusal('NotFound') if there is no such school; 'Busy' when another runs for too long; any other fault after marking the import as refused.
 */
export async function runImport<Row>(deps: ImportDeps, order: ImportOrder, prepare: Prepare<Row>): Promise<ImportResult> {
  const { schoolId } = order;
  return withSchoolLock(deps.pool, schoolId, deps.lockWaitMs ?? 30_000, async (client) => {
    await clearInterrupted(deps.db, client, schoolId);
    const importer = await prepare(client, order);
    const { importId = randomUUID() } = order;
    await startedNow(client, importId, importer.kind, order);
    return importNow(deps, order, importer, importId, client);
  });
}

/** How long a transaction may take that merges a file, in ms. */
export const mergeTimes = { timeout: 900_000, maxWait: 60_000 };

async function importNow<Row>(
  deps: ImportDeps,
  order: ImportOrder,
  importer: Importer<Row>,
  importId: string,
  client: PoolClient,
): Promise<ImportResult> {
  let rows = 0;
  let staging = false;
  try {
    const onProgress = async (progress: { rows: number }) => {
      await tellProgress(deps.db, importId, 'Reading the file', progress.rows);
      await order.onProgress?.(progress);
    };
    const telling = { ...order, onProgress };
    let counts = await straightIn(deps, telling, importer, importId);
    if (!counts) {
      staging = true;
      const staged = await stageRows(client, { ...telling, rows: order.again?.() ?? order.rows }, importer.staging(importId));
      rows = staged.rows;
      if (rows > 10_000) await client.query(`ANALYZE ${importer.table}`);
      counts = await deps.db.$transaction((tx) => intoRegister({ tx, deps, order, importId }, importer, staged), mergeTimes);
    }
    return await sayResult(deps.db, { importId, kind: importer.kind, status: 'done', ...counts, problems: [] });
  } catch (error) {
    if (deps.ending?.()) throw error;
    const problems = error instanceof NotImported ? error.problems : [interrupted(order)];
    const marked = refused(deps.db, importId, rows, problems, sha256Of(order));
    if (!(error instanceof NotImported)) {
      await marked.catch(() => undefined);
      throw error;
    }
    await marked;
    return await sayResult(deps.db, { importId, kind: importer.kind, status: 'refused', ...none, rows, problems });
  } finally {
    // After a fault the next import of the school clears what this could not.
    if (staging) await client.query(`DELETE FROM ${importer.table} WHERE import_id = $1`, [importId]).catch(() => undefined);
  }
}

const none = { added: 0, changed: 0, unchanged: 0, casesOpened: 0, casesTakenUp: 0, casesTold: 0 };

/** Null if the rows have to be staged: nothing was changed then, and they are read from the first again. */
async function straightIn<Row>(
  deps: ImportDeps,
  order: ImportOrder,
  { straight }: Importer<Row>,
  importId: string,
): Promise<Counts | null> {
  if (!straight || !order.again) return null;
  try {
    return await deps.db.$transaction(async (tx) => {
      const { rows, good, ...merged } = await straight({ tx, deps, order, importId });
      const counts = countsOf(merged, { rows, good });
      await finished(tx, importId, counts, sha256Of(order));
      return counts;
    }, mergeTimes);
  } catch (error) {
    if (error instanceof NotStraight) return null;
    throw error;
  }
}

async function intoRegister<Row>(
  merging: Merging & { order: ImportOrder },
  importer: Importer<Row>,
  staged: Staged,
): Promise<Counts> {
  const { tx, order, importId } = merging;
  await lockRunning(tx, importId);
  const between = staged.readToTheEnd ? await importer.problems(tx, importId) : [];
  const problems = [...staged.problems, ...between.map(({ with: _, ...one }) => ({ file: order.fileName, ...one }))];
  if (problems.length > 0) throw new NotImported(problems);
  const counts = countsOf(await importer.merge(merging), staged);
  await finished(tx, importId, counts, sha256Of(order));
  return counts;
}
