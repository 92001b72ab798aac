/** What is wrong with a cell, and how to mend it. `column` is empty when it is the whole row. */
export type Wrong = { column: string; value: string; cure: string };

/**
 * A row of one of our forms as a file has it, before anyone looked at it. `row` is the file's own, the first being 1: where
 * sessions stand beside each other in a file, many have the same. `columns` is what the file calls our columns, where it
 * calls them something else.
 */
export type RawRow = {
  row: number;
  cells: Readonly<Record<string, string>>;
  wrong?: Wrong;
  columns?: Readonly<Record<string, string>>;
};
