import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { cancelImport } from '../../activities/register/cancel-import.ts';
import { aRegister, csvOf, markCells, schoolId } from '../activities/register/a-register.ts';
import { until } from '../support/until.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
let holder: pg.Client;
const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-cancelled-'));
const file = path.join(folder, `${schoolId}.csv`);
beforeAll(async () => {
  school = await aRegister();
  holder = new pg.Client({ connectionString: school.url });
  await holder.connect();
  writeFileSync(file, csvOf('marks', [markCells(['A1', '2026-09-14', 'AM', '/'])]));
});
afterAll(async () => {
  await holder.end();
  await school.end();
  rmSync(folder, { recursive: true });
});

/** A command that reads the file and gets no further than this table, until it is let go. */
async function heldAt(table: string, args: string[], act: (child: ReturnType<typeof spawn>) => unknown) {
  await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  const env = { PATH: process.env.PATH, DATABASE_URL: school.url };
  const child = spawn(process.execPath, ['bin/firstbell.mjs', 'import', 'marks', file, ...args], { env });
  let said = '';
  for (const from of [child.stdout, child.stderr]) from.on('data', (words) => (said += words));
  const exit = once(child, 'exit');
  await until(async () => (await holder.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount === 1);
  await act(child);
  const [code] = await Promise.race([exit, new Promise<never[]>((done) => setTimeout(done, 5_000, []))]);
  await holder.query('ROLLBACK');
  const [ended = code] = await exit;
  const { status } = await school.db.registerImport.findFirstOrThrow({ orderBy: { startedAt: 'desc' } });
  return { code: ended, said: said.trim(), status, marks: await school.db.mark.count(), left: await school.left() };
}
const nothing = { status: 'cancelled', marks: 0, left: 0 };

describe('an import on the command line that is cancelled', () => {
  it.each([
    ['while it is read', 'mark', ['--school', schoolId]],
    ['while somebody only looks', 'staged_mark', ['--school', schoolId, '--preview']],
    ['among those of several schools', 'mark', ['--each-school']],
  ])('by Ctrl-C %s leaves nothing but that it was cancelled', async (_, table, args) => {
    const ended = await heldAt(table, args, (child) => child.kill('SIGINT'));
    expect(ended).toMatchObject({ ...nothing, code: 130, said: expect.stringContaining('Cancelled: nothing was taken in.') });
  });

  it('on the page ends with that, where somebody looks at a terminal', async () => {
    const cancel = async () => {
      const { id } = await school.db.registerImport.findFirstOrThrow({ orderBy: { startedAt: 'desc' } });
      await cancelImport(school.db, { schoolId, importId: id });
    };
    // Cancelling throws staged rows away, so that it waits as well: it is not waited for here.
    const ended = await heldAt('staged_mark', ['--school', schoolId, '--preview'], () => void cancel());
    expect(ended).toMatchObject({ ...nothing, said: 'It was cancelled. Nothing was taken in.' });
  });
});
