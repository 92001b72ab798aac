import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { end, endOf, lastWords } from './parts/child.ts';

const program = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './firstbell.mjs' : './firstbell.js', import.meta.url));

/** How often it is looked whether one waits that another process was to run, and after which silence that one is taken for dead. In ms. */
const lookEvery = 15_000;
const silence = 60_000;

/** A kind of work that was asked for on a page, and is kept in the database until it is done. */
export type Work<Id> = {
  name: string;
  /** What `firstbell` is to be told to do one of them. */
  command: (id: Id) => string[];
  /** Takes the one that waits longest, or whose process has not been heard of since; null if there is none. */
  take: (silentSince: Date) => Promise<Id | null>;
  /** Notes that the process which does it is at it. */
  heard: (id: Id) => Promise<unknown>;
  handBack: (id: Id) => Promise<void>;
  fail: (id: Id, why: string) => Promise<void>;
};

/**
 * Does what was asked for, one after the other, each in a process of its own: a minute's counting keeps no request waiting. What
 * was under way when the machine went down is done again after the next start.
 */
export function oneProcessEach<Id>(work: Work<Id>, { databaseUrl, log }: { databaseUrl: string; log: Logger }) {
  let wanted = false;
  let stopping = false;
  let going: Promise<void> | null = null;
  let stopChild: () => Promise<void> = async () => undefined;

  async function one(id: Id): Promise<void> {
    if (stopping) return work.handBack(id);
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const child = fork(program, work.command(id), { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const words = lastWords(child);
    stopChild = () => end(child, 'SIGTERM', 2_000);
    const hearing = setInterval(() => work.heard(id).catch(() => undefined), lookEvery).unref();
    const ended = await endOf(child);
    clearInterval(hearing);
    if (stopping) return work.handBack(id);
    if (ended === 'code 0') return;
    log.error({ [work.name]: id, ended, words: words() }, `A ${work.name} broke off`);
    await work.fail(id, 'It broke off. Try again; if it happens again, the log says why.');
  }

  async function run(): Promise<void> {
    while (wanted && !stopping) {
      wanted = false;
      for (;;) {
        const id = stopping ? null : await work.take(new Date(Date.now() - silence));
        if (id === null) break;
        await one(id);
      }
    }
  }

  /** Looks whether one waits, and does it. */
  function begin(): void {
    wanted = true;
    going ??= run()
      .catch((err) => log.error({ err }, `A ${work.name} waits: the database does not answer`))
      .finally(() => {
        going = null;
      });
  }

  const looking = setInterval(begin, lookEvery).unref();
  begin();
  return {
    begin,
    async stop(): Promise<void> {
      clearInterval(looking);
      stopping = true;
      await stopChild();
      await going;
    },
  };
}
