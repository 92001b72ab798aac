import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { end, endOf, hasEnded, lastWords, tether } from './child.ts';
import { failure } from './failure.ts';
import { recordProcess, stopLeftover } from './leftover.ts';
import { answers, portFor } from './ports.ts';

export type MailCatcher = {
  smtpUrl: string;
  inboxUrl: string;
  /** How its server ended, when it has. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

type Wanted = { folder: string; smtpPort?: number; webPort?: number };

/** How long it may take to answer, in ms: on a machine with much to do it needs half a minute. */
const patience = 90_000;

/** A port that was free a moment ago may be another's by now. */
const cureFor = (words: string): string =>
  words.includes('EADDRINUSE') ? 'stop what listens there, or start again' : 'see that its folder can be written';

/** True if MailDev itself answers on this port. Whoever took the port while it started answers otherwise, and MailDev ends in a moment. */
async function isInbox(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/healthz`, { signal: AbortSignal.timeout(2_000) });
    return (await answer.text()) === 'true';
  } catch {
    return false;
  }
}

/** Starts MailDev: an SMTP server that keeps every letter in `folder` and sends none on, with an inbox to read them in. */
export async function startMailCatcher({ folder, smtpPort, webPort }: Wanted): Promise<MailCatcher> {
  const mails = path.join(folder, 'mails');
  mkdirSync(mails, { recursive: true });
  const record = path.join(folder, 'mail.pid.json');
  await stopLeftover(record, 'SIGTERM');
  const smtp = await portFor('the mail catcher', smtpPort);
  const web = await portFor('the mail inbox', webPort);
  const program = fileURLToPath(new URL('bin/maildev.js', import.meta.resolve('maildev')));
  const args = [
    '--smtp',
    String(smtp),
    '--web',
    String(web),
    '--ip',
    '127.0.0.1',
    '--web-ip',
    '127.0.0.1',
    '--mail-directory',
    mails,
  ];
  const server = spawn(process.execPath, [program, ...args], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const words = lastWords(server);
  if (server.pid !== undefined) {
    recordProcess(record, server.pid);
    tether(server, 'TERM');
  }
  for (const until = Date.now() + patience; !((await answers(smtp)) && (await isInbox(web))); await pause(50)) {
    if (hasEnded(server)) throw failure('The mail catcher did not start', words(), cureFor(words()));
    if (Date.now() > until) {
      await end(server, 'SIGTERM', 500);
      throw failure(
        'The mail catcher did not start',
        `no answer in ${patience / 1000} s`,
        'start again when the machine has less to do',
      );
    }
  }
  return {
    smtpUrl: `smtp://127.0.0.1:${smtp}`,
    inboxUrl: `http://127.0.0.1:${web}`,
    ended: endOf(server),
    async stop() {
      await end(server, 'SIGTERM', 500);
      rmSync(record, { force: true });
    },
  };
}
