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
export async function keepProfile(db: Db, text: string, fileName: string): Promise<{ id: string; fresh: boolean }> {
  const { authority: authorityId } = readAuthority(text, fileName, national);
  const before = await db.authorityProfile.findUnique({ where: { authorityId } });
  await db.authorityProfile.upsert({ where: { authorityId }, create: { authorityId, text }, update: { text } });
  return { id: authorityId, fresh: before?.text !== text };
}
