// Makes of the sources what is not kept with them: the database client, the stylesheet, the workflows as one script, and `dist/`, which
// plain Node runs: the program as JavaScript, with what it reads beside it. `firstbell` in a checkout, the tests and the image run this.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
/** Copied last: all of `dist/` is as old as this. */
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
  const [fresh, old] = [`dist-${process.pid}`, `dist-${process.pid}-old`];
  const built = (file) => import(pathToFileURL(at(path.join(fresh, file))).href);
  try {
    compile(fresh, anew ? [] : ['--noCheck']);
    if (isOld(stylesheet)) keep(stylesheet.made, (await built('api/web/stylesheet.js')).compileStylesheet());
    if (isOld(workflows)) {
      const { code } = await (await built('bin/engine/workflow-bundle.js')).freshBundle();
      // It names its modules by where they lay: the same sources make the same bundle.
      keep(workflows.made, code.replaceAll(fresh, 'dist'));
    }
    for (const { made } of [stylesheet, workflows, { made: 'package.json' }]) cpSync(at(made), at(path.join(fresh, made)));
    // Whole: what runs of this checkout finds all that it reads in the one or in the other.
    if (existsSync(at('dist'))) renameSync(at('dist'), at(old));
    renameSync(at(fresh), at('dist'));
  } finally {
    for (const left of [fresh, old]) rmSync(at(left), { recursive: true, force: true });
  }
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

/** The program in a folder of its own, which takes the place of `dist/` in the end: nothing of a source that is gone stays. */
function compile(fresh, more) {
  const compiler = 'node_modules/typescript/bin/tsc';
  if (!existsSync(at(compiler)))
    throw new Error('The TypeScript compiler is missing: install with "npm ci", with its development part');
  const read = (file) => !path.extname(file) || kept.test(file);
  run('The sources could not be compiled', [compiler, '-p', 'tsconfig.build.json', '--outDir', fresh, ...more]);
  for (const folder of folders) cpSync(at(folder), at(path.join(fresh, folder)), { recursive: true, filter: read });
}

function run(failed, args, env = process.env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${failed}:\n${stdout}${stderr}`);
}

/** Whole or not at all: another process may look for it at the same time. */
function keep(made, content) {
  const written = `${at(made)}.${process.pid}`;
  writeFileSync(written, content);
  renameSync(written, at(made));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build({ anew: process.argv.includes('--anew') });
