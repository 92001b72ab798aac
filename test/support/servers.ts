import { randomUUID } from 'node:crypto';
import { openSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

type Servers = { server: string; template: string; engine: string; folder: string; namespaces: string[] };

const servers = (): Servers => JSON.parse(process.env.FIRSTBELL_TEST ?? '{}') as Servers;

/** A database of one's own: a copy of the migrated template. */
export async function aDatabase(): Promise<string> {
  const { server, template } = servers();
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query('SELECT pg_advisory_lock(1)');
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${new URL(template).pathname.slice(1)}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** A namespace of the engine that no other test file uses in this run. */
export function aNamespace(): { address: string; namespace: string } {
  const { engine, namespaces, folder } = servers();
  for (const namespace of namespaces) {
    try {
      openSync(path.join(folder, `taken-${namespace}`), 'wx');
      return { address: engine, namespace };
    } catch {
      // Another file has it.
    }
  }
  throw new Error('All namespaces are taken: add more in test/support/global-setup.ts');
}
