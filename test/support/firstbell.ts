import { execFile } from 'node:child_process';

export type Ended = { code: number; out: string; err: string };

/** A command of the product as a person types it, with nothing in the environment but what is given, and perhaps words piped in. */
export function firstbell(args: readonly string[], env: Record<string, string> = {}, piped = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...env } };
    const child = execFile(process.execPath, ['bin/firstbell.mjs', ...args], options, (error, out, err) =>
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err }),
    );
    child.stdin?.end(piped);
  });
}
