/** How many rows a list shows at once. One more is asked for, to know whether there is a next page. */
export const perPage = 50;
export const askedFor = perPage + 1;

/** The rows to show, and the id after which the next page begins; null when this is the last. */
export const pageOf = <R extends { id: string }>(rows: readonly R[]): { rows: R[]; next: string | null } => ({
  rows: rows.slice(0, perPage),
  next: rows.length > perPage ? (rows[perPage - 1]?.id ?? null) : null,
});
