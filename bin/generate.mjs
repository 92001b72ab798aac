import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (place) => path.join(root, place);

/** What npm installed last. */
const packages = 'node_modules/.package-lock.json';

/** What is made of the sources and not kept with them, what each is made of, and how. */
const all = [
  { made: 'prisma/generated/client.ts', of: ['prisma/schema.prisma'], make: makeClient },
  {
    made: 'api/layout/firstbell.css',
    of: ['api/layout/firstbell.scss', 'api/web/stylesheet.ts', packages],
    make: makeStylesheet,
  },
  { made: 'workflow-bundle.cjs', of: ['workflows', 'policy', 'bin/engine', packages], make: makeBundle },
];

/** Makes what is missing or older than its sources. Throws with the maker's own words if it cannot. */
export async function generate() {
  const old = all.filter(({ made, of }) => !existsSync(at(made)) || changedAt(made) < Math.max(...of.map(changedAt)));
  if (old.length === 0) return;
  console.error(`Making from the sources: ${old.map(({ made }) => made).join(', ')}`);
  for (const { made, make } of old) await make(made);
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
  const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, 'generate'], { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The Prisma client could not be generated:\n${stdout}${stderr}`);
}

async function makeStylesheet(made) {
  const { compileStylesheet } = await fromSource(() => import('../api/web/stylesheet.ts'));
  keep(made, compileStylesheet());
}

async function makeBundle(made) {
  const { freshBundle } = await fromSource(() => import('./engine/workflow-bundle.ts'));
  const { code } = await freshBundle();
  keep(made, code);
}

async function fromSource(load) {
  const { register } = await import('tsx/esm/api');
  const unregister = register();
  try {
    return await load();
  } finally {
    await unregister();
  }
}

/** Whole or not at all: another process may look for it at the same time. */
function keep(made, content) {
  const written = `${at(made)}.${process.pid}`;
  mkdirSync(path.dirname(written), { recursive: true });
  writeFileSync(written, content);
  renameSync(written, at(made));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await generate();
