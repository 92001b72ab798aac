import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from './until.ts';

const late = `import { register } from 'node:module';
const late = (url, context, next) =>
  new Promise((loaded) => setTimeout(loaded, url.endsWith('worker-runner.js') ? 1000 : 0)).then(() => next(url, context));
if (process.env.TINYPOOL_WORKER_ID === '2')
  register(\`data:text/javascript,\${encodeURIComponent(\`export const load = \${late}\`)}\`);`;

/** It says which process runs it, and leaves something open. */
const left = (folder: string) => `import { writeFileSync } from 'node:fs';
it('runs', () => {
  writeFileSync(\`${folder}/\${process.pid}.pid\`, '');
  setInterval(() => undefined, 1000);
});`;

function isRunning(pid: string): boolean {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

let folder: string;
let said: string;
beforeAll(async () => {
  folder = mkdtempSync(path.resolve('test/support/two-files-'));
  for (const name of ['one', 'other']) writeFileSync(path.join(folder, `${name}.check.mjs`), left(folder));
  writeFileSync(path.join(folder, 'late.mjs'), late);
  const config = {
    ...{ rootDir: folder, testMatch: ['**/*.check.mjs'], transform: {} },
    ...{ runner: 'jest-light-runner/child-process', maxWorkers: 2 },
  };
  const imports = ['./test/support/in-node.mjs', path.join(folder, 'late.mjs')].flatMap((program) => ['--import', program]);
  const jest = [...imports, 'node_modules/jest/bin/jest.js', '--config', JSON.stringify(config)];
  const { TINYPOOL_WORKER_ID: _, ...env } = process.env;
  said = await new Promise<string>((resolve) => {
    execFile(process.execPath, jest, { env, timeout: 60_000 }, (_, out, err) => resolve(out + err));
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

it('a process that is still loading when another asks what to run is told as well', () => {
  expect(said).toMatch(/Tests: +2 passed, 2 total/);
});

it('none of its processes outlives it, whatever a test left open', async () => {
  const pids = readdirSync(folder).flatMap((name) => (name.endsWith('.pid') ? [name.slice(0, -4)] : []));
  expect(pids).toHaveLength(2);
  await until(async () => !pids.some(isRunning));
});
