import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const slow = `import { register } from 'node:module';
const late = (url, context, next) =>
  new Promise((loaded) => setTimeout(loaded, url.endsWith('worker-runner.js') ? 1000 : 0)).then(() => next(url, context));
if (process.env.TINYPOOL_WORKER_ID === '2')
  register(\`data:text/javascript,\${encodeURIComponent(\`export const load = \${late}\`)}\`);`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.resolve('test/support/two-files-'));
  for (const name of ['one', 'other'])
    writeFileSync(path.join(folder, `${name}.check.mjs`), `it('is of ${name}', () => expect('${name}').toBeTruthy());`);
  writeFileSync(path.join(folder, 'slow.mjs'), slow);
});
afterAll(() => rmSync(folder, { recursive: true }));

it('a process that is still loading when another asks what to run is told as well', async () => {
  const config = {
    rootDir: folder,
    testMatch: ['**/*.check.mjs'],
    runner: 'jest-light-runner/child-process',
    transform: {},
    maxWorkers: 2,
  };
  const imports = ['./test/support/in-node.mjs', path.join(folder, 'slow.mjs')].flatMap((program) => ['--import', program]);
  const jest = [...imports, 'node_modules/jest/bin/jest.js', '--config', JSON.stringify(config)];
  const { TINYPOOL_WORKER_ID: _, ...env } = process.env;
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, jest, { env, timeout: 60_000 }, (_, out, err) => resolve(out + err));
  });
  expect(said).toMatch(/Tests: +2 passed, 2 total/);
});
