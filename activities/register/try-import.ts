import type { PoolClient } from 'pg';
import type { ImportEffects } from '../../policy/register/import-effects.ts';
import type { Tx } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { effectsOf } from './effects.ts';
import type { ImportDeps, SchoolOnDay } from './import-result.ts';
import type { Found, Importer } from './importer.ts';
import { keepChanges } from './keep-changes.ts';
import { mergeTimes } from './run-import.ts';

/** The moment by which a look and a yes to it judge, in epoch ms. */
export const nowBy = ({ now = Date.now }: Pick<ImportDeps, 'now'>): number => now();

class RolledBack extends Error {}

/**
 * Leaves out what cannot stand beside other rows or beside the register, then tries what taking the rest would do.
 * Which rows change what is kept for a person to read, by way of `client`, which holds the school's lock.
 * @returns also what was left out, as problems
 */
export async function whatItWouldDo(
  deps: ImportDeps,
  order: SchoolOnDay,
  importer: Importer,
  importId: string,
  client: PoolClient,
): Promise<{ effects: ImportEffects; found: Omit<Found, 'with'>[] }> {
  const left: Omit<Found, 'with'>[] = [];
  for (;;) {
    const tried = await tryIt(deps, order, importer, importId, client);
    if ('effects' in tried) return { effects: tried.effects, found: left };
    await deps.db.$transaction((tx) => leaveOut(tx, importer, importId, tried.found), mergeTimes);
    left.push(...tried.found.map(({ with: _, ...one }) => one));
  }
}

type Tried = { effects: ImportEffects } | { found: Found[] };

async function tryIt(
  deps: ImportDeps,
  order: SchoolOnDay,
  importer: Importer,
  importId: string,
  client: PoolClient,
): Promise<Tried> {
  let tried: Tried = { found: [] };
  try {
    await deps.db.$transaction(async (tx) => {
      const found = [...(await importer.problems(tx, importId)), ...(await importer.outdated(tx, importId))];
      if (found.length > 0) {
        tried = { found };
        throw new RolledBack();
      }
      const onChanges = (rows: Prisma.Sql) => keepChanges(tx, client, importId, rows);
      const merged = await importer.merge({ tx, deps, order, importId, onChanges });
      tried = { effects: await effectsOf(tx, merged, { good: await stagedRows(tx, importer, importId), now: nowBy(deps) }) };
      throw new RolledBack();
    }, mergeTimes);
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  return tried;
}

/** How many rows are staged: none if the database lost them with a crash. */
export const stagedRows = (tx: Tx, { table }: Importer, importId: string): Promise<number> =>
  table === 'staged_mark' ? tx.stagedMark.count({ where: { importId } }) : tx.stagedRow.count({ where: { importId } });

/** Moves staged rows to the rejected ones. Of rows that contradict each other none stays: nobody knows which is right. */
async function leaveOut(tx: Tx, importer: Importer, importId: string, found: readonly Found[]): Promise<void> {
  const why = new Map<number, { column: string; value: string; cure: string }>();
  for (const { with: all, row, ...wrong } of found) {
    for (const n of all) why.set(n, why.get(n) ?? { ...wrong, cure: `${wrong.cure} (row ${row})` });
  }
  const ns = [...why.keys()];
  const rows = await importer.cells(tx, importId, ns);
  await tx.rejectedRow.createMany({ data: rows.map((one) => ({ importId, ...one, wrongs: [why.get(one.n) ?? {}] })) });
  const gone = { where: { importId, n: { in: ns } } };
  await (importer.table === 'staged_mark' ? tx.stagedMark.deleteMany(gone) : tx.stagedRow.deleteMany(gone));
}
