import { everything, withSchemaEngine } from './schema-engine.ts';

/**
 * The SQL that turns a database of one Prisma schema (or an empty one) into one of another; '' if there is nothing to do.
 * The engine wants to be connected to some database of the same kind, and does not touch it.
 */
export async function stepsBetween(from: string | undefined, to: string, databaseUrl: string): Promise<string> {
  const schema = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] });
  const start = from === undefined ? { tag: 'empty' as const } : schema(from);
  const both = { from: start, to: schema(to), script: true, exitCode: null, filters: everything };
  const { stdout } = await withSchemaEngine(databaseUrl, (engine) => engine.diff(both));
  return /^\s*(-- This is an empty migration\.?\s*)?$/.test(stdout ?? '') ? '' : (stdout ?? '');
}
