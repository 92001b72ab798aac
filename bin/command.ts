/** One subcommand of `firstbell`. A file a subcommand exports it as `command`. */
export type Command = {
  /** One line, for the list of commands. */
  summary: string;
  /** What may follow the command's name. */
  usage: string;
  /** @returns the exit code: 0 done, 1 refused or failed, 2 used wrongly */
  run(argv: string[]): Promise<number>;
};

/** Thrown by a command whose arguments are wrong: the message and the command's usage are shown, and the exit code is 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}
