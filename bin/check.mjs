// The whole check, as `npm test` and CI run it. Ends with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-check-'));
const report = path.join(folder, 'jest.json');
const run = (command, args, { env = {}, minutes } = {}) =>
  spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    ...(minutes && { timeout: minutes * 60_000 }),
  }).status === 0;
const tool = (name, ...args) => run(process.execPath, [path.join('node_modules', '.bin', name), ...args]);

const checks = [
  ['formatting and lint (Biome)', () => run('node_modules/.bin/biome', ['ci', '--error-on-warnings', '.'])],
  ['types (tsc)', () => run('node_modules/.bin/tsc', ['--noEmit'])],
  [
    'import boundaries (dependency-cruiser)',
    () =>
      tool(
        'depcruise',
        '--config',
        '.dependency-cruiser.mjs',
        'activities',
        'api',
        'bin',
        'policy',
        'prisma',
        'test',
        'workflows',
      ),
  ],
  ['unused code (Knip)', () => run('node_modules/.bin/knip', [])],
];

let passed = 0;
let failed = 0;
await build();
for (const [name, check] of checks) {
  console.log(`\n== ${name}`);
  if (check()) passed++;
  else {
    failed++;
    console.log(`== FAILED: ${name}`);
  }
}

console.log('\n== tests (Jest)');
const jest = ['--import', './test/support/in-node.mjs', 'node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`];
/** For what hangs, not for what is slow: in plain Node no test has a time of its own. */
const minutes = 60;
const green = run(process.execPath, jest, { env: { TZ: 'Europe/London' }, minutes });
try {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  failed += Math.max(numFailedTests, numFailedTestSuites, green ? 0 : 1);
} catch {
  failed++;
  console.log(`== FAILED: the tests did not finish, or took more than ${minutes} minutes`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
