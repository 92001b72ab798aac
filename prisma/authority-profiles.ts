import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type AuthorityProfile, readAuthority } from '../policy/referral/authority.ts';
import type { Db, Tx } from './client.ts';

const folder = new URL('../policy/packs/authorities/', import.meta.url);
const textOf = (id: string) => readFileSync(new URL(`${id}.yaml`, folder), 'utf8');

const nationalText = { text: textOf('default'), fileName: 'national' };
/** The national profile: how any authority is served of which nothing is known. */
export const national = readAuthority(nationalText.text, nationalText.fileName);

type Layer = { text: string; fileName: string };

/** A profile as it holds, and the texts that say so, each over the one before: the national one first. */
export type HeldProfile = { profile: AuthorityProfile; layers: Layer[] };

const read = new Map<string, AuthorityProfile>();

/**
 * How this authority does what the law leaves to it: as this version knows it and, over that, by a file that was added here.
 * What neither says is as the national profile says.
 */
export async function profileOf(db: Db | Tx, authorityId: string): Promise<HeldProfile> {
  const kept = await db.authorityProfile.findUnique({ where: { authorityId } });
  const own = [...shipped(authorityId), ...(kept ? [{ text: kept.text, fileName: authorityId }] : [])];
  return { profile: own.reduce(over, national), layers: [nationalText, ...own] };
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

/**
 * Keeps what an authority decides for itself. The same again changes nothing.
 * @throws Refusal if it is no profile that we can follow.
 */
export async function keepProfile(
  db: Db,
  text: string,
  fileName: string,
  byUser: string | null = null,
): Promise<{ id: string; fresh: boolean }> {
  const { authority: authorityId } = readAuthority(text, fileName, national);
  const before = await db.authorityProfile.findUnique({ where: { authorityId } });
  const fresh = before?.text !== text;
  const kept = { text, byUser, keptAt: new Date() };
  if (fresh) await db.authorityProfile.upsert({ where: { authorityId }, create: { authorityId, ...kept }, update: kept });
  return { id: authorityId, fresh };
}

/** An authority's own text that is not kept yet, beside what holds: what would hold, and for whom. */
export type ProfileDraft = {
  was: AuthorityProfile;
  now: AuthorityProfile;
  /** Names what was looked at: another text, or another profile that holds by then, is something else. */
  seen: string;
  known: boolean;
  schools: string[];
  /** Referrals that are open there. */
  running: number;
};

/**
 * What keeping a text would do.
 * @throws Refusal if it is no profile that we can follow.
 */
export async function profileDraft(db: Db, text: string, fileName: string): Promise<ProfileDraft> {
  const { authority: authorityId } = readAuthority(text, fileName, national);
  const kept = await db.authorityProfile.findUnique({ where: { authorityId } });
  const below = shipped(authorityId).reduce(over, national);
  const schools = await db.school.findMany({ where: { authorityId }, orderBy: { name: 'asc' } });
  return {
    was: (await profileOf(db, authorityId)).profile,
    now: over(below, { text, fileName }),
    seen: createHash('sha256')
      .update(JSON.stringify([text, kept?.text]))
      .digest('hex')
      .slice(0, 16),
    known: kept?.text === text,
    schools: schools.map(({ name }) => name),
    running: await db.referral.count({ where: { authorityId, status: 'open' } }),
  };
}
