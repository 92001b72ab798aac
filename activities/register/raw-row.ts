import type { Wrong } from '../../policy/register/raw-row.ts';

export type { RawRow, Wrong } from '../../policy/register/raw-row.ts';

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
