import { Refusal } from '../policy/refusal.ts';

/** How many rows a page of a list holds. */
export const perPage = 50;

/** A page of a list, and the id after which the next one begins; null when this is the last. */
export type Page<R> = { rows: R[]; next: string | null };

type Row = { id: string };

/**
 * The page of a list that begins after the row with the id `after`; the first without one. `known` counts the rows of that id
 * within the asker's reach. The row may have left the list since it was shown (it was decided, say): the page still begins
 * after its place, and loses nothing.
 * @throws Refusal('BadInput') if nobody in reach has that id.
 */
export async function pageAfter<R extends Row>(
  after: string | undefined,
  known: (id: string) => Promise<number>,
  find: (at: { take: number; cursor?: Row }) => Promise<R[]>,
): Promise<Page<R>> {
  if (after === undefined) return pageOf(await find({ take: perPage + 1 }));
  if ((await known(after)) === 0) throw new Refusal('BadInput', 'What "after" names is not in this list: begin again without it');
  const rows = await find({ take: perPage + 2, cursor: { id: after } });
  return pageOf(rows.filter(({ id }) => id !== after));
}

const pageOf = <R extends Row>(rows: readonly R[]): Page<R> => ({
  rows: rows.slice(0, perPage),
  next: rows.length > perPage ? (rows[perPage - 1]?.id ?? null) : null,
});
