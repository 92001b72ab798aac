import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { migrationNames } from '../../prisma/schema-engine.ts';
import { aDatabase } from '../support/servers.ts';

describe('a part of the product on a database that lacks migrations', () => {
  /** Says what it says, and ends as it ends, on a database that `prepare` left behind. */
  async function startedOn(part: string, prepare: string): Promise<{ code: number; said: string[] }> {
    const url = await aDatabase();
    const client = new pg.Client(url);
    await client.connect();
    await client.query(prepare);
    await client.end();
    const secrets = { PAYLOAD_KEY: Buffer.alloc(32).toString('base64'), SESSION_SECRET: 'x'.repeat(64) };
    const parts = { DATABASE_URL: url, TEMPORAL_ADDRESS: '127.0.0.1:1', SMTP_URL: 'smtp://127.0.0.1:1' };
    const own = { MAIL_FROM: 'office@school.example', BASE_URL: 'http://127.0.0.1:1', ...parts, ...secrets };
    const child = spawn(process.execPath, ['bin/firstbell.mjs', part], { env: { ...process.env, NODE_OPTIONS: '', ...own } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const [code] = (await once(child, 'close')) as [number];
    return { code, said: said.trim().split('\n') };
  }

  const [first, ...more] = migrationNames();
  it.each([
    ['api', 'that is empty', 'DROP TABLE _prisma_migrations', `${first} and ${more.length} more`],
    ['worker', 'of an older version', `DELETE FROM _prisma_migrations WHERE migration_name = '${more.at(-1)}'`, more.at(-1)],
  ])('%s, on one %s: ends with one line that names what is missing and the cure', async (part, _, prepare, lacks) => {
    const { code, said } = await startedOn(part, prepare);
    expect(code).toBe(1);
    expect(said).toEqual([expect.stringContaining(`not migrated to this version (it lacks ${lacks}): run "firstbell migrate"`)]);
  });
});
