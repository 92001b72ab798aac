import type { Db } from '../../prisma/client.ts';
import { namesOf } from '../../prisma/users.ts';
import { personWords } from './shapes.ts';

/** Says of each of these users, by id, who it is: name and role. Null of nobody, and of an account that is gone. */
export async function whoAmong(db: Db, ids: readonly (string | null)[]): Promise<(id: string | null) => string | null> {
  const names = await namesOf(db, ids);
  return (id) => {
    const person = id === null ? undefined : names.get(id);
    return person ? personWords(person) : null;
  };
}
