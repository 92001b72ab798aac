import { createHash } from 'node:crypto';
import type { Day } from '../policy/calendar/day.ts';
import { type BaseOf, extendsOf } from '../policy/pack/layers.ts';
import type { Pack } from '../policy/pack/pack.ts';
import { readPack } from '../policy/pack/read.ts';
import { Refusal } from '../policy/refusal.ts';
import type { Db, Tx } from './client.ts';
import { columnOf } from './day-column.ts';
import type { PolicyPack } from './generated/client.ts';
import { ask } from './pg-client.ts';

type Either = Db | Tx;
/** A version of a policy that is kept here. */
export type KeptPack = { version: string; pack: Pack };

const read = new Map<string, Pack>();

/**
 * Keeps a policy's text, with the trust's policy that it extends, under the hash of both. The same again changes nothing. A
 * trust's new text gives each of its schools' policies a new version.
 * @returns the schools' policies that do not fit the trust's new text and stay as they were, each with why.
 * @throws Refusal if it is no policy that we can follow.
 */
export async function keepPack(db: Either, text: string, fileName: string): Promise<Kept> {
  const base = await baseNow(db, extendsOf(text, fileName));
  const { pack: id, 'in force': inForce } = readPack(text, fileName, only(base));
  const version = versionOf(text, base);
  const days = { inForceFrom: columnOf(inForce.from), inForceTo: inForce.to === undefined ? null : columnOf(inForce.to) };
  const row = { id, version, text, baseId: base?.id ?? null, baseVersion: base?.version ?? null };
  const { count } = await db.policyPack.createMany({ data: [{ ...row, ...days }], skipDuplicates: true });
  if (count === 0) await db.policyPack.update({ where: { id_version: { id, version } }, data: days });
  return { id, version, fresh: count > 0, misfits: count > 0 ? await keepThoseExtending(db, id) : [] };
}

export type Kept = { id: string; version: string; fresh: boolean; misfits: { id: string; why: string }[] };

/** The first 16 hex digits of the SHA-256 of a text, with the version of the trust's policy that it extends. */
export const versionOf = (text: string, base: Pick<PolicyPack, 'version'> | null): string =>
  createHash('sha256')
    .update(base ? `${text}\n${base.version}` : text)
    .digest('hex')
    .slice(0, 16);

/** What the schools of a trust say over its policy, the oldest first. */
export const thoseExtending = async (db: Either, baseId: string): Promise<PolicyPack[]> =>
  (await db.policyPack.findMany({ where: { baseId }, orderBy: { keptAt: 'desc' }, distinct: ['id', 'inForceFrom'] })).reverse();

