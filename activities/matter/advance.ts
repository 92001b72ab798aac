import { londonInstant } from '../../policy/calendar/day.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { Tx } from '../../prisma/client.ts';
import { append, type Head, headOf, stateHash } from '../../prisma/ledger.ts';
import type { MatterInput, MatterKind, Outcome, Waiting } from '../../workflows/messages.ts';
import type { Deadline, Loads, Matter, OpenMatter } from './matter.ts';

export type Advance = { kind: MatterKind; matterId: string; input: MatterInput };

/**
 * Everything that a matter decides, in one transaction: read it, decide under its own policy, append the events,
 * write what the screens read, and answer with what follows. The same input again finds its key and gets the same answer.
 */
export async function advance(tx: Tx, loads: Loads, now: number, { kind, matterId, input }: Advance): Promise<Outcome> {
  await lock(tx, kind, matterId);
  const taken = await tx.matterInput.findUnique({ where: { matterId_key: { matterId, key: input.key } } });
  if (taken) return taken.outcome as Outcome;
  const matter = await loads[kind](tx, matterId, now);
  try {
    const events = matter.decide(input, await wordsOf(tx, input));
    const open: OpenMatter = (made, id) =>
      advance(tx, loads, now, { kind: made, matterId: id, input: { key: 'opened', kind: 'opened' } });
    return await write(tx, matter, { kind, matterId, input }, events, now, open);
  } catch (error) {
    if (!(error instanceof Refusal) || !matter.state) throw error;
    const { code, message } = error;
    return { ...standing(matter, matter.state, await headOf(tx, matterId)), refused: { code, message }, follow: [] };
  }
}

/** Until the transaction ends, nobody else advances this matter. */
async function lock(tx: Tx, kind: MatterKind, matterId: string): Promise<void> {
  if (kind === 'case') await tx.$queryRaw`SELECT id FROM attendance_case WHERE id = ${matterId}::uuid FOR UPDATE`;
  else await tx.$queryRaw`SELECT id FROM referral WHERE id = ${matterId}::uuid FOR UPDATE`;
}

async function write(
  tx: Tx,
  matter: Matter,
  { matterId, input }: Advance,
  events: ReturnType<Matter['decide']>,
  now: number,
  open: OpenMatter,
): Promise<Outcome> {
  const byUser = 'by' in input ? input.by.id : null;
  const head = await append(tx, matterId, events, { inputKey: input.key, on: matter.on, at: new Date(now), byUser });
  const state = events.reduce<unknown>((before, event) => matter.evolve(before, event), matter.state);
  const deadline = matter.deadline(state);
  const follow = await matter.keep(tx, { state, events, head, deadline, byUser, open });
  const outcome: Outcome = { ...standing(matter, state, head, deadline), refused: null, follow };
  await tx.matterInput.create({ data: { matterId, key: input.key, outcome } });
  return outcome;
}

function standing(matter: Matter, state: unknown, head: Head, deadline: Deadline | null = matter.deadline(state)) {
  return {
    waiting: matter.stepped ? null : waitingFor(deadline),
    summary: matter.headline(state),
    stage: matter.stage(state),
    closed: matter.closed(state),
    events: head.seq,
    stateHash: stateHash(state),
  };
}

/** Deadlines are dates; a matter is woken at seven in the morning in London, before the school day. */
function waitingFor(deadline: Deadline | null): Waiting | null {
  return deadline && { key: `day:${deadline.on}`, until: londonInstant(deadline.on, '07:00'), why: deadline.why };
}

/** What a person wrote with an input. Histories hold only its id. */
async function wordsOf(tx: Tx, input: MatterInput): Promise<string | null> {
  const id = textIdOf(input);
  if (id === undefined) return null;
  const written = await tx.writtenText.findUnique({ where: { id } });
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
