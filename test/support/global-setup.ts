import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDatabase } from '../../bin/parts/database.ts';
import { startEngine } from '../../bin/parts/engine.ts';
import { migrate } from '../../prisma/migrate.ts';
import { browserProgram } from './browser.ts';

type Run = { testPathPatterns: { patterns: readonly string[] } };

/** What is kept outlives the server's own death, which some tests bring about, but not the machine's: nobody needs it then. */
const thrownAway = { fsync: 'off', full_page_writes: 'off' };

/**
 * One database server and one engine for the whole run; each test file has a database and a namespace of its own. A run of
 * policy tests alone needs neither.
 */
export default async function globalSetup({ testPathPatterns: { patterns } }: Run): Promise<void> {
  if (patterns.length > 0 && patterns.every((pattern) => pattern.includes('test/policy'))) return;
  execFileSync(process.execPath, ['bin/build.mjs'], { stdio: 'inherit' });
  const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-test-'));
  const namespaces = Array.from({ length: 90 }, (_, i) => `test-${i}`);
  process.env.CHROMIUM_PATH = await browserProgram(folder);
  const [database, engine] = await Promise.all([
    startDatabase({ folder: path.join(folder, 'postgres'), password: 'test', settings: thrownAway }),
    startEngine({ folder: path.join(folder, 'temporal'), keptIn: path.resolve('.data/temporal'), namespaces }),
  ]);
  const template = database.urlOf('template_firstbell');
  await migrate(template);
  process.env.FIRSTBELL_TEST = JSON.stringify({
    server: database.urlOf('postgres'),
    template,
    engine: engine.address,
    folder,
    namespaces,
  });
  Object.assign(globalThis, { firstbellParts: [engine, database] });
}
