import { createHash } from 'node:crypto';
import type { Pack } from '../policy/pack/pack.ts';
import { readPack } from '../policy/pack/read.ts';
import { Refusal } from '../policy/refusal.ts';
import type { Db, Tx } from './client.ts';

const read = new Map<string, Pack>();

/** Keeps a pack's text under the hash of its content. The same text again changes nothing. */
export async function keepPack(db: Db | Tx, text: string, fileName: string): Promise<{ id: string; version: string }> {
  const { pack: id } = readPack(text, fileName);
  const version = createHash('sha256').update(text).digest('hex').slice(0, 16);
  await db.policyPack.createMany({ data: [{ id, version, text }], skipDuplicates: true });
  return { id, version };
}

/** The pack of this id and version, as a case that began under it reads it. */
export async function packOf(db: Db | Tx, id: string, version: string): Promise<Pack> {
  const key = `${id} ${version}`;
  const known = read.get(key);
  if (known) return known;
  const kept = await db.policyPack.findUnique({ where: { id_version: { id, version } } });
  if (!kept) throw new Refusal('NotFound', `The policy pack ${id} version ${version} is not kept here`);
  const pack = readPack(kept.text, id);
  read.set(key, pack);
  return pack;
}

/** The newest kept version of a pack: what new cases begin under. */
export async function newestPack(db: Db | Tx, id: string): Promise<{ version: string; pack: Pack }> {
  const kept = await db.policyPack.findFirst({ where: { id }, orderBy: { keptAt: 'desc' } });
  if (!kept) throw new Refusal('NotFound', `There is no policy pack "${id}". Add it with "firstbell migrate"`);
  return { version: kept.version, pack: await packOf(db, id, kept.version) };
}

/** The versions of a pack that are kept, the newest first. */
export const keptVersions = (db: Db, id: string): Promise<{ version: string; keptAt: Date }[]> =>
  db.policyPack.findMany({ where: { id }, select: { version: true, keptAt: true }, orderBy: { keptAt: 'desc' } });

/** The newest version of each pack that is kept, and how many versions there are of it. */
export async function keptPacks(db: Db): Promise<{ pack: Pack; versions: number }[]> {
  const ids = await db.policyPack.groupBy({ by: ['id'], _count: { version: true }, orderBy: { id: 'asc' } });
  return Promise.all(ids.map(async ({ id, _count }) => ({ pack: (await newestPack(db, id)).pack, versions: _count.version })));
}
