import type { Db } from './client.ts';

/** Keeps a new password's hash, and signs the account out wherever it is signed in. */
export async function keepPassword(db: Db, userId: string, passwordHash: string): Promise<void> {
  await db.$transaction([
    db.user.update({ where: { id: userId }, data: { passwordHash, demo: false } }),
    db.signInSession.deleteMany({ where: { sess: { path: ['userId'], equals: userId } } }),
  ]);
}
