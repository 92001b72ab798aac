import { Refusal } from '../../policy/refusal.ts';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import { ownForm } from '../../policy/register/file-how.ts';
import { type Mapping, mustBeFor } from '../../policy/register/mapping/mapping.ts';
import { readMapping } from '../../policy/register/mapping/read-mapping.ts';
import type { Db } from '../../prisma/client.ts';
import { mappingsOf } from '../../prisma/school-mappings.ts';
import { presets } from './reading/presets.ts';

/** How a school's files may be read: by mappings of its own, and by those that come with Firstbell. */
export const knownMappings = async (db: Db, schoolId: string): Promise<Mapping[]> => [
  ...(await ownMappings(db, schoolId)),
  ...presets(),
];

/** Those that the school has kept itself. */
export const ownMappings = async (db: Db, schoolId: string): Promise<Mapping[]> =>
  (await mappingsOf(db, schoolId)).map(({ name, text }) => readMapping(text, name));

/**
 * The mapping of this name for a kind of file of a school; undefined for our own form.
 * @throws Refusal('BadInput') if there is none, or it is for another kind.
 */
export async function mappingFor(db: Db, schoolId: string, name: string, kind: ImportKind): Promise<Mapping | undefined> {
  if (name === ownForm) return undefined;
  const mapping = (await knownMappings(db, schoolId)).find((one) => one.mapping === name);
  if (!mapping) throw new Refusal('BadInput', `There is no layout "${name}"`);
  mustBeFor(mapping, kind);
  return mapping;
}
