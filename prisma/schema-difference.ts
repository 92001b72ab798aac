import { everything, schemaEngine } from './schema-engine.ts';

/**
 * The SQL that turns a database of one Prisma schema (or an empty one) into one of another; '' if there is nothing to do.
 * The engine wants to be connected to some database of the same kind, and does not touch it.
 */
export async function stepsBetween(from: string | undefined, to: string, databaseUrl: string): Promise<string> {
  const engine = await schemaEngine(databaseUrl);
  const schema = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] });
  const start = from === undefined ? { tag: 'empty' as const } : schema(from);
  try {
    const { stdout } = await engine.diff({ from: start, to: schema(to), script: true, exitCode: null, filters: everything });
    return /^\s*(-- This is an empty migration\.?\s*)?$/.test(stdout ?? '') ? '' : (stdout ?? '');
  } finally {
    engine.free();
  }
}
