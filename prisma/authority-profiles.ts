import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Day } from '../policy/calendar/day.ts';
import {
  type AuthorityProfile,
  inForceFrom,
  type KeptAuthority,
  readAuthority,
  readKeptAuthority,
} from '../policy/referral/authority.ts';
import type { Db, Tx } from './client.ts';
import { columnOf, dayOf } from './day-column.ts';

const folder = new URL('../policy/packs/authorities/', import.meta.url);
const textOf = (id: string) => readFileSync(new URL(`${id}.yaml`, folder), 'utf8');

const nationalText = { text: textOf('default'), fileName: 'national' };
/** The national profile: how any authority is served of which nothing is known. */
export const national = readAuthority(nationalText.text, nationalText.fileName);

type Layer = { text: string; fileName: string };

/**
 * A profile as it holds, and the texts that say so, each over the one before: the national one first. `unread` is what the kept text
 * says and this release does not read, so that nobody follows it.
 */
export type HeldProfile = KeptAuthority & { layers: Layer[] };

const read = new Map<string, AuthorityProfile>();
const readAsKept = new Map<string, KeptAuthority>();

/**
 * How this authority does what the law leaves to it on the day of the facts, such as that on which a referral was made: as this
 * version knows it and, over that, by the text that holds on that day here. What neither says is as the national profile says.
 */
export async function profileOf(db: Db | Tx, authorityId: string, on: Day): Promise<HeldProfile> {
  const kept = await heldOn(db, authorityId, on);
  const known = shipped(authorityId);
  const below = known.reduce(over, national);
  if (!kept) return { profile: below, unread: [], layers: [nationalText, ...known] };
  const own = { text: kept.text, fileName: authorityId };
  return { ...keptOver(below, own), layers: [nationalText, ...known, own] };
}

/** The text of the authority's own that holds on a day, with its first day; null if there is none. */
export async function heldOn(db: Db | Tx, authorityId: string, on: Day): Promise<{ text: string; from: Day } | null> {
  const row = await db.authorityProfile.findFirst({
    where: { authorityId, inForceFrom: { lte: columnOf(on) } },
    orderBy: [{ inForceFrom: 'desc' }, { keptAt: 'desc' }],
  });
  return row && { text: row.text, from: dayOf(row.inForceFrom) };
}

/** The days after one on which another text of the authority's own begins, the first of them first. */
export async function profilesFollow(db: Db | Tx, authorityId: string, on: Day): Promise<Day[]> {
  const rows = await db.authorityProfile.findMany({
    where: { authorityId, inForceFrom: { gt: columnOf(on) } },
    select: { inForceFrom: true },
    distinct: ['inForceFrom'],
    orderBy: { inForceFrom: 'asc' },
  });
  return rows.map((row) => dayOf(row.inForceFrom));
}

function shipped(id: string): Layer[] {
  if (id === 'default' || !/^[a-z0-9-]+$/.test(id) || !existsSync(new URL(`${id}.yaml`, folder))) return [];
  return [{ text: textOf(id), fileName: id }];
}

function over(below: AuthorityProfile, { text, fileName }: Layer): AuthorityProfile {
  const key = JSON.stringify([below, text]);
  const profile = read.get(key) ?? readAuthority(text, fileName, below);
  read.set(key, profile);
  return profile;
}

function keptOver(below: AuthorityProfile, { text, fileName }: Layer): KeptAuthority {
  const key = JSON.stringify([below, text]);
  const kept = readAsKept.get(key) ?? readKeptAuthority(text, fileName, below);
  readAsKept.set(key, kept);
  return kept;
}

/**
 * Keeps what an authority decides for itself, from the day that its text names, or else from today. What holds on that day already
 * changes nothing. What was kept before stays: referrals made before that day go on by it.
 * @throws Refusal if it is no profile that we can follow.
 */
export async function keepProfile(
  db: Db,
  { text, fileName }: Layer,
  { today, byUser = null }: { today: Day; byUser?: string | null },
): Promise<{ id: string; from: Day; fresh: boolean }> {
  const { authority: authorityId, ...says } = readAuthority(text, fileName, national);
  const from = inForceFrom(says) ?? today;
  const fresh = (await heldOn(db, authorityId, from))?.text !== text;
  if (fresh) await db.authorityProfile.create({ data: { authorityId, text, byUser, inForceFrom: columnOf(from) } });
  return { id: authorityId, from, fresh };
}

/** An authority's own text that is not kept yet, beside what holds: what would hold, from which day, and for whom. */
export type ProfileDraft = {
  was: AuthorityProfile;
  now: AuthorityProfile;
  from: Day;
  /** Whether the text itself names that day. */
  dated: boolean;
  /** The day on which another begins that is kept already. */
  until: Day | null;
  /** Names what was looked at: another text, or another profile that holds by then, is something else. */
  seen: string;
  known: boolean;
  schools: string[];
  /** Referrals that are open there, and those of them that were made since and would follow it. */
  running: number;
  following: number;
};

/**
 * What keeping a text would do.
 * @throws Refusal if it is no profile that we can follow.
 */
export async function profileDraft(db: Db, { text, fileName }: Layer, today: Day): Promise<ProfileDraft> {
  const { authority: authorityId, ...says } = readAuthority(text, fileName, national);
  const from = inForceFrom(says) ?? today;
  const held = await heldOn(db, authorityId, from);
  const [until = null] = await profilesFollow(db, authorityId, from);
  const schools = await db.school.findMany({ where: { authorityId }, orderBy: { name: 'asc' } });
  const open = { authorityId, status: 'open' };
  const since = { gte: columnOf(from), ...(until !== null && { lt: columnOf(until) }) };
  return {
    was: (await profileOf(db, authorityId, from)).profile,
    now: over(shipped(authorityId).reduce(over, national), { text, fileName }),
    ...{ from, dated: inForceFrom(says) !== null, until },
    seen: createHash('sha256')
      .update(JSON.stringify([text, from, held?.text]))
      .digest('hex')
      .slice(0, 16),
    known: held?.text === text,
    schools: schools.map(({ name }) => name),
    running: await db.referral.count({ where: open }),
    following: await db.referral.count({ where: { ...open, madeOn: since } }),
  };
}
