import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Db } from '../../prisma/client.ts';
import type { Outbox } from '../../prisma/generated/client.ts';
import { letterWorkflowId, release } from '../../workflows/letter-messages.ts';
import {
  caseWorkflowId,
  type MatterInput,
  type MatterKind,
  type Resumed,
  referralWorkflowId,
  taskQueue,
  tell,
} from '../../workflows/messages.ts';

type Deps = {
  db: Db;
  client: Client;
  advanceClosed: (row: { kind: MatterKind; matterId: string; input: MatterInput }) => Promise<unknown>;
};

/**
 * Takes the oldest rows of the outbox to the engine, in order for each matter. A row is marked only when the engine has
 * it, so a kill in between delivers it again: the input's key makes the repeat harmless.
 * @returns how many rows were delivered.
 */
export async function relay(deps: Deps, most = 100): Promise<number> {
  const rows = await deps.db.outbox.findMany({ where: { deliveredAt: null }, orderBy: { id: 'asc' }, take: most });
  const matters = [...new Set(rows.map(({ matterId }) => matterId))];
  await Promise.all(
    matters.map((matter) =>
      inOrder(
        deps,
        rows.filter(({ matterId }) => matterId === matter),
      ),
    ),
  );
  return rows.length;
}

async function inOrder(deps: Deps, rows: Outbox[]): Promise<void> {
  for (const row of rows) {
    await deliver(deps, row);
    await deps.db.outbox.update({ where: { id: row.id }, data: { deliveredAt: new Date() } });
  }
}

async function deliver(deps: Deps, row: Outbox): Promise<void> {
  if (row.matterKind === 'letter') return releaseLetter(deps, row.matterId);
  if (row.kind === 'start') return start(deps, row);
  const input = row.input as MatterInput;
  try {
    await deps.client.workflow.getHandle(await workflowIdOf(deps.db, row)).signal(tell, { matterId: row.matterId, input });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await toNobodyRunning(deps, row);
  }
}

/** No workflow runs: a closed matter hears it directly; an open one, whose engine lost it, is started again with it. */
async function toNobodyRunning(deps: Deps, row: Outbox): Promise<void> {
  if (await isOpen(deps.db, row)) return start(deps, row);
  await deps.advanceClosed({ kind: row.matterKind as MatterKind, matterId: row.matterId, input: row.input as MatterInput });
}

/** Starts the matter's workflow. A pupil's last case may still be ending under the same id: then the row waits its turn. */
async function start({ db, client }: Deps, row: Outbox): Promise<void> {
  const { matterId } = row;
  const workflowId = await workflowIdOf(db, row);
  const options = {
    workflowId,
    taskQueue,
    memo: { matterId },
    args: [{ matterId, inbox: [{ input: row.input as MatterInput }], waiting: null }] as [Resumed],
  };
  try {
    await client.workflow.start(row.matterKind === 'case' ? 'attendanceCase' : 'laReferral', options);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const { memo } = await client.workflow.getHandle(workflowId).describe();
    if (memo?.matterId !== matterId) throw error;
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

async function workflowIdOf(db: Db, { matterKind, matterId }: Outbox): Promise<string> {
  if (matterKind === 'referral') return referralWorkflowId(matterId);
  const { pupilId } = await db.attendanceCase.findUniqueOrThrow({ where: { id: matterId }, select: { pupilId: true } });
  return caseWorkflowId(pupilId);
}

async function isOpen(db: Db, { matterKind, matterId }: Outbox): Promise<boolean> {
  const where = { id: matterId, status: { not: 'closed' } };
  return (matterKind === 'case' ? await db.attendanceCase.count({ where }) : await db.referral.count({ where })) > 0;
}
