import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';

export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
export const everything = { externalTables: [], externalEnums: [] };

/** Prisma's own schema engine as WebAssembly, in this process, on one database. Free it when done. */
export async function schemaEngine(databaseUrl: string): Promise<SchemaEngine> {
  instantiated ??= instantiate();
  await instantiated;
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(databaseUrl));
  return engineModule.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
}

/** The migrations in the folder, oldest first, as the engine wants them. */
export function migrationList(folder = migrationsFolder): MigrationList {
  const names = migrationNames(folder);
  return {
    baseDir: folder,
    lockfile: { path: './migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(path.join(folder, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

/** The names of the migrations in the folder, oldest first. */
export const migrationNames = (folder = migrationsFolder): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

let instantiated: Promise<void> | undefined;

/** Node 20 cannot import a .wasm file as a module, so what the package's own entry does is done here. */
async function instantiate(): Promise<void> {
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const code = new Uint8Array(readFileSync(path.join(path.dirname(glue), 'schema_engine_bg.wasm')));
  const imports = { './schema_engine_bg.js': { ...engineModule } as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(code, imports);
  const { __wbg_set_wasm: giveExports } = engineModule as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  giveExports(instance.exports);
  (instance.exports as unknown as { __wbindgen_start(): void }).__wbindgen_start();
}
