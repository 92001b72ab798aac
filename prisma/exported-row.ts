/** A row of an export, by column, in the order of its columns. */
export type Exported = Record<string, string | number | null>;
