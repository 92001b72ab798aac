import { Prisma } from '../../prisma/generated/client.ts';

/** Columns as SQL, of a table's alias if one is named. */
export const columns = (names: readonly string[], of?: string) =>
  Prisma.raw(names.map((name) => (of ? `${of}.${name}` : name)).join(', '));

/** Whether any of the columns differs between two aliases; an empty cell is like another. */
export const differs = (names: readonly string[], old: string, arriving: string) =>
  Prisma.sql`(${columns(names, old)}) IS DISTINCT FROM (${columns(names, arriving)})`;

/** Sets each of the columns to what arrives, within ON CONFLICT DO UPDATE. */
export const overwrite = (names: readonly string[]) => Prisma.raw(names.map((name) => `${name} = excluded.${name}`).join(', '));

/** What is known in these columns, as JSON: below it goes what a file says, so that what it leaves out stays as it is known. */
export const known = (names: readonly string[], of: string) =>
  Prisma.raw(`jsonb_build_object(${names.map((name) => `'${name}', ${of}.${name}`).join(', ')})`);
