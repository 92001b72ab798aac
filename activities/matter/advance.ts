import { Refusal } from '../../policy/refusal.ts';
import type { Tx } from '../../prisma/client.ts';
import { chained, type Entry, type Head, standsAt, stateHash } from '../../prisma/ledger.ts';
import { ask, clientOf } from '../../prisma/pg-client.ts';
import { inserted, writeRows } from '../../prisma/write-rows.ts';
import type { MatterInput, MatterKind, Outcome } from '../../workflows/messages.ts';
import type { Deadline, Loads, Matter, OpenMatter, Rules } from './matter.ts';
import { waitingFor } from './waiting.ts';

export type Advance = {
  kind: MatterKind;
  matterId: string;
  input: MatterInput;
  /** After this (epoch ms) it is not taken any more: whoever said it was told that it was not. */
  validUntil?: number;
};

/**
 * Everything that a matter decides, in one transaction: read it, decide under its own policy, append the events,
 * write what the screens read, and answer with what follows. The same input again finds its key and gets the same answer; where the
 * matter stands is said as it stands by then, for something newer may have been taken meanwhile.
 * `clock` is looked at once more when all is written: what took too long is not taken after all.
 */
export async function advance(
  tx: Tx,
  loads: Loads,
  now: number,
  asked: Advance,
  clock: () => number = () => now,
): Promise<Outcome> {
  const { kind, matterId, input } = asked;
  await lock(tx, kind, matterId);
  const { head, answered } = await standsAt(tx, matterId, input.key);
  const matter = await loads[kind](tx, matterId, now, input);
  const answer = (said: Pick<Outcome, 'refused' | 'follow'>): Outcome => ({ ...standing(matter, matter.state, head), ...said });
  if (answered) {
    const { refused, follow } = answered as Outcome;
    return answer({ refused, follow });
  }
  try {
    inTime(asked, now);
    const events = matter.decide(input, await wordsOf(tx, input));
    const open: OpenMatter = (made, id) =>
      advance(tx, loads, now, { kind: made, matterId: id, input: { key: 'opened', kind: 'opened' } });
    return await wholeOrNot(tx, async () => {
      const outcome = await write(tx, matter, asked, events, now, { head, open });
      inTime(asked, clock());
      return outcome;
    });
  } catch (error) {
    if (!(error instanceof Refusal) || !matter.state) throw error;
    const { code, message, concerns } = error;
    return answer({ refused: { code, message, ...(concerns !== undefined && { concerns }) }, follow: [] });
  }
}

function inTime({ validUntil }: Advance, now: number): void {
  if (validUntil !== undefined && now > validUntil)
    throw new Refusal('Unavailable', 'It waited too long to be taken. Nothing was decided: please say it again');
}

/** Until the transaction ends, nobody else advances this matter. */
async function lock(tx: Tx, kind: MatterKind, matterId: string): Promise<void> {
  if (kind === 'case') await ask(tx)`SELECT id FROM attendance_case WHERE id = ${matterId}::uuid FOR UPDATE`;
  else await ask(tx)`SELECT id FROM referral WHERE id = ${matterId}::uuid FOR UPDATE`;
}

/**
 * What a refusal stops half way leaves nothing behind, though the transaction goes on to say that it was refused. What a matter
 * opens is written inside it under the same name: that is given back, or only what came after the other would be undone.
 */
async function wholeOrNot<T>(tx: Tx, write: () => Promise<T>): Promise<T> {
  const client = await clientOf(tx);
  await client.query('SAVEPOINT before_writing');
  try {
    const written = await write();
    await client.query('RELEASE SAVEPOINT before_writing');
    return written;
  } catch (error) {
    if (error instanceof Refusal) await client.query('ROLLBACK TO SAVEPOINT before_writing; RELEASE SAVEPOINT before_writing');
    throw error;
  }
}

async function write(
  tx: Tx,
  matter: Matter,
  asked: Advance,
  events: ReturnType<Matter['decide']>,
  now: number,
  { head, open }: { head: Head; open: OpenMatter },
): Promise<Outcome> {
  const { matterId, input } = asked;
  const { outcome: answer, ...made } = followed(matter, asked, events, now, head);
  const follow = await matter.keep(tx, { ...made, before: matter.state, events, open });
  const outcome: Outcome = { ...answer, follow };
  await writeRows(tx, [inserted('matter_input', [{ matterId, key: input.key, outcome }])]);
  return outcome;
}

/** Where events take a matter: its rows for the ledger, its state and its answer. Nothing is written, and nothing started yet. */
export function followed<State, Event extends Entry>(
  rules: Rules<State, Event>,
  { matterId, input }: Advance,
  events: readonly Event[],
  now: number,
  from?: Head,
) {
  const { id: byUser = null, for: forUser = null } = ('by' in input && input.by) || {};
  const signed = { inputKey: input.key, on: rules.on, at: new Date(now), byUser, forUser };
  const { rows, head } = chained(matterId, events, signed, from);
  const state = events.reduce<State | null>((before, event) => rules.evolve(before, event), rules.state) as State;
  const deadline = rules.deadline(state);
  const outcome: Outcome = { ...standing(rules, state, head, deadline), refused: null, follow: [] };
  return { rows, head, state, deadline, byUser, outcome };
}

function standing<State, Event extends Entry>(
  matter: Rules<State, Event>,
  state: State,
  head: Head,
  deadline: Deadline | null = matter.deadline(state),
) {
  return {
    waiting: matter.stepped ? null : waitingFor(deadline),
    summary: matter.headline(state),
    stage: matter.stage(state),
    closed: matter.closed(state),
    events: head.seq,
    stateHash: stateHash(state),
  };
}

/** What a person wrote with an input. Histories hold only its id. */
export async function wordsOf(tx: Tx, input: MatterInput): Promise<string | null> {
  const id = textIdOf(input);
  if (id === undefined) return null;
  const written = await tx.writtenText.findUnique({ where: { id } });
  // What became of a letter is so, whatever was written of it.
  if (!written && input.kind === 'letter outcome') return null;
  if (!written) throw new Refusal('BadInput', 'The text that belongs to this decision is not there. Please decide again');
  return (written.body as { text: string }).text;
}

function textIdOf(input: MatterInput): string | undefined {
  for (const part of ['decision', 'outcome'] as const) {
    const inner = part in input ? (input as Record<string, unknown>)[part] : undefined;
    if (inner && typeof inner === 'object' && 'textId' in inner) return inner.textId as string | undefined;
  }
  return 'textId' in input ? (input.textId as string | undefined) : undefined;
}
