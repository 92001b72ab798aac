import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { Refusal } from '../../policy/refusal.ts';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import type { Tx } from '../../prisma/client.ts';
import type { Counts, ImportDeps, ImportOrder, ImportResult } from './import-result.ts';
import { clearInterrupted, finished, lockRunning, refused, started } from './import-row.ts';
import { mostProblems, type Problem, type Wrong } from './raw-row.ts';
import { sayResult } from './say-result.ts';
import { withSchoolLock } from './school-lock.ts';
import { type Staged, type Staging, stageRows } from './stage-rows.ts';

export type Found = { row: number } & Wrong;
export type Merging = { tx: Tx; deps: ImportDeps; order: ImportOrder; importId: string };

/** One kind of import: how its rows are staged, what is looked for among all of them, and how they become the register. */
export type Importer<Row> = {
  kind: ImportKind;
  table: 'staged_mark' | 'staged_row';
  staging(importId: string): Staging<Row>;
  /** What is wrong between rows, or between a row and the register. */
  problems(tx: Tx, importId: string): Promise<Found[]>;
  merge(merging: Merging): Promise<Omit<Counts, 'rows' | 'unchanged'>>;
};

class NotImported extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super('The file has problems');
    this.problems = problems.sort((a, b) => a.row - b.row).slice(0, mostProblems);
  }
}

/**
 * Takes a file into the register: all of it, or none. One import of a school at a time.
 * @throws Refusal('Busy') when another runs for too long; any other fault after marking the import as refused.
 */
export async function runImport<Row>(
  deps: ImportDeps,
  order: ImportOrder,
  prepare: () => Promise<Importer<Row>>,
): Promise<ImportResult> {
  const { schoolId } = order;
  if ((await deps.db.school.count({ where: { id: schoolId } })) === 0)
    throw new Refusal('NotFound', `There is no school "${schoolId}"`);
  return withSchoolLock(deps.pool, schoolId, deps.lockWaitMs ?? 30_000, async (client) => {
    await clearInterrupted(deps.db, schoolId);
    const importer = await prepare();
    const importId = await started(deps.db, randomUUID(), importer.kind, order);
    return importNow(deps, order, importer, importId, client);
  });
}

async function importNow<Row>(
  deps: ImportDeps,
  order: ImportOrder,
  importer: Importer<Row>,
  importId: string,
  client: PoolClient,
): Promise<ImportResult> {
  let rows = 0;
  try {
    const staged = await stageRows(client, order, importer.staging(importId));
    rows = staged.rows;
    if (rows > 10_000) await client.query(`ANALYZE ${importer.table}`);
    const counts = await deps.db.$transaction((tx) => intoRegister({ tx, deps, order, importId }, importer, staged), {
      timeout: 900_000,
      maxWait: 60_000,
    });
    return await sayResult(deps.db, order, { importId, kind: importer.kind, status: 'done', ...counts, problems: [] });
  } catch (error) {
    const problems = error instanceof NotImported ? error.problems : [interrupted(order)];
    const marked = refused(deps.db, importId, rows, problems, sha256Of(order));
    if (!(error instanceof NotImported)) {
      await marked.catch(() => undefined);
      throw error;
    }
    await marked;
    return await sayResult(deps.db, order, { importId, kind: importer.kind, status: 'refused', ...none, rows, problems });
  } finally {
    // After a fault the next import of the school clears what this could not.
    await client.query(`DELETE FROM ${importer.table} WHERE import_id = $1`, [importId]).catch(() => undefined);
  }
}

const none = { added: 0, changed: 0, unchanged: 0, casesOpened: 0, casesTold: 0 };
const sha256Of = ({ sha256 }: ImportOrder): string => (typeof sha256 === 'string' ? sha256 : sha256());

const interrupted = ({ fileName }: ImportOrder): Problem => ({
  file: fileName,
  row: 0,
  column: '',
  value: '',
  cure: 'The import did not come to its end and nothing was changed: import the file again',
});

async function intoRegister<Row>(merging: Merging, importer: Importer<Row>, staged: Staged): Promise<Counts> {
  const { tx, order, importId } = merging;
  await lockRunning(tx, importId);
  const between = staged.readToTheEnd ? await importer.problems(tx, importId) : [];
  const problems = [...staged.problems, ...between.map((one) => ({ file: order.fileName, ...one }))];
  if (problems.length > 0) throw new NotImported(problems);
  const merged = await importer.merge(merging);
  const counts = { ...merged, rows: staged.rows, unchanged: staged.rows - merged.added - merged.changed };
  await finished(tx, importId, counts, sha256Of(order));
  return counts;
}
