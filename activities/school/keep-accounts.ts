import { hash } from '@node-rs/argon2';
import { roleTitles } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { Member, SchoolPlan } from '../../policy/school/school-plan.ts';
import { demoPassword } from '../../policy/training/demo-password.ts';
import type { Tx } from '../../prisma/client.ts';
import type { User } from '../../prisma/generated/client.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { differences } from './differences.ts';

/**
 * Makes the accounts of the school and its authority what the plan says. An account of the school that the plan does not name
 * is switched off, never deleted: the ledgers name it. One of the authority is left, as other schools' plans may name it.
 * @returns what was changed, in words
 */
export async function keepAccounts(tx: Tx, plan: SchoolPlan): Promise<string[]> {
  const emails = plan.staff.map(({ email }) => email);
  const kept = await tx.user.findMany({
    where: { OR: [{ schoolId: plan.id }, { email: { in: emails } }] },
    orderBy: { email: 'asc' },
  });
  let hashed: Promise<string> | undefined;
  const demo = plan.practice?.demo ? () => (hashed ??= hash(demoPassword)) : null;
  const changes: string[] = [];
  for (const member of plan.staff) {
    const known = kept.find(({ email }) => email === member.email);
    const words = known ? await change(tx, plan, member, known, demo) : await make(tx, plan, member, demo);
    changes.push(...words.map((what) => `Account ${member.email}${what}`));
  }
  for (const { id, email, schoolId, active } of kept) {
    if (schoolId !== plan.id || !active || emails.includes(email)) continue;
    await tx.user.update({ where: { id }, data: { active: false } });
    changes.push(`Account ${email}: switched off, as the file does not name it`);
  }
  return changes;
}

/** Gives the hash of the demo password; null where there is none. */
type Demo = (() => Promise<string>) | null;

const placeOf = (plan: SchoolPlan, { at }: Member) => ({
  schoolId: at === 'school' ? plan.id : null,
  authorityId: at === 'authority' ? plan.authority.id : null,
});

const secret = async (demo: Demo) => ({ passwordHash: demo ? await demo() : null, demo: demo !== null });

async function make(tx: Tx, plan: SchoolPlan, member: Member, demo: Demo): Promise<string[]> {
  if (!member.active) return [];
  const { id = stableId(`account:${member.email}`), name, email, role, className } = member;
  await tx.user.create({ data: { id, name, email, role, className, ...placeOf(plan, member), ...(await secret(demo)) } });
  return [`: new, ${roleTitles[role]}${className ? ` of ${className}` : ''}`];
}

const names = { className: 'class', active: 'may sign in' };

async function change(tx: Tx, plan: SchoolPlan, member: Member, known: User, demo: Demo): Promise<string[]> {
  const { name, role, className, active } = member;
  const place = placeOf(plan, member);
  if (known.schoolId !== place.schoolId || known.authorityId !== place.authorityId) return move(tx, member, known, place, demo);
  const changed = differences(known, { name, role, className, active }, names).map((what) => `, ${what}`);
  const gains = demo !== null && known.passwordHash === null;
  const loses = demo === null && known.demo && member.at === 'school';
  const password = gains || loses ? await secret(demo) : {};
  if (changed.length > 0 || gains || loses)
    await tx.user.update({ where: { id: known.id }, data: { name, role, className, active, ...password } });
  return [...changed, ...(gains ? [': has the demo password'] : []), ...(loses ? [': no longer has the demo password'] : [])];
}

/** Somebody who left another school may come to this one; with a new password, and without what machines held in their name. */
async function move(
  tx: Tx,
  { name, email, role, className, active }: Member,
  known: User,
  place: object,
  demo: Demo,
): Promise<string[]> {
  if (!active) return [];
  if (known.active)
    throw new Refusal(
      'NotAllowed',
      `${email} is an account of another school or authority: switch it off there first, or write another address here`,
    );
  await tx.apiToken.updateMany({ where: { userId: known.id, revokedAt: null }, data: { revokedAt: new Date() } });
  await tx.user.update({ where: { id: known.id }, data: { name, role, className, active, ...place, ...(await secret(demo)) } });
  return [': moved here from where it was switched off'];
}
