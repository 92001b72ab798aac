import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { londonTime } from '../../policy/calendar/day.ts';
import { Refusal } from '../../policy/refusal.ts';
import { registerLock } from '../../prisma/imports.ts';

/** How often it is asked whether the register is free, in ms. */
const askEvery = 200;

/**
 * Does something while no other import of the same school runs, on a connection of its own that holds the lock: if this
 * process dies, so does the lock. Who waits holds no connection: many may wait, for long.
 * @throws Refusal('Busy') if another import still runs after `waitMs`.
 */
export async function withSchoolLock<T>(
  pool: Pool,
  schoolId: string,
  waitMs: number,
  act: (client: PoolClient) => Promise<T>,
): Promise<T> {
  for (const end = Date.now() + waitMs; ; await pause(Math.min(askEvery, end - Date.now()))) {
    const turn = await ifFree(pool, schoolId, act);
    if (turn) return turn.done;
    if (Date.now() >= end) throw new Refusal('Busy', await saysBusy(pool, schoolId));
  }
}

/** Which import is still running, and what to do. Not by its file's name: that may be a person's, and a refusal is read in histories. */
async function saysBusy(pool: Pool, schoolId: string): Promise<string> {
  const { rows } = await pool.query<{ kind: string; at: Date }>(
    `SELECT kind, started_at AS at FROM register_import WHERE school_id = $1 AND status = 'running' ORDER BY started_at DESC LIMIT 1`,
    [schoolId],
  );
  const which = rows.map(({ kind, at }) => `, of ${kind} since ${londonTime(at.getTime())}`).join('');
  return `Another import of this school is still running${which}. Nothing was changed. Try again when it has ended: the list of imports says how far it is`;
}

/** What was done, or null if another import runs. */
async function ifFree<T>(pool: Pool, schoolId: string, act: (client: PoolClient) => Promise<T>): Promise<{ done: T } | null> {
  const client = await pool.connect();
  let lost: Error | undefined;
  const lose = (error: Error) => {
    lost = error;
  };
  client.on('error', lose);
  try {
    const { rows } = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine', [registerLock(schoolId)]);
    if (!rows[0].mine) return null;
    const done = await act(client);
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [registerLock(schoolId)]);
    return { done };
  } catch (error) {
    // A connection that may still hold the lock is closed, not handed on.
    lost ??= error as Error;
    throw error;
  } finally {
    client.off('error', lose);
    client.release(lost);
  }
}
