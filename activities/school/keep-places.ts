import { shortDay } from '../../policy/calendar/day.ts';
import type { Place, SchoolPlan } from '../../policy/school/school-plan.ts';
import type { Tx } from '../../prisma/client.ts';
import { columnOrNull } from '../../prisma/day-column.ts';
import { differences } from './differences.ts';

/** Makes the authority, or changes what differs. @returns what was changed, in words */
export async function keepAuthority(tx: Tx, { id, address, ...rest }: Place): Promise<string[]> {
  const place = { ...rest, address: [...address] };
  const kept = await tx.authority.findUnique({ where: { id } });
  if (!kept) {
    await tx.authority.create({ data: { id, ...place } });
    return [`Authority ${id}: new, ${place.name}`];
  }
  const changed = differences(kept, place);
  if (changed.length > 0) await tx.authority.update({ where: { id }, data: place });
  return changed.map((what) => `Authority ${id}, ${what}`);
}

/** The same for the trust, if there is one. */
export async function keepTrust(tx: Tx, trust: SchoolPlan['trust']): Promise<string[]> {
  if (!trust) return [];
  const { id, name } = trust;
  const kept = await tx.trust.findUnique({ where: { id } });
  if (kept?.name === name) return [];
  await tx.trust.upsert({ where: { id }, create: trust, update: { name } });
  return [kept ? `Trust ${id}, name: ${kept.name} is now ${name}` : `Trust ${id}: new, ${name}`];
}

const names = {
  trustId: 'trust',
  authorityId: 'authority',
  packId: 'policy for new cases',
  recallMinutes: 'recall window in minutes',
};

/** The same for the school. The clock of a practice school is set once, and then only walks. */
export async function keepItself(tx: Tx, plan: SchoolPlan): Promise<string[]> {
  const { id, name, address, phone, email, authority, trust, packId, recallMinutes, practice } = plan;
  const belongs = { authorityId: authority.id, trustId: trust?.id ?? null };
  const school = { name, address: [...address], phone, email, ...belongs, packId, recallMinutes };
  const kept = await tx.school.findUnique({ where: { id } });
  if (!kept) {
    const clock = { training: practice !== null, today: columnOrNull(practice?.today ?? null), seed: practice?.seed ?? null };
    await tx.school.create({ data: { id, ...school, ...clock } });
    return [
      `School ${id}: new, ${name}${practice ? `, a practice school whose clock stands at ${shortDay(practice.today)}` : ''}`,
    ];
  }
  const changed = differences(kept, school, names);
  if (changed.length > 0) await tx.school.update({ where: { id }, data: school });
  return changed.map((what) => `School ${id}, ${what}`);
}
