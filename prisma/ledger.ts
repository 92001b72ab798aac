import { createHash } from 'node:crypto';
import type { Day } from '../policy/calendar/day.ts';
import { grouped } from '../policy/grouped.ts';
import type { Db, Tx } from './client.ts';
import { columnOf, dayOf } from './day-column.ts';
import { pageAfter } from './page-after.ts';
import { ask } from './pg-client.ts';

/** An event as the ledger keeps it, before it is numbered and chained. */
export type Entry = { type: string; [field: string]: unknown };
export type Signed = { inputKey: string; on: Day; at: Date; byUser: string | null; forUser?: string | null };

/** Where a chain stands: how many events it holds, and the hash of the last. */
export type Head = { seq: number; hash: string };

const beginning: Head = { seq: 0, hash: '0'.repeat(64) };

/** Where the ledger of a case or referral stands, and what was answered to the input of this key; null if it was not taken. */
export async function standsAt(tx: Tx, matterId: string, key: string): Promise<{ head: Head; answered: unknown }> {
  const [found] = await ask(tx)<{ answered: unknown; seq: number | null; hash: string | null }>`
    SELECT (SELECT outcome FROM matter_input WHERE matter_id = ${matterId}::uuid AND key = ${key}) AS answered, last.seq, last.hash
    FROM (SELECT) AS one LEFT JOIN LATERAL (
      SELECT seq, hash FROM ledger_event WHERE matter_id = ${matterId}::uuid ORDER BY seq DESC LIMIT 1
    ) AS last ON true`;
  const { answered = null, seq, hash } = found ?? {};
  return { head: seq && hash ? { seq, hash } : beginning, answered };
}

/**
 * Events numbered and each hashed over the one before it, as rows to be written, and where the ledger stands then. Two
 * writers of one seq cannot both succeed: the key is (matter, seq).
 */
export function chained(matterId: string, entries: readonly Entry[], signed: Signed, from: Head = beginning) {
  let head = from;
  const rows = entries.map(({ type, ...body }) => {
    const seq = head.seq + 1;
    const event = {
      matterId,
      seq,
      inputKey: signed.inputKey,
      type,
      onDay: signed.on,
      at: signed.at.toISOString(),
      byUser: signed.byUser,
      ...(signed.forUser && { forUser: signed.forUser }),
      body,
    };
    const prevHash = head.hash;
    head = { seq, hash: hashOf(prevHash, event) };
    return { ...event, onDay: columnOf(signed.on), at: signed.at, body: body as object, prevHash, hash: head.hash };
  });
  return { rows, head };
}

/** All events of a case or referral, oldest first. */
export const eventsOf = async (db: Db | Tx, matterId: string) =>
  (await db.ledgerEvent.findMany({ where: { matterId }, orderBy: { seq: 'asc' } })).map(asEvent);

/** The events of several, up to a day of the school, oldest first. */
export async function eventsOfAll(db: Db, matterIds: readonly string[], day: Day) {
  const where = { matterId: { in: [...matterIds] }, onDay: { lte: columnOf(day) } };
  const rows = await db.ledgerEvent.findMany({ where, orderBy: [{ matterId: 'asc' }, { seq: 'asc' }] });
  return grouped(rows.map(asEvent), ({ matterId }) => matterId);
}

const asEvent = <R extends { onDay: Date; type: string; body: unknown }>(row: R) => ({
  ...row,
  on: dayOf(row.onDay),
  event: { type: row.type, ...(row.body as object) } as Entry,
});

/** A page of a matter's events, oldest first: those after the one numbered `after`. */
export const eventsAfter = (db: Db, matterId: string, after: number | undefined) =>
  pageAfter(
    after === undefined ? undefined : String(after),
    [['seq', 'asc']],
    (seq) => db.ledgerEvent.findFirst({ where: { matterId, seq: Number(seq) } }),
    async ({ where, ...at }) => {
      const rows = await db.ledgerEvent.findMany({ where: { AND: [{ matterId }, where] }, ...at });
      return rows.map((row) => ({ id: String(row.seq), ...asEvent(row) }));
    },
  );

/**
 * Recomputes the chain. Null if every hash is right; otherwise the first event that is not, and why.
 */
export async function firstBreak(db: Db | Tx, matterId: string): Promise<{ seq: number; why: string } | null> {
  let head = beginning;
  for (const row of await eventsOf(db, matterId)) {
    const { seq, inputKey, type, byUser, forUser, body } = row;
    if (seq !== head.seq + 1) return { seq, why: `event ${head.seq + 1} is missing` };
    if (row.prevHash !== head.hash) return { seq, why: 'it does not follow the event before it' };
    const signed = { inputKey, onDay: row.on, at: row.at.toISOString(), byUser, ...(forUser && { forUser }) };
    const hash = hashOf(head.hash, { matterId, seq, type, ...signed, body });
    if (hash !== row.hash) return { seq, why: 'its content is not what was written' };
    head = { seq, hash };
  }
  return null;
}

const hashOf = (prevHash: string, event: object): string =>
  createHash('sha256').update(prevHash).update(canonical(event)).digest('hex');

/** JSON with sorted keys: the database does not keep their order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}

/** The SHA-256 of a state, for comparing what two places believe. */
export const stateHash = (state: unknown): string => createHash('sha256').update(canonical(state)).digest('hex');