/** What the schools of a trust say, over its new text. */
async function keepThoseExtending(db: Either, baseId: string): Promise<Kept['misfits']> {
  const misfits: Kept['misfits'] = [];
  for (const { id, text } of await thoseExtending(db, baseId)) {
    try {
      await keepPack(db, text, id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      misfits.push({ id, why: error.message });
    }
  }
  return misfits;
}

/** The trust's policy as it was kept last. */
export const baseNow = async (db: Either, id: string | undefined): Promise<PolicyPack | null> =>
  id === undefined ? null : db.policyPack.findFirst({ where: { id }, orderBy: { keptAt: 'desc' } });

/** Finds this one policy, and no other. */
export const only =
  (base: Pick<PolicyPack, 'id' | 'text'> | null): BaseOf =>
  (id) =>
    base?.id === id ? { text: base.text, fileName: id } : undefined;

/** The pack of this id and version, as a case that began under it reads it. */
export async function packOf(db: Either, id: string, version: string): Promise<Pack> {
  const key = `${id} ${version}`;
  const known = read.get(key);
  if (known) return known;
  const { text, baseOf } = await layersOf(db, id, version);
  const pack = readPack(text, id, baseOf);
  read.set(key, pack);
  return pack;
}

/** The text of a kept version and that of the trust's policy which it extends. */
export async function layersOf(db: Either, id: string, version: string): Promise<{ text: string; baseOf: BaseOf }> {
  const kept = await db.policyPack.findUnique({ where: { id_version: { id, version } } });
  if (!kept) throw new Refusal('NotFound', `The policy pack ${id} version ${version} is not kept here`);
  const { text, baseId, baseVersion } = kept;
  const base =
    baseId && baseVersion
      ? await db.policyPack.findUniqueOrThrow({ where: { id_version: { id: baseId, version: baseVersion } } })
      : null;
  return { text, baseOf: only(base) };
}

/** The version that new cases of a day begin under: of those in force the latest to begin; null if none is in force yet, or still. */
export async function packInForce(db: Either, id: string, on: Day): Promise<KeptPack | null> {
  const day = columnOf(on);
  const kept = await db.policyPack.findFirst({
    where: { id, inForceFrom: { lte: day }, OR: [{ inForceTo: null }, { inForceTo: { gte: day } }] },
    orderBy: [{ inForceFrom: 'desc' }, { keptAt: 'desc' }],
    select: { version: true },
  });
  return kept && { version: kept.version, pack: await packOf(db, id, kept.version) };
}

/** The version that a school's new cases of a day begin under, asked for with every file. */
export async function packAt(tx: Tx, schoolId: string, on: Day): Promise<KeptPack | null> {
  const [at] = await ask(tx)<{ packId: string; version: string | null }>`
    SELECT s.pack_id AS "packId", p.version FROM school AS s LEFT JOIN LATERAL (
      SELECT version FROM policy_pack
      WHERE id = s.pack_id AND in_force_from <= ${on}::date AND (in_force_to IS NULL OR in_force_to >= ${on}::date)
      ORDER BY in_force_from DESC, kept_at DESC LIMIT 1
    ) AS p ON true WHERE s.id = ${schoolId}`;
  if (!at) throw new Refusal('NotFound', `There is no school "${schoolId}"`);
  return at.version === null ? null : { version: at.version, pack: await packOf(tx, at.packId, at.version) };
}

/**
 * The version in force on a day, or else the newest that is kept: what a page shows and a setting-up looks at.
 * @throws Refusal('NotFound') if no version is kept.
 */
export const packShown = async (db: Either, id: string, on: Day): Promise<KeptPack> =>
  (await packInForce(db, id, on)) ?? newestPack(db, id);

/**
 * The version that was kept last, whether or not it is in force yet: what is tried before it is switched on.
 * @throws Refusal('NotFound') if no version is kept.
 */
export async function newestPack(db: Either, id: string): Promise<KeptPack> {
  const kept = await db.policyPack.findFirst({ where: { id }, orderBy: { keptAt: 'desc' } });
  if (!kept) throw new Refusal('NotFound', `There is no policy "${id}" here. Add it with "firstbell policy add FILE"`);
  return { version: kept.version, pack: await packOf(db, id, kept.version) };
}

export type KeptVersion = Pick<PolicyPack, 'version' | 'keptAt' | 'inForceFrom' | 'inForceTo'>;

/** The versions of a pack that are kept, the newest first. */
export const keptVersions = (db: Db, id: string): Promise<KeptVersion[]> =>
  db.policyPack.findMany({
    where: { id },
    select: { version: true, keptAt: true, inForceFrom: true, inForceTo: true },
    orderBy: { keptAt: 'desc' },
  });

/** Each policy that is kept, as it is on a day, and how many versions there are of it. */
export async function keptPacks(db: Db, on: Day): Promise<(KeptPack & { versions: number })[]> {
  const ids = await db.policyPack.groupBy({ by: ['id'], _count: { version: true }, orderBy: { id: 'asc' } });
  return Promise.all(ids.map(async ({ id, _count }) => ({ ...(await packShown(db, id, on)), versions: _count.version })));
}
