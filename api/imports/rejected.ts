import { z } from 'zod';
import { columnsOf, type ImportKind } from '../../policy/register/csv-forms.ts';
import { rejectedAfter, rejectedColumns } from '../../prisma/imports.ts';
import { csv } from '../web/csv.ts';
import type { Ctx, Download } from '../web/route.ts';
import { importAt } from './facts.ts';

const Wrongs = z.array(z.object({ column: z.string(), cure: z.string() }));
const together = 1_000;

/** The rows that an import left out, as a file to mend and import again: the form's columns, then the row and why. */
export async function rejectedFile(ctx: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<Download> {
  const { kind, fileName } = await importAt(ctx, id);
  const { all, optional } = columnsOf(kind as ImportKind);
  const there = await rejectedColumns(ctx.deps.db, id);
  // A column that the file left out says nothing; empty, it would say that there is nothing.
  const columns = all.filter((column) => !optional.includes(column) || there.has(column));
  return {
    file: `rejected-${fileName.replace(/\.\w+$/, '').replaceAll(/[^\w-]+/g, '-')}.csv`,
    type: 'text/csv',
    content: csv([...columns, 'file_row', 'why_rejected'], rows(ctx, id)),
  };
}

async function* rows({ deps }: Pick<Ctx, 'deps'>, id: string) {
  for (let n = 0; ; ) {
    const some = await rejectedAfter(deps.db, id, n, together);
    for (const { row, cells, wrongs } of some) {
      const why = Wrongs.parse(wrongs).map(({ column, cure }) => (column ? `${column}: ${cure}` : cure));
      yield { ...(cells as Record<string, string>), file_row: row, why_rejected: why.join('. ') };
    }
    const last = some.at(-1);
    if (!last) return;
    n = last.n;
  }
}
