import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../bin/parts/ports.ts';
import { firstbell } from '../support/firstbell.ts';

export type Product = Awaited<ReturnType<typeof startProduct>>;

export type Mail = {
  subject: string;
  text: string;
  to: { address: string }[];
  attachments?: { contentType: string; filename: string; length: number }[];
};

/** `npm start` as a newcomer runs it, in an empty folder of its own, ready to be opened in a browser. */
export async function startProduct() {
  const data = mkdtempSync(path.join(tmpdir(), 'firstbell-walk-'));
  const port = await freePort();
  const process_ = spawn(process.execPath, ['bin/firstbell.mjs', 'start', '--data', data, '--port', String(port)], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
  };
  for (const stream of [process_.stdout, process_.stderr]) stream?.on('data', hear);
  const stop = async () => {
    const ended = new Promise((resolve) => process_.once('exit', resolve));
    if (process_.exitCode === null && process_.signalCode === null && process_.kill('SIGTERM')) await ended;
    rmSync(data, { recursive: true, force: true });
  };
  for (const end = Date.now() + 120_000; !/Ctrl-C/.test(said); await new Promise((resolve) => setTimeout(resolve, 200))) {
    if (Date.now() <= end && process_.exitCode === null) continue;
    await stop();
    throw new Error(`It did not start:\n${said}`);
  }
  const mailInbox = /Mail inbox\s+(\S+)/.exec(said)?.[1] ?? '';
  return {
    data,
    at: (place: string) => `http://127.0.0.1:${port}${place}`,
    /** Where the mail catcher's inbox is, as the start's table says. */
    mailInbox,
    /** Every message that the mail catcher holds. */
    mails: async () => (await (await fetch(`${mailInbox}/api/email`)).json()) as Mail[],
    /** A command beside the running start. */
    firstbell: (...args: string[]) => firstbell([...args, '--data', data]),
    stop,
  };
}
