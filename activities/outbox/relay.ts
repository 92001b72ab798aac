import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import type { Db } from '../../prisma/client.ts';
import type { Outbox } from '../../prisma/generated/client.ts';
import { type LetterRun, letterWorkflowId, release } from '../../workflows/letter-messages.ts';
import {
  caseWorkflowId,
  type MatterInput,
  type MatterKind,
  type Outcome,
  type Resumed,
  referralWorkflowId,
  reminderWorkflowId,
  taskQueue,
  tell,
} from '../../workflows/messages.ts';
import type { Resting } from './resting.ts';

const stageKey = defineSearchAttributeKey('FirstbellStage', 'KEYWORD');

type Deps = {
  db: Db;
  client: Client;
  advanceClosed: (row: { kind: MatterKind; matterId: string; input: MatterInput }) => Promise<unknown>;
  /** Looks whether a case has to be opened for a pupil. */
  lookAtPupil: (pupilId: string, key: string) => Promise<void>;
  resting: Resting;
  /** Aborted when the worker is told to stop: what is on its way arrives, the rest waits for the next worker. */
  told?: AbortSignal;
};

/** As many as keep an engine busy, and few enough to wait for when the worker is told to stop. */
const atOnce = 20;

/**
 * Takes the oldest rows of the outbox to the engine, in order for each matter; those of matters that rest are left for later. Rows are marked only when the engine has
 * them, so a kill in between delivers them again: the input's key makes the repeat harmless.
 * @returns how many rows were delivered.
 * @throws the first failure, once all that could be delivered is delivered and marked.
 */
