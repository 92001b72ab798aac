// Makes of the sources what is not kept with them: the database client, the stylesheet, the workflows as one script, and `dist/`, which
// plain Node runs: the program as JavaScript, with what it reads beside it. `firstbell` in a checkout, the tests and the image run this.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (place) => path.join(root, place);

const folders = ['activities', 'api', 'bin', 'policy', 'prisma', 'workflows'];
/** What npm installed last. */
const packages = 'node_modules/.package-lock.json';
const sources = [...folders, 'package.json', 'tsconfig.json', 'tsconfig.build.json', packages];
/** What the program reads beside its JavaScript. */
const kept = /\.(njk|js|scss|typ|yaml|svg|cjs|sql|toml)$/;

const client = { made: 'prisma/generated/client.ts', of: ['prisma/schema.prisma', packages] };
const stylesheet = { made: 'firstbell.css', of: ['api/layout/firstbell.scss', 'api/web/stylesheet.ts', packages] };
const workflows = { made: 'workflow-bundle.cjs', of: ['workflows', 'policy', 'bin/engine', packages] };
/** Written last: all of `dist/` is as old as this. */
const program = { made: 'dist/package.json', of: sources };

/**
 * Makes what is missing or older than its sources; `anew` makes all of it, and checks the types.
 * @throws with the maker's own words if it cannot.
 */
export async function build({ anew = false } = {}) {
  const isOld = ({ made, of }) => anew || !existsSync(at(made)) || changedAt(made) < Math.max(...of.map(changedAt));
  if (![client, stylesheet, workflows, program].some(isOld)) return;
  console.error('Building Firstbell from its sources');
  if (isOld(client)) makeClient();
  compile(anew ? [] : ['--noCheck']);
  if (isOld(stylesheet)) keep(stylesheet.made, (await built('api/web/stylesheet.js')).compileStylesheet());
  if (isOld(workflows)) keep(workflows.made, (await (await built('bin/engine/workflow-bundle.js')).freshBundle()).code);
  for (const { made } of [stylesheet, workflows]) cpSync(at(made), at(`dist/${made}`));
  keep(program.made, readFileSync(at('package.json')));
}

/** When a file was changed last, or anything in a folder. */
function changedAt(place) {
  const known = statSync(at(place), { throwIfNoEntry: false });
  if (!known?.isDirectory()) return known?.mtimeMs ?? 0;
  return Math.max(known.mtimeMs, ...readdirSync(at(place)).map((name) => changedAt(path.join(place, name))));
}

function makeClient() {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  // Generating needs no schema engine, but the CLI fetches one unless it is told of some program to use.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', ...process.env };
  run('The Prisma client could not be generated', [prisma, 'generate'], env);
}

/** `dist/` without what is made later. In the end one folder takes another's place: nothing of a source that is gone stays. */
function compile(more) {
  const compiler = 'node_modules/typescript/bin/tsc';
  if (!existsSync(at(compiler)))
    throw new Error('The TypeScript compiler is missing: install with "npm ci", with its development part');
  const [fresh, old] = [`dist-${process.pid}`, `dist-${process.pid}-old`];
  const read = (file) => !path.extname(file) || kept.test(file);
  try {
    run('The sources could not be compiled', [compiler, '-p', 'tsconfig.build.json', '--outDir', fresh, ...more]);
    for (const folder of folders) cpSync(at(folder), at(path.join(fresh, folder)), { recursive: true, filter: read });
    if (existsSync(at('dist'))) renameSync(at('dist'), at(old));
    renameSync(at(fresh), at('dist'));
  } finally {
    for (const left of [fresh, old]) rmSync(at(left), { recursive: true, force: true });
  }
}

function run(failed, args, env = process.env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${failed}:\n${stdout}${stderr}`);
}

const built = (file) => import(pathToFileURL(at(path.join('dist', file))).href);

/** Whole or not at all: another process may look for it at the same time. */
function keep(made, content) {
  const written = `${at(made)}.${process.pid}`;
  writeFileSync(written, content);
  renameSync(written, at(made));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build({ anew: process.argv.includes('--anew') });
