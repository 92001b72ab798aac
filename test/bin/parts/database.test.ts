import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startDatabase } from '../../../bin/parts/database.ts';
import { recordedProcess } from '../../../bin/parts/leftover.ts';

const parent = mkdtempSync(path.join(tmpdir(), 'firstbell-database-'));
const folder = path.join(parent, 'postgres');
// The server's own user must be able to walk to its data.
execFileSync('chmod', ['755', parent]);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const start = () => startDatabase({ folder, password: 'it’s a "secret" / of @ours' });

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows as T[];
}

describe('the embedded database', () => {
  it('holds UTF-8, sorts by C.UTF-8, and writes through to the disk', async () => {
    const database = await start();
    const [settings] = await ask(
      database.urlOf('postgres'),
      `SELECT pg_encoding_to_char(encoding) AS encoding, datlocale AS locale, current_setting('fsync') AS fsync,
       current_setting('synchronous_commit') AS commits, current_setting('full_page_writes') AS pages
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(settings).toEqual({ encoding: 'UTF8', locale: 'C.UTF-8', fsync: 'on', commits: 'on', pages: 'on' });
    await ask(database.urlOf('postgres'), `CREATE TABLE kept AS SELECT 'Łukasz Nguyễn' AS name`);
    await database.stop();
  });

  it('keeps what was committed when its server was killed, and starts again beside what is left', async () => {
    const program = path.join(parent, 'killed.mjs');
    const part = path.resolve('dist/bin/parts/database.js');
    writeFileSync(
      program,
      `import { startDatabase } from ${JSON.stringify(part)};
       const database = await startDatabase({ folder: ${JSON.stringify(folder)}, password: 'x' });
       process.send?.('up');`,
    );
    const killed = spawn(process.execPath, [program], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await once(killed, 'message');
    const left = `${parent}/left.json`;
    copyFileSync(`${folder}.pid.json`, left);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const database = await start();
    expect(recordedProcess(left)).toBeUndefined();
    expect(await ask(database.urlOf('postgres'), 'SELECT name FROM kept')).toEqual([{ name: 'Łukasz Nguyễn' }]);
    await database.stop();
  });

  it('starts although its note of the server names a process that is now another', async () => {
    writeFileSync(path.join(folder, 'postmaster.pid'), `${process.ppid}\n${folder}\n0\n5432\n\n127.0.0.1\n`);
    const database = await start();
    await database.stop();
  });

  it('refuses data of another release of PostgreSQL, with the cure', async () => {
    writeFileSync(path.join(folder, 'PG_VERSION'), '19\n');
    await expect(start()).rejects.toThrow(/made by PostgreSQL 19 and this is 18.*--fresh/);
  });
});
