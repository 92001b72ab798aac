import { randomUUID } from 'node:crypto';
import type { Client, Connection } from '@temporalio/client';
import { mattersThrough } from '../../../api/engine/matters.ts';
import { keepText } from '../../../prisma/cases.ts';
import { letterWorkflowId } from '../../../workflows/letter-messages.ts';
import { caseWorkflowId } from '../../../workflows/messages.ts';
import { bareTaskQueue, bareUpdate } from './bare-messages.ts';
import { approver, type BenchSchool, type OpenCase } from './bench-school.ts';
import { latestOf, momentsOf } from './moments.ts';

export type World = { client: Client; connection: Connection; school: BenchSchool; told: AbortSignal };
export type Round = Awaited<ReturnType<typeof oneRound>>;

/** Opens cases and approves what they propose, each step followed by its bare counterpart. Letters are done before the next begins. */
export async function oneRound(world: World, from: number, count: number) {
  const opened = await openCases(world, from, count);
  const bare = await startBare(world, count);
  const half = Math.ceil(count / 2);
  const each = async (places: [number, number?], callers: number) => ({
    approved: await approve(world, opened.cases.slice(...places), callers),
    bare: await updateBare(world, bare.ids.slice(...places), callers),
    noted: await note(world, opened.cases.slice(...places), callers),
  });
  return {
    inInbox: opened.inInbox,
    running: opened.running,
    bareStarts: bare.rate,
    oneByOne: await each([0, half], 1),
    tenAtOnce: await each([half], 10),
  };
}

async function openCases({ school, ...world }: World, from: number, count: number) {
  const began = Date.now();
  await school.cross(from, from + count);
  const committed = Date.now();
  const ids = school.pupilIds.slice(from, from + count).map(caseWorkflowId);
  const ran = await latestOf(world, ids, 'workflowTaskCompleted');
  return {
    cases: await school.casesOf(from, from + count),
    inInbox: rate(count, committed - began),
    running: rate(count, ran - committed),
  };
}

async function startBare(world: World, count: number) {
  const ids = Array.from({ length: count }, () => `bare:${randomUUID()}`);
  const began = Date.now();
  await Promise.all(ids.map((workflowId) => world.client.workflow.start('bareCase', { workflowId, taskQueue: bareTaskQueue })));
  const ran = await latestOf(world, ids, 'workflowTaskCompleted');
  return { ids, rate: rate(count, ran - began) };
}

/** Approves what each case proposes, through what the API itself speaks to cases with. */
async function approve(world: World, cases: readonly OpenCase[], callers: number) {
  const { db } = world.school;
  const matters = mattersThrough({ ...world, db, patience: 60_000 });
  const decision = { choice: 'approve' } as const;
  const answers = await answered(world, cases, callers, ({ id, proposal, version }) => {
    const input = { key: randomUUID(), kind: 'decision', by: approver, proposal, version, decision } as const;
    return matters.decide({ kind: 'case', matterId: id, input });
  });
  const ids = cases.map(({ pupilId }) => caseWorkflowId(pupilId));
  const accepted = await momentsOf(world, ids, 'workflowExecutionUpdateAccepted');
  const [queued, askedToQueued, written]: [number[], number[], number[]] = [[], [], []];
  for (const [i, { id }] of cases.entries()) {
    const rows = await db.letter.findMany({ where: { caseId: id }, select: { id: true } });
    const letters = rows.map((letter) => letterWorkflowId(letter.id));
    const begun = await latestOf(world, letters, 'workflowExecutionStarted');
    queued.push(begun - (accepted[i] as number));
    askedToQueued.push(begun - (answers.asked[i] as number));
    written.push((await latestOf(world, letters, 'timerStarted')) - (accepted[i] as number));
  }
  return { rate: answers.rate, queued, askedToQueued, written };
}

/** The least that a person can say to a case: it is in the ledger, and nothing follows. */
async function note(world: World, cases: readonly OpenCase[], callers: number) {
  const { db } = world.school;
  const matters = mattersThrough({ ...world, db, patience: 60_000 });
  const textId = randomUUID();
  await keepText(db, textId, approver.id, 'Rang home.');
  return answered(world, cases, callers, ({ id }) => {
    const input = { key: randomUUID(), kind: 'note', by: approver, textId } as const;
    return matters.decide({ kind: 'case', matterId: id, input });
  });
}

const updateBare = (world: World, ids: readonly string[], callers: number) =>
  answered(world, ids, callers, (id) => world.client.workflow.getHandle(id).executeUpdate(bareUpdate, { args: ['approve'] }));

/** Asks of each thing, so many at once, the next as soon as one is answered. `asked` is when (epoch ms). */
async function answered<T>({ told }: World, things: readonly T[], callers: number, ask: (thing: T) => Promise<unknown>) {
  const asked: number[] = [];
  const left = [...things.entries()];
  const caller = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      told.throwIfAborted();
      asked[next[0]] = Date.now();
      await ask(next[1]);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  return { asked, rate: rate(things.length, performance.now() - began) };
}

/** So many a second. */
const rate = (count: number, ms: number): number => (count / Math.max(1, ms)) * 1000;
