import { existsSync } from 'node:fs';
import type { Db } from './client.ts';

const folder = new URL('../policy/packs/', import.meta.url);

/** True if a policy of this id comes with Firstbell. */
export const comesWithFirstbell = (id: string): boolean => /^[a-z0-9-]+$/.test(id) && existsSync(new URL(`${id}.yaml`, folder));

/** A policy and those that extend it. */
async function withThoseOver(db: Db, id: string): Promise<string[]> {
  const over = await db.policyPack.findMany({ where: { baseId: id }, select: { id: true }, distinct: ['id'] });
  return [id, ...over.map((one) => one.id)];
}

/** The schools that follow a policy, or one that extends it. */
export async function schoolsFollowing(db: Db, id: string): Promise<string[]> {
  const packId = { in: await withThoseOver(db, id) };
  return (await db.school.findMany({ where: { packId }, select: { id: true } })).map((school) => school.id);
}

/** The schools that brought in a version of one of these policies. */
export async function schoolsBringing(db: Db, ids: readonly string[]): Promise<string[]> {
  const where = { id: { in: [...ids] }, bySchool: { not: null } };
  const rows = await db.policyPack.findMany({ where, select: { bySchool: true }, distinct: ['bySchool'] });
  return rows.flatMap(({ bySchool }) => bySchool ?? []);
}

/** The schools that follow or have followed a policy or one that extends it, or that brought one of these in. */
export async function schoolsKnowing(db: Db, id: string): Promise<string[]> {
  const ids = await withThoseOver(db, id);
  const before = await db.policyFollowed.findMany({ where: { was: { in: ids } }, select: { schoolId: true } });
  return [...(await schoolsFollowing(db, id)), ...(await schoolsBringing(db, ids)), ...before.map(({ schoolId }) => schoolId)];
}
