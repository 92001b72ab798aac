import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

type Recorded = { pid: number; since: string };

/** Writes down which process this is, so that a later start knows it again even if its number was given to another. */
export function recordProcess(file: string, pid: number, flag: 'w' | 'wx' = 'w'): void {
  writeFileSync(file, JSON.stringify({ pid, since: startOf(pid) ?? '' } satisfies Recorded), { flag, mode: 0o600 });
}

/** The number of the recorded process, if that very process still runs. */
export function recordedProcess(file: string): number | undefined {
  const { pid, since } = read(file) ?? {};
  return pid !== undefined && pid !== process.pid && startOf(pid) === since ? pid : undefined;
}

/** Ends a process that an earlier start left behind (it was killed before it could stop its parts). */
export async function stopLeftover(file: string, signal: NodeJS.Signals, graceMs = 8_000): Promise<void> {
  const giveUpAt = Date.now() + graceMs;
  for (let first = true; ; first = false) {
    const pid = recordedProcess(file);
    if (pid === undefined) break;
    if (first) signalTo(pid, signal);
    else if (Date.now() > giveUpAt) signalTo(pid, 'SIGKILL');
    await pause(50);
  }
  rmSync(file, { force: true });
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function read(file: string): Recorded | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Recorded;
  } catch {
    return undefined;
  }
}

/** When a process began, as the system tells it; undefined if it has ended. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return afterName[0] === 'Z' ? undefined : afterName[19];
  } catch {
    return undefined;
  }
}
