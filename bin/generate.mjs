import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const schema = path.join(root, 'prisma/schema.prisma');
const client = path.join(root, 'prisma/generated/client.ts');

/** Makes the Prisma client if it is missing or older than the schema. Throws with Prisma's own words if it cannot. */
export function generate() {
  if (existsSync(client) && statSync(client).mtimeMs > statSync(schema).mtimeMs) return;
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  // Generating needs no schema engine, but the CLI fetches one unless it is told of some program to use.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', ...process.env };
  const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, 'generate'], { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The Prisma client could not be generated:\n${stdout}${stderr}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) generate();
