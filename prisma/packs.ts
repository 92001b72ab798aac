import { createHash } from 'node:crypto';
import { type Day, londonDay } from '../policy/calendar/day.ts';
import { readKeptPack } from '../policy/pack/kept-pack.ts';
import { type BaseOf, daysSaid, extendsOf } from '../policy/pack/layers.ts';
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
 * How a text is kept: the day from which on it matters, whether one that is kept already takes its place again, and the school at
 * which it is brought in, if it is at one.
 */
type Keeping = { on?: Day; again?: boolean; bySchool?: string | null };

/**
 * Keeps a policy's text, under its hash. That of a school is kept over the trust's policy that it extends, once over each
 * version of it that is in force on the day or comes into force later, and begins no earlier than that one does. The same again
 * takes the place of what was kept since. A trust's new text gives each of its schools' policies a new version.
 * @returns the version that comes first, and the schools' policies that do not fit the trust's new text and stay as they were,
 * each with why.
 * @throws Refusal if it is no policy that we can follow.
 */
export const keepPack = (
  db: Either,
  text: string,
  fileName: string,
  { on, again = true, bySchool = null }: Keeping = {},
): Promise<Kept> => keep(db, { text, fileName }, { on: on ?? londonDay(Date.now()), again, bySchool, at: new Date() });

type Text = { text: string; fileName: string };
type Keep = { on: Day; again: boolean; bySchool: string | null; at: Date };

async function keep(db: Either, { text, fileName }: Text, how: Keep): Promise<Kept> {
  const kept: (Omit<Kept, 'misfits'> & Days)[] = [];
  for (const base of await basesOf(db, text, fileName, how.on)) {
    const { pack: id, 'in force': own } = readPack(text, fileName, only(base));
    const version = versionOf(text, base);
    const days = daysOver(own, base);
    const row = {
      id,
      version,
      text,
      baseId: base?.id ?? null,
      baseVersion: base?.version ?? null,
      keptAt: how.at,
      bySchool: how.bySchool,
    };
    const { count } = await db.policyPack.createMany({ data: [{ ...row, ...days }], skipDuplicates: true });
    const back = count === 0 && how.again && (await isReplaced(db, { id, version, ...days }));
    if (count === 0)
      await db.policyPack.update({
        where: { id_version: { id, version } },
        data: { ...days, ...(back && { keptAt: how.at }) },
      });
    kept.push({ id, version, fresh: count > 0 || back, ...days });
  }
  const [first] = kept as [Omit<Kept, 'misfits'> & Days];
  const fresh = kept.some((one) => one.fresh);
  const { id, version } = first;
  return { id, version, fresh, misfits: fresh ? await keepThoseExtending(db, first, how) : [] };
}

export type Kept = { id: string; version: string; fresh: boolean; misfits: { id: string; why: string }[] };

type Days = Pick<PolicyPack, 'inForceFrom' | 'inForceTo'>;

/** A school's text is in force while it and the trust's are. */
export function daysOver({ from, to }: Pack['in force'], base: Days | null): Days {
  const own = columnOf(from);
  const ends = [to === undefined ? null : columnOf(to), base?.inForceTo ?? null].filter((day) => day !== null);
  return {
    inForceFrom: base && base.inForceFrom > own ? base.inForceFrom : own,
    inForceTo: ends.sort((a, b) => Number(a) - Number(b))[0] ?? null,
  };
}

/** True if another version that begins on the same day was kept since. */
export async function isReplaced(
  db: Either,
  { id, version, inForceFrom }: Pick<PolicyPack, 'id' | 'version' | 'inForceFrom'>,
): Promise<boolean> {
  const newest = await db.policyPack.findFirst({ where: { id, inForceFrom }, orderBy: { keptAt: 'desc' } });
  return newest !== null && newest.version !== version;
}

/** The first 16 hex digits of the SHA-256 of a text, with the version of the trust's policy that it extends. */
export const versionOf = (text: string, base: Pick<PolicyPack, 'version'> | null): string =>
  createHash('sha256')
    .update(base ? `${text}\n${base.version}` : text)
    .digest('hex')
    .slice(0, 16);

/**
 * What the schools of a trust say over its policy, each text once: what takes the place of another comes after it. A text that a
 * school has replaced by then with one that no longer extends the trust's is left out.
 */
export async function thoseExtending(db: Either, base: Pick<PolicyPack, 'id' | 'inForceFrom'>): Promise<PolicyPack[]> {
  const theirs = await db.policyPack.findMany({ where: { baseId: base.id }, select: { id: true }, distinct: ['id'] });
  const newestFirst = await db.policyPack.findMany({
    where: { id: { in: theirs.map(({ id }) => id) } },
    orderBy: [{ inForceFrom: 'desc' }, { keptAt: 'desc' }],
    distinct: ['id', 'inForceFrom'],
  });
  const over = newestFirst.filter(({ baseId }) => baseId === base.id);
  const others = newestFirst.filter(({ baseId }) => baseId !== base.id);
  const isGivenUp = ({ id, inForceFrom: from }: PolicyPack) =>
    others.some((one) => one.id === id && one.inForceFrom > from && one.inForceFrom <= base.inForceFrom);
  return over
    .filter((one) => !isGivenUp(one))
    .filter(({ id, text }, i, all) => all.findIndex((one) => one.id === id && one.text === text) === i)
    .reverse();
}

/** What the schools of a trust say, over its new text: a millisecond after one another, so that the last stays in force. */
async function keepThoseExtending(db: Either, base: Pick<PolicyPack, 'id' | 'inForceFrom'>, how: Keep): Promise<Kept['misfits']> {
  const misfits: Kept['misfits'] = [];
  for (const [i, { id, text, bySchool }] of (await thoseExtending(db, base)).entries()) {
    try {
      await keep(db, { text, fileName: id }, { ...how, bySchool, at: new Date(how.at.getTime() + i + 1) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      misfits.push({ id, why: error.message });
    }
  }
  return misfits;
}

/**
 * The versions of the trust's policy that a text stands on, the first to hold first: that in force on the day, or when the text
 * begins if that is later, and each that begins after it. Where the trust has none for those days, its newest. One null for a text
 * that extends nothing.
 */
export async function basesOf(
  db: Either,
  text: string,
  fileName: string,
  on: Day,
): Promise<[PolicyPack | null, ...PolicyPack[]]> {
  const id = extendsOf(text, fileName);
  if (id === undefined) return [null];
  const { from, to } = daysSaid(text, fileName) ?? { from: on };
  const begins = columnOf(from > on ? from : on);
  const ends = to === undefined ? null : columnOf(to);
  const bases = await db.policyPack.findMany({
    where: { id },
    orderBy: [{ inForceFrom: 'asc' }, { keptAt: 'desc' }],
    distinct: ['inForceFrom'],
  });
  const first = bases.findLast(({ inForceFrom, inForceTo }) => inForceFrom <= begins && !(inForceTo && inForceTo < begins));
  const later = bases.filter(({ inForceFrom }) => inForceFrom > begins && !(ends && inForceFrom > ends));
  const [next = null, ...rest] = first ? [first, ...later] : later;
  return [next ?? (await db.policyPack.findFirst({ where: { id }, orderBy: { keptAt: 'desc' } })), ...rest];
}

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
  const pack = readKeptPack(text, id, baseOf);
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
