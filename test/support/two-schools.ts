import type { Deps } from '../../api/deps.ts';
import { isOfficer, officers, type Role, schoolRoles } from '../../policy/people/roles.ts';
import { connect, type Db } from '../../prisma/client.ts';
import { anApp } from './app.ts';
import { type Browser, passwordHash, signIn, tokenOf } from './callers.ts';
import { aDatabase } from './servers.ts';

/**
 * The real app over two schools of one authority, `a` in training and `b` not, with an account for each role at each
 * (`sal@a.example`), and one for each at the authority (`ewo@authority.example`).
 */
export async function twoSchools(more: Partial<Deps> = {}) {
  const url = await aDatabase();
  const db = connect(url);
  await madeUp(db);
  const { app, deps, end } = anApp(db, url, more);
  return {
    app,
    deps,
    db,
    url,
    /** A browser that signed in as this role, at school `a` unless told otherwise. */
    signedIn: (role: Role, place = placeOf(role)): Promise<Browser> => signIn(app, `${role}@${place}.example`),
    tokenFor: (role: Role, place = placeOf(role)): Promise<string> => tokenOf(db, `${role}@${place}.example`),
    close: async () => void (await Promise.all([db.$disconnect(), end()])),
  };
}

export type TwoSchools = Awaited<ReturnType<typeof twoSchools>>;

const placeOf = (role: Role): string => (isOfficer(role) ? 'authority' : 'a');

async function madeUp(db: Db): Promise<void> {
  const place = { address: ['1 High Street'], phone: '01632 960000', email: 'office@place.example' };
  await db.authority.create({ data: { id: 'authority', name: 'Westshire Council', ...place } });
  await addSchool(db, { id: 'a', name: 'Training School A', training: true, today: new Date('2026-10-12'), ...place });
  await addSchool(db, { id: 'b', name: 'School B', training: false, today: null, ...place });
  const hashed = await passwordHash();
  const account = (role: Role, at: string) => ({
    id: `${at}:${role}`,
    name: `A ${role}`,
    email: `${role}@${at}.example`,
    role,
    passwordHash: hashed,
    demo: at !== 'b',
  });
  const atSchools = ['a', 'b'].flatMap((schoolId) =>
    schoolRoles.map((role) => ({ ...account(role, schoolId), schoolId, className: '9B' })),
  );
  const atAuthority = officers.map((role) => ({ ...account(role, 'authority'), authorityId: 'authority' }));
  await db.user.createMany({ data: [...atSchools, ...atAuthority] });
}

async function addSchool(
  db: Db,
  school: Omit<Parameters<Db['school']['create']>[0]['data'], 'authorityId' | 'packId'> & { id: string },
) {
  await db.school.create({ data: { authorityId: 'authority', packId: 'gloucestershire', ...school } as never });
  const term = { kind: 'term', fromDay: new Date('2026-09-02'), toDay: new Date('2027-07-21'), label: 'Year' };
  await db.calendarPeriod.create({ data: { schoolId: school.id, ...term } });
}
