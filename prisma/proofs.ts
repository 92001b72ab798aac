import type { Proof } from '../policy/prove/prove.ts';
import type { Db } from './client.ts';
import type { Prisma } from './generated/client.ts';
import { isLater, release } from './release.ts';
import { rulesProved } from './rules-proved.ts';

/** A version of a policy that is kept. */
export type Version = { packId: string; version: string };

const statuses = ['waiting', 'running', 'done', 'failed'] as const;

/** How far the proof of a version is, and what it came to. */
export type KeptProof = {
  status: 'not asked' | (typeof statuses)[number];
  proof: Proof | null;
  why: string | null;
  finishedAt: Date | null;
  /** The release by whose rules it was made; null for one before that was kept. */
  madeBy: string | null;
  /** Those rules (rules-proved.ts); null for one before they were kept. */
  rules: string | null;
};

const one = ({ packId, version }: Version) => ({ packId_version: { packId, version } });

/** What became of proving a version. */
export async function proofOf(db: Db, of: Version): Promise<KeptProof> {
  const row = await db.policyProof.findUnique({ where: one(of) });
  if (!row) return { status: 'not asked', proof: null, why: null, finishedAt: null, madeBy: null, rules: null };
  const status = statuses.find((known) => known === row.status) ?? 'failed';
  const { why, finishedAt, madeBy, rules } = row;
  return { status, proof: row.proof as Proof | null, why, finishedAt, madeBy, rules };
}

/** True of what other rules found, unless a later release has them: they may come to something else. */
export const isOutOfDate = ({ finishedAt, madeBy, rules }: KeptProof): boolean =>
  finishedAt !== null && rules !== rulesProved && !isLater(madeBy);

/** Has a version proved, again if that was done before: what was found stays until then. While it waits or runs, asking again changes nothing. */
export async function askProof(db: Db, of: Version): Promise<void> {
  const { count } = await db.policyProof.createMany({ data: [of], skipDuplicates: true });
  if (count > 0) return;
  const anew = { status: 'waiting', why: null, heardAt: null, askedAt: new Date() };
  await db.policyProof.updateMany({ where: { ...of, status: { in: ['done', 'failed'] } }, data: anew });
}

/** Takes the proof that waits longest, or whose process has not been heard of since `silentSince`; null if there is none. */
export async function takeProof(db: Db, silentSince: Date): Promise<Version | null> {
  const [taken] = await db.$queryRaw<Version[]>`
    UPDATE policy_proof SET status = 'running', heard_at = now() WHERE (pack_id, version) = (
      SELECT pack_id, version FROM policy_proof
      WHERE status = 'waiting' OR (status = 'running' AND heard_at < ${silentSince}::timestamptz)
      ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING pack_id AS "packId", version`;
  return taken ?? null;
}

/**
 * Takes a proof that was made by other rules, of a version that is in force or under which a case runs: it may come to something else.
 * Null if there is none. What a later release made stands, or two that serve one database would never be done.
 */
export async function takeOutdatedProof(db: Db): Promise<Version | null> {
  const releases = await db.policyProof.findMany({ distinct: ['madeBy'], select: { madeBy: true } });
  const later = releases.flatMap(({ madeBy }) => (madeBy !== null && isLater(madeBy) ? [madeBy] : []));
  const [taken] = await db.$queryRaw<Version[]>`
    UPDATE policy_proof SET status = 'running', heard_at = now() WHERE (pack_id, version) = (
      SELECT pack_id, version FROM policy_proof AS p
      WHERE status IN ('done', 'failed') AND rules IS DISTINCT FROM ${rulesProved} AND (made_by IS NULL OR made_by <> ALL (${later})) AND (
        version = (
          SELECT version FROM policy_pack WHERE id = p.pack_id AND current_date BETWEEN in_force_from AND coalesce(in_force_to, 'infinity')
          ORDER BY in_force_from DESC, kept_at DESC LIMIT 1)
        OR EXISTS (
          SELECT FROM attendance_case AS c WHERE c.status = 'open' AND c.pack_id = p.pack_id AND c.pack_version = p.version))
      ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING pack_id AS "packId", version`;
  return taken ?? null;
}

const running = ({ packId, version }: Version) => ({ where: { packId, version, status: 'running' } });

/** Notes that the process which proves it is at it. */
export const heardOfProof = async (db: Db, of: Version): Promise<void> =>
  void (await db.policyProof.updateMany({ ...running(of), data: { heardAt: new Date() } }));

/** Lets it wait again: whoever ran it was told to stop. */
export const handBackProof = async (db: Db, of: Version): Promise<void> =>
  void (await db.policyProof.updateMany({ ...running(of), data: { status: 'waiting' } }));

/** Keeps what it came to, or why it came to nothing. */
export async function endProof(db: Db, of: Version, ending: { proof: Proof } | { why: string }): Promise<void> {
  const so =
    'proof' in ending
      ? { status: 'done', proof: ending.proof as unknown as Prisma.InputJsonValue, why: null }
      : { status: 'failed', why: ending.why };
  await db.policyProof.updateMany({
    ...running(of),
    data: { ...so, finishedAt: new Date(), madeBy: release, rules: rulesProved },
  });
}
