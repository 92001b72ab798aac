import { createHash, randomBytes } from 'node:crypto';
import type { Db } from './client.ts';

/** How a token is kept: its SHA-256 alone, so that nobody who reads the database can speak with it. */
export const tokenHashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Makes a token that speaks for a user.
 * @returns the token, which cannot be read again, and its id; null if nobody active has this address.
 */
export async function addToken(db: Db, { email, label }: { email: string; label: string }) {
  const user = await db.user.findFirst({ where: { email: email.trim().toLowerCase(), active: true } });
  if (!user) return null;
  const token = `firstbell_${randomBytes(32).toString('base64url')}`;
  const { id } = await db.apiToken.create({ data: { label, userId: user.id, tokenHash: tokenHashOf(token) } });
  return { id, token, user };
}

/** Every token there was, newest first, with its user. */
export const tokens = (db: Db) =>
  db.apiToken.findMany({
    select: {
      id: true,
      label: true,
      createdAt: true,
      revokedAt: true,
      user: { select: { email: true, role: true, active: true } },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });

/** Makes a token worth nothing, from the next request on. False if there is none of this id; again changes nothing. */
export async function revokeToken(db: Db, id: string, at: Date): Promise<boolean> {
  await db.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
  return (await db.apiToken.count({ where: { id } })) === 1;
}
