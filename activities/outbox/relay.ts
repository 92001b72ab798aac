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
 * Takes the oldest rows of the outbox to the engine, in order for each matter. Rows are marked only when the engine has
 * them, so a kill in between delivers them again: the input's key makes the repeat harmless.
 * @returns how many rows were delivered.
 * @throws the first failure, once all that could be delivered is delivered and marked.
 */
export async function relay(deps: Deps, most = 100): Promise<number> {
  const rows = await deps.db.outbox.findMany({ where: { deliveredAt: null }, orderBy: { id: 'asc' }, take: most });
  if (rows.length === 0) return 0;
  const pupils = await pupilsOf(deps.db, rows);
  const delivered: bigint[] = [];
  const matters = [...new Set(rows.map(({ matterId }) => matterId))];
  const endings = await Promise.allSettled(
    matters.map(async (matter) => {
      for (const row of rows.filter(({ matterId }) => matterId === matter)) {
        await deliver(deps, row, pupils);
        delivered.push(row.id);
      }
    }),
  );
  await deps.db.outbox.updateMany({ where: { id: { in: delivered } }, data: { deliveredAt: new Date() } });
  for (const ending of endings) if (ending.status === 'rejected') throw ending.reason;
  return rows.length;
}
type Pupils = ReadonlyMap<string, string>;

async function deliver(deps: Deps, row: Outbox, pupils: Pupils): Promise<void> {
  if (row.matterKind === 'letter') return releaseLetter(deps, row.matterId);
  const workflowId = workflowIdOf(row, pupils);
  if (row.kind === 'start') return start(deps, row, workflowId);
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

/** Starts the matter's workflow. A pupil's last case may still be ending under the same id: then the row waits its turn. */
async function start({ client }: Deps, { matterId, matterKind, input }: Outbox, workflowId: string): Promise<void> {
  const options = {
    workflowId,
    taskQueue,
    memo: { matterId },
    args: [{ matterId, inbox: [{ input: input as MatterInput }], waiting: null }] as [Resumed],
  };
  try {
    await client.workflow.start(matterKind === 'case' ? 'attendanceCase' : 'laReferral', options);
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

/** The pupils of the cases among these rows: a case's workflow is named after its pupil. */
async function pupilsOf(db: Db, rows: readonly Outbox[]): Promise<Pupils> {
  const ids = rows.flatMap(({ matterKind, matterId }) => (matterKind === 'case' ? [matterId] : []));
  const cases = await db.attendanceCase.findMany({ where: { id: { in: ids } }, select: { id: true, pupilId: true } });
  return new Map(cases.map(({ id, pupilId }) => [id, pupilId]));
}

function workflowIdOf({ matterKind, matterId }: Outbox, pupils: Pupils): string {
  if (matterKind === 'referral') return referralWorkflowId(matterId);
  const pupilId = pupils.get(matterId);
  if (pupilId === undefined) throw new Error(`The outbox names case ${matterId}, which is not there`);
  return caseWorkflowId(pupilId);
}

async function isOpen(db: Db, { matterKind, matterId }: Outbox): Promise<boolean> {
  const where = { id: matterId, status: { not: 'closed' } };
  return (matterKind === 'case' ? await db.attendanceCase.count({ where }) : await db.referral.count({ where })) > 0;
}
