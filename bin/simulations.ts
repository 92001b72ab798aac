import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Db } from '../prisma/client.ts';
import { endSimulation, handBackSimulation, takeSimulation } from '../prisma/simulations.ts';
import { end, endOf, lastWords } from './parts/child.ts';

const program = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './firstbell.mjs' : './firstbell.js', import.meta.url));

/** How often it is looked whether one waits that another process was to run, and after which silence that one is taken for dead. In ms. */
const lookEvery = 15_000;
const silence = 60_000;

/**
 * Runs what was asked to be simulated, one after the other, each in a process of its own: a minute's counting keeps no request
 * waiting. What was under way when the machine went down is run again after the next start.
 */
export function simulations({ db, databaseUrl, log }: { db: Db; databaseUrl: string; log: Logger }) {
  let wanted = false;
  let stopping = false;
  let going: Promise<void> | null = null;
  let stopChild: () => Promise<void> = async () => undefined;

  async function one(id: string): Promise<void> {
    if (stopping) return handBackSimulation(db, id);
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const child = fork(program, ['simulate', '--kept', id], { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const words = lastWords(child);
    stopChild = () => end(child, 'SIGTERM', 2_000);
    const ended = await endOf(child);
    if (stopping) return handBackSimulation(db, id);
    if (ended === 'code 0') return;
    log.error({ simulation: id, ended, words: words() }, 'A simulation broke off');
    await endSimulation(db, id, { status: 'failed', why: 'It broke off. Try again; if it happens again, the log says why.' });
  }

  async function run(): Promise<void> {
    while (wanted && !stopping) {
      wanted = false;
      for (;;) {
        const id = stopping ? null : await takeSimulation(db, new Date(Date.now() - silence));
        if (id === null) break;
        await one(id);
      }
    }
  }

  /** Looks whether one waits, and runs it. */
  function begin(): void {
    wanted = true;
    going ??= run()
      .catch((err) => log.error({ err }, 'Simulations wait: the database does not answer'))
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
