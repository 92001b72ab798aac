/** What is wrong with a cell, and how to mend it. `column` is empty when it is the whole row. */
export type Wrong = { column: string; value: string; cure: string };

/** A row as it was read, before anyone looked at it: its number in the file (the heading is row 1) and its cells by column. */
export type RawRow = { row: number; cells: Readonly<Record<string, string>>; wrong?: Wrong };

/** One thing to mend before the file can be imported. */
export type Problem = { file: string; row: number } & Wrong;

/** A file that cannot be read on from here: what is wrong is about the file, not about one row's content. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly wrongs: readonly ({ row: number } & Wrong)[];

  constructor(wrongs: readonly ({ row: number } & Wrong)[]) {
    super(wrongs[0]?.cure ?? 'The file cannot be read');
    this.wrongs = wrongs;
  }
}

/** Reading stops after so many bad rows, and as many problems are kept. */
export const mostProblems = 1_000;
