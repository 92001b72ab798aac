import { existsSync, readFileSync } from 'node:fs';
import { type AuthorityProfile, readAuthority } from '../policy/referral/authority.ts';
import type { Db, Tx } from './client.ts';

const folder = new URL('../policy/packs/authorities/', import.meta.url);
const textOf = (id: string) => readFileSync(new URL(`${id}.yaml`, folder), 'utf8');

const nationalText = { text: textOf('default'), fileName: 'national' };
/** The national profile: how any authority is served of which nothing is known. */
export const national = readAuthority(nationalText.text, nationalText.fileName);

/** A profile as it holds, and the texts that say so: the national one and, over it, the authority's own. */
export type HeldProfile = { profile: AuthorityProfile; layers: { text: string; fileName: string }[] };

const read = new Map<string, AuthorityProfile>();

/** How this authority does what the law leaves to it: by a file that was added here, else as this version knows it. */
export async function profileOf(db: Db | Tx, authorityId: string): Promise<HeldProfile> {
  const kept = await db.authorityProfile.findUnique({ where: { authorityId } });
  if (kept) return held(kept.text, authorityId);
  if (authorityId === 'default' || !/^[a-z0-9-]+$/.test(authorityId) || !existsSync(new URL(`${authorityId}.yaml`, folder)))
    return { profile: national, layers: [nationalText] };
  return held(textOf(authorityId), authorityId);
}

function held(text: string, fileName: string): HeldProfile {
  const profile = read.get(text) ?? readAuthority(text, fileName, national);
  read.set(text, profile);
  return { profile, layers: [nationalText, { text, fileName }] };
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
