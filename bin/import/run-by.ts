import { userInfo } from 'node:os';

/** Who brought a file that no user of Firstbell did: the command or folder, and the machine's own account that runs it. */
export const runBy = (what: string): string => `${what}, run by ${account()} on the server`;

/** A container may run under a number that no account of it has. */
function account(): string {
  try {
    return userInfo().username;
  } catch {
    return `account ${process.getuid?.() ?? 'unknown'}`;
  }
}
