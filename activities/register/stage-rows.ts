import type { PoolClient } from 'pg';
import { type Checked, calledInFile } from './check-row.ts';
import { type CopyValue, copyRows } from './copy-rows.ts';
import type { ImportOrder } from './import-result.ts';
import { mostProblems, type Problem, type RawRow, UnreadableFile, type Wrong } from './raw-row.ts';

/** Where a row stands: `n` counts what was read, from 1; `row` is its place in the file. */
export type Place = { n: number; row: number };

/** How rows of one kind go into their staging table: how they are read, what else is looked at, and what is written. */
export type Staging<Row> = {
  /** Reads a row by its form. */
  check(raw: RawRow): Checked<Row>;
  into: string;
  /** What is wrong with a row that its form found right. */
  look(row: Row): Wrong[];
  values(row: Row, place: Place): CopyValue[];
};

/** How far reading has come is told after so many rows. */
export const toldEvery = 20_000;

/** What reading came to. `problems` are the first of them; unless it was read to the end, nobody knows the rest of the file. */
export type Staged = { rows: number; good: number; problems: Problem[]; readToTheEnd: boolean };

/** Where bad rows are kept, and after how many of them reading stops. */
export type LeavingOut = { most: number; keep(place: Place, raw: RawRow, wrongs: readonly Wrong[]): Promise<void> };

/** Bad rows are only told of: a file with any is refused as it is. */
export const keepingNone: LeavingOut = { most: mostProblems, keep: async () => undefined };

/** Reads rows to the end, or until too many are bad; writes the good ones to their staging table. */
export async function stageRows<Row>(
  client: PoolClient,
  order: ImportOrder,
  staging: Staging<Row>,
  leavingOut: LeavingOut = keepingNone,
): Promise<Staged> {
  const staged: Staged = { rows: 0, good: 0, problems: [], readToTheEnd: false };
  await copyRows(client, staging.into, goodRows(order, staging, staged, leavingOut));
  return staged;
}

async function* goodRows<Row>(
  order: ImportOrder,
  staging: Staging<Row>,
  staged: Staged,
  leavingOut: LeavingOut,
): AsyncGenerator<CopyValue[]> {
  const tell = (row: number, wrongs: readonly Wrong[]) => {
    for (const one of wrongs)
      if (staged.problems.length < mostProblems) staged.problems.push({ file: order.fileName, row, ...one });
  };
  try {
    for await (const raw of order.rows) {
      staged.rows++;
      if (staged.rows % toldEvery === 0) await order.onProgress?.({ rows: staged.rows });
      const place = { n: staged.rows, row: raw.row };
      const { read, wrongs } = staging.check(raw);
      const found = read === null ? wrongs : staging.look(read).map((one) => ({ ...one, column: calledInFile(raw, one.column) }));
      if (read !== null && found.length === 0) {
        staged.good++;
        yield staging.values(read, place);
        continue;
      }
      tell(raw.row, found);
      await leavingOut.keep(place, raw, found);
      if (staged.rows - staged.good >= leavingOut.most) return;
    }
    staged.readToTheEnd = true;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    for (const { row, ...one } of error.wrongs) tell(row, [one]);
    if (staged.problems.length === 0) tell(0, [{ column: '', value: '', cure: error.message }]);
  }
}
