import type { Role } from '../policy/people/roles.ts';
import type { Db, Tx } from './client.ts';
import { ask } from './pg-client.ts';
import { tokenHashOf } from './tokens.ts';

const select = { id: true, name: true, role: true, schoolId: true, authorityId: true, className: true } as const;

type Row = {
  id: string;
  name: string;
  role: string;
  schoolId: string | null;
  authorityId: string | null;
  className: string | null;
};
const withRole = (row: Row | null) => (row ? { ...row, role: row.role as Role } : undefined);

/** The active user of this id. */
export const userOf = async (db: Db, id: string | undefined) =>
  id === undefined ? undefined : withRole(await db.user.findFirst({ where: { id, active: true }, select }));

/** The active user in whose name a machine's token speaks. Only the token's hash is kept. */
export async function userByToken(db: Db, token: string) {
  const found = await db.apiToken.findFirst({
    where: { tokenHash: tokenHashOf(token), revokedAt: null, user: { active: true } },
    select: { user: { select } },
  });
  return withRole(found?.user ?? null);
}

/** For signing in: the account of an e-mail address with its password hash. */
export const accountOf = (db: Db, email: string) =>
  db.user.findFirst({ where: { email: email.trim().toLowerCase(), active: true }, select: { id: true, passwordHash: true } });

/**
 * The accounts that the sign-in page shows: those with the demo password, one for each role at each place. Of an authority
 * that has a real school none is shown.
 */
export async function demoAccounts(db: Db) {
  const users = await db.user.findMany({
    where: {
      active: true,
      demo: true,
      OR: [{ school: { training: true } }, { authority: { schools: { some: {}, every: { training: true } } } }],
    },
    select: { email: true, role: true, school: { select: { name: true } }, authority: { select: { name: true } } },
    orderBy: [{ schoolId: 'asc' }, { authorityId: 'asc' }, { role: 'asc' }, { id: 'asc' }],
    distinct: ['schoolId', 'authorityId', 'role'],
  });
  return users.map(({ email, role, school, authority }) => ({
    ...{ email, role: role as Role, place: school?.name ?? authority?.name ?? '' },
  }));
}

/** The names of the users behind these ids. */
export async function namesOf(db: Db, ids: readonly (string | null)[]): Promise<Map<string, { name: string; role: Role }>> {
  const users = await db.user.findMany({
    where: { id: { in: ids.filter((id) => id !== null) } },
    select: { id: true, name: true, role: true },
  });
  return new Map(users.map(({ id, name, role }) => [id, { name, role: role as Role }]));
}

/** Of a school: the roles that somebody active has who could answer about a pupil. A class teacher could about their own class. */
export async function colleaguesAt(db: Db | Tx, schoolId: string): Promise<(pupil: { className: string }) => Role[]> {
  const users = await ask(db)<{ role: string; className: string | null }>`
    SELECT DISTINCT role, class_name AS "className" FROM user_account WHERE school_id = ${schoolId} AND active ORDER BY role`;
  return ({ className }) => [
    ...new Set(
      users.filter((one) => one.role !== 'class-teacher' || one.className === className).map(({ role }) => role as Role),
    ),
  ];
}
