import type { Readable } from 'node:stream';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import type { Mapping } from '../../policy/register/mapping/mapping.ts';
import type { Db } from '../../prisma/client.ts';
import { ownMappings } from './known-mappings.ts';
import { firstRows } from './reading/first-rows.ts';

/**
 * The mapping of the school's own that reads a file as it is, where nobody is there to look at a guess: never one that comes with
 * Firstbell, and never one that is put together. Undefined for our own form, and where none fits.
 */
export async function ownMappingFor(
  { db, schoolId }: { db: Db; schoolId: string },
  kind: ImportKind,
  open: () => Readable,
): Promise<Mapping | undefined> {
  const known = (await ownMappings(db, schoolId)).filter((one) => one.kind === kind);
  if (known.length === 0) return undefined;
  const { guess } = await firstRows(open, { kind }, { known });
  return guess?.preset ? (guess.mapping ?? undefined) : undefined;
}
