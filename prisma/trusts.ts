import type { Role } from '../policy/people/roles.ts';
import type { Db } from './client.ts';

/** Where somebody works, and as what. */
type Member = { role: Role; schoolId: string | null };

/** The schools of the trust that a trust lead works for, by name; of a school that is in no trust on record, that school alone. Nobody else has any. */
export async function schoolsOfTrust(db: Db, { role, schoolId }: Member) {
  if (role !== 'trust-lead' || schoolId === null) return [];
  const own = await db.school.findUnique({ where: { id: schoolId }, select: { trustId: true } });
  return db.school.findMany({
    where: own?.trustId ? { trustId: own.trustId } : { id: schoolId },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
}

/**
 * Somebody at the school that they chose to look at: a trust lead at any school of the trust. Null for anybody else, and at any
 * other school.
 */
export async function atSchool<User extends Member>(db: Db, user: User, chosen: string): Promise<User | null> {
  if (chosen === user.schoolId) return user;
  const theirs = await schoolsOfTrust(db, user);
  return theirs.some(({ id }) => id === chosen) ? { ...user, schoolId: chosen } : null;
}

/** The schools that somebody looks after: an officer those of the authority, a trust lead those of the trust. */
export async function schoolsOverseen(db: Db, user: Member & { authorityId: string | null }) {
  const ids = (await schoolsOfTrust(db, user)).map(({ id }) => id);
  return db.school.findMany({
    where: user.authorityId === null ? { id: { in: ids } } : { authorityId: user.authorityId },
    select: { id: true, name: true, training: true, today: true },
  });
}
