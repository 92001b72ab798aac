import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Obstacle } from '../../../bin/obstacle.ts';
import { secretsIn, secretsOf } from '../../../bin/start/data-folder.ts';
import { command } from '../../../bin/start.ts';

const servers = { DATABASE_URL: 'postgresql://u@db.example/x', TEMPORAL_ADDRESS: 'engine.example:7233' };
const before = { ...process.env };
afterEach(() => {
  for (const name of Object.keys(servers)) delete process.env[name];
  Object.assign(process.env, before);
});

describe('start --fresh', () => {
  it.each([['DATABASE_URL'], ['TEMPORAL_ADDRESS']] as const)(
    'keeps the key to what is kept elsewhere: it is refused where %s is set',
    async (name) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-fresh-'));
      secretsOf(folder);
      process.env[name] = servers[name];
      const refused = await command.run(['--fresh', '--data', folder]).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(Obstacle);
      expect((refused as Error).message).toContain(`${name} names a server elsewhere`);
      expect(existsSync(secretsIn(folder))).toBe(true);
      rmSync(folder, { recursive: true });
    },
  );
});
