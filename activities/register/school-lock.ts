import type { Pool, PoolClient } from 'pg';
import { Refusal } from '../../policy/refusal.ts';

/**
 * Does something while no other import of the same school runs, on a connection of its own that holds the lock: if this
 * process dies, so does the lock.
 * @throws Refusal('Busy') if another import still runs after `waitMs`.
 */
export async function withSchoolLock<T>(
  pool: Pool,
  schoolId: string,
  waitMs: number,
  act: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let lost: Error | undefined;
  const lose = (error: Error) => {
    lost = error;
  };
  client.on('error', lose);
  try {
    await lock(client, schoolId, waitMs);
    const done = await act(client);
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name(schoolId)]);
    return done;
  } catch (error) {
    // A connection that may still hold the lock is closed, not handed on.
    if (!(error instanceof Refusal && error.code === 'Busy')) lost ??= error as Error;
    throw error;
  } finally {
    client.off('error', lose);
    client.release(lost);
  }
}

const name = (schoolId: string): string => `register of ${schoolId}`;

async function lock(client: PoolClient, schoolId: string, waitMs: number): Promise<void> {
  const free = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine', [name(schoolId)]);
  if (free.rows[0].mine) return;
  await client.query("SELECT set_config('lock_timeout', $1, false)", [`${Math.max(1, waitMs)}ms`]);
  try {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name(schoolId)]);
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error;
    throw new Refusal('Busy', 'Another import of this school is still running. Try again when it has ended', { cause: error });
  } finally {
    await client.query("SELECT set_config('lock_timeout', '0', false)");
  }
}
