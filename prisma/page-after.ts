import { Refusal } from '../policy/refusal.ts';

/** How many rows a page of a list holds. */
export const perPage = 50;

/** A page of a list, and the id after which the next one begins; null when this is the last. */
export type Page<R> = { rows: R[]; next: string | null };

/** By what a list is ordered, and which way: its last step tells any two rows apart. */
type Order = readonly (readonly [field: string, way: 'asc' | 'desc'])[];
type At = { where: object; orderBy: Record<string, 'asc' | 'desc'>[]; take: number };

/**
 * The page of a list that begins after the row with the id `after`; the first without one. `find` finds rows of the list;
 * `placed` finds one within the asker's reach, on the list or not: it may have left since it was shown (it was decided, say),
 * and the page still begins after its place. (Prisma's own cursor finds nothing after such a row.)
 * @throws Refusal('BadInput') if nothing in reach has that id.
 */
export async function pageAfter<R extends { id: string }>(
  after: string | undefined,
  order: Order,
  placed: (id: string) => Promise<object | null>,
  find: (at: At) => Promise<R[]>,
): Promise<Page<R>> {
  const place = after === undefined ? null : await placed(after);
  if (after !== undefined && !place)
    throw new Refusal('BadInput', 'What "after" names is not in this list: begin again without it');
  const where = place ? beyond(order, place as Record<string, unknown>) : {};
  const orderBy = order.map(([field, way]) => ({ [field]: way }));
  const rows = await find({ where, orderBy, take: perPage + 1 });
  return {
    rows: rows.slice(0, perPage),
    next: rows.length > perPage ? (rows[perPage - 1]?.id ?? null) : null,
  };
}

/** What stands after a place: alike in the first steps of the order, and further in the one after them. */
const beyond = (order: Order, place: Record<string, unknown>): object => ({
  OR: order.map(([field, way], i) => ({
    ...Object.fromEntries(order.slice(0, i).map(([alike]) => [alike, place[alike]])),
    [field]: { [way === 'asc' ? 'gt' : 'lt']: place[field] },
  })),
});
