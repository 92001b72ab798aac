import type { Db } from './client.ts';
import type { IdempotentReply } from './generated/client.ts';

/** A claim without an answer for this long was left by a process that died: whoever comes next takes it over. */
const abandonedAfter = 2 * 60_000;
const keptFor = 7 * 24 * 60 * 60_000;

/** `ours` if this request is the first with its key; else what the first left. */
export async function claimReply(
  db: Db,
  { key, requestHash, at }: { key: string; requestHash: string; at: Date },
): Promise<'ours' | IdempotentReply> {
  await db.idempotentReply.deleteMany({ where: { key, status: null, createdAt: before(at, abandonedAfter) } });
  const { count } = await db.idempotentReply.createMany({ data: [{ key, requestHash, createdAt: at }], skipDuplicates: true });
  if (count === 1) return 'ours';
  // Gone again in between: the first was refused just now, so this one may try.
  return (await db.idempotentReply.findUnique({ where: { key } })) ?? claimReply(db, { key, requestHash, at });
}

const before = (at: Date, age: number) => ({ lt: new Date(at.getTime() - age) });

/** The answer that every repeat gets. It is kept also where the claim was given up by another that had taken it over. */
export async function keepReply(
  db: Db,
  { key, requestHash, at }: { key: string; requestHash: string; at: Date },
  reply: { status: number; body: object },
): Promise<void> {
  await db.idempotentReply.upsert({ where: { key }, update: reply, create: { key, requestHash, createdAt: at, ...reply } });
}

/** Lets the key be used again. */
export const giveUpReply = async (db: Db, key: string): Promise<void> =>
  void (await db.idempotentReply.deleteMany({ where: { key, status: null } }));

/** Forgets the answers of more than a week ago. */
export const forgetReplies = async (db: Db, at: Date): Promise<void> =>
  void (await db.idempotentReply.deleteMany({ where: { createdAt: before(at, keptFor) } }));
