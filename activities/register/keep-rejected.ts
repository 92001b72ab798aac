import type { Db } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { LeavingOut } from './stage-rows.ts';

/** So many bad rows are kept to be mended. A file with more is not one to take in part. */
export const mostRejected = 100_000;
const together = 500;

/** Keeps bad rows with what is wrong with them, some hundreds at a time, while the good ones go their way. */
export function keepRejected(db: Db, importId: string): LeavingOut & { flush(): Promise<void> } {
  let waiting: Prisma.RejectedRowCreateManyInput[] = [];
  const flush = async () => {
    const data = waiting;
    waiting = [];
    if (data.length > 0) await db.rejectedRow.createMany({ data });
  };
  return {
    most: mostRejected,
    flush,
    async keep({ n, row }, raw, wrongs) {
      waiting.push({ importId, n, row, cells: { ...raw.cells }, wrongs: [...wrongs] });
      if (waiting.length >= together) await flush();
    },
  };
}
