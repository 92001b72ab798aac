import pg from 'pg';
import pino from 'pino';
import { makeChange } from '../../activities/calendar/make-change.ts';
import { showChange, showFile } from '../../activities/calendar/show-change.ts';
import { policyPdf } from '../../activities/letters/pdf.ts';
import { openForConcern } from '../../activities/matter/open-for-concern.ts';
import { reopenCase } from '../../activities/matter/reopen-case.ts';
import { createApp } from '../../api/app.ts';
import type { Deps } from '../../api/deps.ts';
import type { Db } from '../../prisma/client.ts';

/** What a test does not reach fails loudly. */
export const never = async (): Promise<never> => {
  throw new Error('This test does not reach the engine');
};

/** The real app on a real database. What it would ask of the engine fails loudly: a route test never gets that far. */
export function anApp(db: Db, databaseUrl: string, more: Partial<Deps> = {}) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 3 });
  const deps: Deps = {
    db,
    log: pino({ level: 'silent' }),
    matters: { decide: never, recallLetter: never, settleLetter: never, walkClock: never },
    movedUnder: never,
    timeMovedUnder: never,
    preview: never,
    tryMove: never,
    reopenCase: (asked) => reopenCase({ db, pool, now: Date.now(), lockWaitMs: 5_000 }, asked),
    openForConcern: (asked) => openForConcern({ db, pool, now: Date.now(), lockWaitMs: 5_000 }, asked),
    policyPdf,
    layouts: [],
    importFile: never,
    lookAtFile: never,
    takeImport: never,
    cancelImport: never,
    correctMark: never,
    settleUnexplained: never,
    calendar: {
      show: (asked) => showChange(db, asked),
      showFile: (asked) => showFile(db, asked),
      make: (asked) => makeChange(db, asked),
    },
    simulate: () => {
      throw new Error('This test runs no simulation');
    },
    prove: () => undefined,
    checks: { database: async () => void (await db.$queryRaw`SELECT 1`) },
    settings: { baseUrl: 'http://127.0.0.1', sessionSecret: 'a secret of the tests, long enough', mailInboxUrl: null },
    now: Date.now,
    ...more,
  };
  return { app: createApp(deps, pool), deps, end: () => pool.end() };
}
