import type { PoolClient } from 'pg';
import type { z } from 'zod';
import { checkRow } from './check-row.ts';
import { type CopyValue, copyRows } from './copy-rows.ts';
import type { ImportOrder } from './import-result.ts';
import { mostProblems, type Problem, UnreadableFile, type Wrong } from './raw-row.ts';

/** How rows of one kind go into their staging table: what their form is, what else is looked at, and what is written. */
export type Staging<Row> = {
  form: z.ZodType<Row>;
  into: string;
  /** What is wrong with a row that its form found right. */
  look(row: Row): Wrong[];
  values(row: Row, number: number): CopyValue[];
};

export type Staged = { rows: number; good: number; problems: Problem[]; readToTheEnd: boolean };

/** Reads rows to the end, or until too many are bad; writes the good ones to their staging table. */
export async function stageRows<Row>(client: PoolClient, order: ImportOrder, staging: Staging<Row>): Promise<Staged> {
  const staged: Staged = { rows: 0, good: 0, problems: [], readToTheEnd: false };
  await copyRows(client, staging.into, goodRows(order, staging, staged));
  return staged;
}

async function* goodRows<Row>(order: ImportOrder, staging: Staging<Row>, staged: Staged): AsyncGenerator<CopyValue[]> {
  let bad = 0;
  const wrong = (row: number, wrongs: readonly Wrong[]) => {
    for (const one of wrongs)
      if (staged.problems.length < mostProblems) staged.problems.push({ file: order.fileName, row, ...one });
  };
  try {
    for await (const raw of order.rows) {
      staged.rows++;
      if (staged.rows % 5_000 === 0) order.onProgress?.({ rows: staged.rows });
      const { row, read, wrongs } = checkRow(staging.form, raw);
      const found = read === null ? wrongs : staging.look(read);
      wrong(row, found);
      if (read !== null && found.length === 0) {
        staged.good++;
        yield staging.values(read, row);
      } else if (++bad >= mostProblems) return;
    }
    staged.readToTheEnd = true;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    for (const { row, ...one } of error.wrongs) wrong(row, [one]);
  }
}
