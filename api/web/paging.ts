import { z } from 'zod';
import type { Page } from '../../prisma/page-after.ts';

/** What a list with ids of ours takes: where its page begins. */
export const After = z.object({
  after: z.uuid('is not a place in this list').optional().describe('Where the page begins: the "next" of the page before'),
});

/** What a list answers. */
export const pageOf = <R extends z.ZodType>(row: R) =>
  z.object({ rows: z.array(row), next: z.string().nullable().describe('"after" of the next page; null on the last') });

/** The same page with each row said otherwise. */
export const mapped = <R, S>({ rows, next }: Page<R>, say: (row: R) => S): Page<S> => ({ rows: rows.map(say), next });