export async function relay(deps: Deps, most = 100): Promise<number> {
  const where = { deliveredAt: null, matterId: { notIn: deps.resting.ids() } };
  const rows = await deps.db.outbox.findMany({ where, orderBy: { id: 'asc' }, take: most });
  if (rows.length === 0) return 0;
  const known = await knownOf(deps.db, rows);
  const delivered: bigint[] = [];
  const failures = new Map<string, unknown>();
  const lines = new Set(rows.map(lineOf)).values();
  const carry = async () => {
    for (const line of lines) {
      if (deps.told?.aborted) return;
      for (const row of rows.filter((one) => lineOf(one) === line)) {
        try {
          await deliver(deps, row, known);
        } catch (error) {
          failures.set(row.matterId, error);
          break;
        }
        delivered.push(row.id);
        deps.resting.arrived(row.matterId);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, carry));
  await deps.db.outbox.updateMany({ where: { id: { in: delivered } }, data: { deliveredAt: new Date() } });
  for (const matter of failures.keys()) deps.resting.failed(matter, delivered.length > 0);
  for (const error of failures.values()) throw error;
  return delivered.length;
}

/** What follows one another: the rows of a matter; and of pupils who are looked at all of a school, as each look has its register to itself. */
const lineOf = ({ matterKind, matterId, schoolId }: Outbox): string =>
  matterKind === 'pupil' ? `pupils of ${schoolId}` : matterId;

async function deliver(deps: Deps, row: Outbox, known: Known): Promise<void> {
  if (row.matterKind === 'reminder') return startReminder(deps, row.matterId);
  if (row.matterKind === 'pupil') return deps.lookAtPupil(row.matterId, (row.input as MatterInput).key);
  if (row.matterKind === 'letter') return row.kind === 'start' ? startLetter(deps, row) : releaseLetter(deps, row.matterId);
  const workflowId = workflowIdOf(row, known);
  if (row.kind === 'start') return start(deps, row, workflowId, known.openings.get(row.matterId));
  const input = row.input as MatterInput;
  try {
    await deps.client.workflow.getHandle(workflowId).signal(tell, { matterId: row.matterId, input });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await toNobodyRunning(deps, row, workflowId);
  }
}

/** No workflow runs: a closed matter hears it directly; an open one, whose engine lost it, is started again with it. */
async function toNobodyRunning(deps: Deps, row: Outbox, workflowId: string): Promise<void> {
  if (await isOpen(deps.db, row)) return start(deps, row, workflowId);
  await deps.advanceClosed({ kind: row.matterKind as MatterKind, matterId: row.matterId, input: row.input as MatterInput });
}

/**
 * Starts the matter's workflow: a case as its opening left it, which the import that opened it has written; else with its
 * first input. A pupil's last case may still be ending under the same id: then the row waits its turn.
 */
async function start({ client }: Deps, row: Outbox, workflowId: string, opening?: Outcome): Promise<void> {
  const { matterId, matterKind } = row;
  const begins: Omit<Resumed, 'matterId'> = opening
    ? { inbox: [], waiting: opening.waiting, stage: opening.stage }
    : { inbox: [{ input: row.input as MatterInput }], waiting: null, stage: '' };
  const options = {
    workflowId,
    taskQueue,
    memo: { matterId },
    args: [{ matterId, ...begins }] as [Resumed],
    ...(opening && {
      staticDetails: `Opened. ${opening.summary}`,
      typedSearchAttributes: new TypedSearchAttributes([{ key: stageKey, value: opening.stage }]),
    }),
  };
  try {
    await client.workflow.start(matterKind === 'case' ? 'attendanceCase' : 'laReferral', options);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const { memo } = await client.workflow.getHandle(workflowId).describe();
    if (memo?.matterId !== matterId) throw error;
  }
}

/** A letter of a case whose workflow has ended, and so starts nothing any more. */
async function startLetter({ client }: Deps, { matterId: letterId, input }: Outbox): Promise<void> {
  const run: LetterRun = { letterId, ...(input as { releaseAt: number }) };
  await startOnce(client, 'letterDelivery', { workflowId: letterWorkflowId(letterId), args: [run] });
}

/** Whom a closed case reminds. */
async function startReminder({ client }: Deps, reminderId: string): Promise<void> {
  await startOnce(client, 'staffReminder', { workflowId: reminderWorkflowId(reminderId), args: [{ reminderId }] });
}

/** A repeat finds it running, or done. */
async function startOnce(client: Client, type: string, one: { workflowId: string; args: [object] }): Promise<void> {
  try {
    await client.workflow.start(type, { ...one, taskQueue, workflowIdReusePolicy: 'REJECT_DUPLICATE' });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** A letter whose workflow has not begun yet is released when it has; one that has left has nothing to wait for. */
async function releaseLetter({ client, db }: Deps, letterId: string): Promise<void> {
  try {
    await client.workflow.getHandle(letterWorkflowId(letterId)).signal(release);
  } catch (error) {
    const waits = await db.letter.count({ where: { id: letterId, status: 'waiting' } });
    if (!(error instanceof WorkflowNotFoundError) || waits > 0) throw error;
  }
}

/** What the delivery of rows has to know of their cases: the pupil, after whom a workflow is named, and how the case opened. */
type Known = { pupils: ReadonlyMap<string, string>; openings: ReadonlyMap<string, Outcome> };

async function knownOf(db: Db, rows: readonly Outbox[]): Promise<Known> {
  const ids = rows.flatMap(({ matterKind, matterId }) => (matterKind === 'case' ? [matterId] : []));
  const cases = await db.attendanceCase.findMany({ where: { id: { in: ids } }, select: { id: true, pupilId: true } });
  const begun = rows.flatMap(({ kind, matterId }) => (kind === 'start' ? [matterId] : []));
  const openings = await db.matterInput.findMany({ where: { matterId: { in: begun }, key: 'opened' } });
  return {
    pupils: new Map(cases.map(({ id, pupilId }) => [id, pupilId])),
    openings: new Map(openings.map(({ matterId, outcome }) => [matterId, outcome as Outcome])),
  };
}

function workflowIdOf({ matterKind, matterId }: Outbox, { pupils }: Known): string {
  if (matterKind === 'referral') return referralWorkflowId(matterId);
  const pupilId = pupils.get(matterId);
  if (pupilId === undefined) throw new Error(`The outbox names case ${matterId}, which is not there`);
  return caseWorkflowId(pupilId);
}

async function isOpen(db: Db, { matterKind, matterId }: Outbox): Promise<boolean> {
  const where = { id: matterId, status: { not: 'closed' } };
  return (matterKind === 'case' ? await db.attendanceCase.count({ where }) : await db.referral.count({ where })) > 0;
}
