import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connect, type Db } from '../../prisma/client.ts';
import { copyInto } from '../../prisma/copy.ts';
import { clientOf } from '../../prisma/pg-client.ts';
import { aDatabase } from '../support/servers.ts';

/** What an upgrade of Prisma or node-postgres may break: whoever sees this fail looks at prisma/pg-client.ts. */
let db: Db;
beforeAll(async () => {
  db = connect(await aDatabase());
});
afterAll(() => db.$disconnect());

class Undone extends Error {}

it('the connection that is lent is the one on which the transaction runs', async () => {
  await db.$transaction(async (tx) => {
    const [prismas] = await tx.$queryRaw<{ pid: number; xid: string }[]>`
      SELECT pg_backend_pid() AS pid, pg_current_xact_id()::text AS xid`;
    const { rows } = await (await clientOf(tx)).query('SELECT pg_backend_pid() AS pid, pg_current_xact_id()::text AS xid');
    expect(rows).toEqual([prismas]);
  });
});

it('each of several transactions at once gets its own', async () => {
  const pids = await Promise.all(
    [1, 2, 3].map(() =>
      db.$transaction(async (tx) => {
        const { rows } = await (await clientOf(tx)).query<{ pid: number }>('SELECT pg_backend_pid() AS pid, pg_sleep(0.1)');
        return rows[0]?.pid;
      }),
    ),
  );
  expect(new Set(pids).size).toBe(3);
});

it('what is copied within a transaction is seen in it, and gone with it', async () => {
  const copied = async function* () {
    yield Buffer.from('key\t1\t2\nother\t3\t4\n');
  };
  const tries = () => db.signInTry.count();
  await expect(
    db.$transaction(async (tx) => {
      await copyInto(tx, 'sign_in_try (key, points, expire)', copied());
      expect([await tx.signInTry.count(), await tries()]).toEqual([2, 0]);
      throw new Undone();
    }),
  ).rejects.toThrow(Undone);
  expect(await tries()).toBe(0);
  const wrong = async function* () {
    yield Buffer.from('no number\tx\t\\N\n');
  };
  const fails = db.$transaction((tx) => copyInto(tx, 'sign_in_try (key, points, expire)', wrong()));
  await expect(fails).rejects.toMatchObject({ code: '22P02' });
  expect(await tries()).toBe(0);
});
