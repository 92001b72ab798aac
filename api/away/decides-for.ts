import type { Day } from '../../policy/calendar/day.ts';
import { askedForBy } from '../../policy/case/asked-for-by.ts';
import { isNotHandedOn } from '../../policy/case/handed-on.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import { isOfficer } from '../../policy/people/roles.ts';
import { decidesFor, type StandsFor } from '../../prisma/delegations.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { schoolsByDate, todayAt, todayAtAuthority } from '../../prisma/school-clock.ts';
import type { Ctx } from '../web/route.ts';
import type { SignedIn } from '../web/signed-in.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** The date of the school, or of the authority, where a person works. */
export const todayOf = async ({ deps: { db }, user, at }: Asking): Promise<Day> =>
  user.schoolId === null ? todayAtAuthority(db, user.authorityId ?? 'none', at) : todayAt(await schoolOf(db, user), at);

type Stands = StandsFor & { of: { schools?: readonly string[] } };

/** For whom this person decides today. A colleague at the authority is away by the date of each school that a referral is of. */
export async function decidesForToday(ctx: Asking): Promise<Stands[]> {
  const { deps, user, at } = ctx;
  if (user.schoolId !== null) return decidesFor(deps.db, user, await todayOf(ctx));
  const found = new Map<string, Stands>();
  for (const [on, there] of await schoolsByDate(deps.db, user.authorityId ?? 'none', at))
    for (const one of await decidesFor(deps.db, user, on)) {
      const schools = [...(found.get(one.id)?.of.schools ?? []), ...there];
      found.set(one.id, { ...one, of: { ...one.of, schools } });
    }
  return [...found.values()];
}

/** The person as a reader of what waits: with those for whom they decide today. */
export async function asReader(ctx: Asking): Promise<SignedIn & { standsFor: Stands['of'][] }> {
  return { ...ctx.user, standsFor: (await decidesForToday(ctx)).map(({ of }) => of) };
}

type Asked = { role: string; alsoRole: string | null; schoolId?: string };

/** In whose place, of those, a person decides what was put before a role; null if it is nobody's. */
export const inPlaceOf = <P extends { role: string; className: string | null; schools?: readonly string[] }>(
  those: readonly P[],
  { role, alsoRole, schoolId = '' }: Asked,
  className: string,
): P | null =>
  those.find(
    (of) =>
      [role, alsoRole].includes(of.role) &&
      (of.role !== 'class-teacher' || of.className === className) &&
      (of.schools?.includes(schoolId) ?? true),
  ) ?? null;

/**
 * The person as they decide on a proposal of a case: in their own name if it is put before them, or else in the place of somebody
 * who is away today and named them.
 */
export async function decidesAs(
  ctx: Asking,
  {
    row,
    proposal,
    className,
  }: { row: Asked; proposal: Pick<Proposal, 'action' | 'role' | 'notBy' | 'notFor'>; className: string },
): Promise<SignedIn> {
  const { user } = ctx;
  if ([row.role, row.alsoRole].includes(user.role) || isNotHandedOn(proposal)) return user;
  const those = (await decidesForToday(ctx)).map((one) => one.of);
  const free = those.filter(({ id }) => !askedForBy(proposal, { id: user.id, for: id }));
  const of = inPlaceOf(free, row, className);
  return of ? { ...user, role: of.role, for: of.id } : user;
}

/** The officer as they decide on a proposal of a referral: in their own name, or in the place of a colleague who named them. */
export async function decidesReferralAs(ctx: Asking, asked: Asked & { schoolId: string }): Promise<SignedIn> {
  const { user } = ctx;
  if (!isOfficer(user.role) || [asked.role, asked.alsoRole].includes(user.role)) return user;
  const of = inPlaceOf(
    (await decidesForToday(ctx)).map((one) => one.of),
    asked,
    '',
  );
  return of ? { ...user, role: of.role, for: of.id } : user;
}
