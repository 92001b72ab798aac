import { knownMappings } from '../../activities/register/known-mappings.ts';
import { mappingOf } from '../../activities/register/reading/presets.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import { type Mapping, mustBeFor } from '../../policy/register/mapping/mapping.ts';
import type { Into } from '../importing.ts';
import { Obstacle } from '../obstacle.ts';

/**
 * A mapping that the school has kept, that comes with Firstbell, or that is in a file of this name.
 * @throws Obstacle if there is none, it cannot be followed, or it is for another kind of file than the one asked for
 */
export async function mappingGiven(nameOrFile: string, { deps, schoolId }: Into, kind?: ImportKind): Promise<Mapping> {
  try {
    const known = (await knownMappings(deps.db, schoolId)).find(({ mapping }) => mapping === nameOrFile);
    const mapping = known ?? mappingOf(nameOrFile);
    if (kind) mustBeFor(mapping, kind);
    return mapping;
  } catch (error) {
    throw error instanceof Refusal ? new Obstacle(error.message) : error;
  }
}
