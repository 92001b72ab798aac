import { setTimeout as pause } from 'node:timers/promises';
import {
  type Client,
  type Connection,
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { isRefusalCode, Refusal, refusalOf } from '../../policy/refusal.ts';
import type { Db } from '../../prisma/client.ts';
import { letterWorkflowId, recall, settle } from '../../workflows/letter-messages.ts';
import { caseWorkflowId, decide, type Outcome, referralWorkflowId, taskQueue } from '../../workflows/messages.ts';
import { clockWorkflowId } from '../../workflows/training-messages.ts';
import type { Matters, Said } from '../deps.ts';

/** How long a person waits for an answer, in ms. What was decided is not taken after it. */
const answeredWithin = 5_000;
/** The share of that in which it has to be written: the rest is for its answer. */
const onTheWay = 0.9;

/** Why nobody runs to be asked; null if it will run in a moment. */
type Gone = () => Promise<Refusal | null>;
/** `now` is the clock that cases live by (epoch ms): by it they know that something was said too late. */
type Engine = {
  client: Client;
  connection: Connection;
  db: Db;
  patience?: number;
  now?: () => number;
  /** Tells a closed matter, for whom nothing runs; without it nothing is decided there. */
  advanceClosed?: (said: Said) => Promise<Outcome>;
};

/** Speaks to cases, referrals, letters and the training clock through the engine, with an end to every wait. */
export function mattersThrough(engine: Engine): Matters {
  const { client, connection, db, patience = answeredWithin, now = Date.now, advanceClosed } = engine;
  const within = <T>(until: number, ask: () => Promise<T>) => connection.withDeadline(until, ask);

  /**
   * An update that met the case while it continued as a new run may answer with an error although it was taken. The same
   * update id is asked again: the ledger's key makes the repeat harmless.
   */
  async function ask<T>(update: () => Promise<T>, until: number, gone: Gone, meanwhile = unsure): Promise<T> {
    for (;;) {
      try {
        return await within(until, update);
      } catch (error) {
        const refusal = refusalIn(error);
        if (refusal) throw refusal;
        if (error instanceof WorkflowNotFoundError) {
          const closed = await gone();
          if (closed) throw closed;
        } else if (!mayHaveMoved(error)) throw noAnswer(error, meanwhile);
        if (Date.now() + 200 > until) throw noAnswer(error, meanwhile);
        await pause(100);
      }
    }
  }

  return {
    async decide(said: Said): Promise<Outcome> {
      if (advanceClosed && (await closedMatter(db, said))) return accepted(await advanceClosed(said));
      const until = Date.now() + patience;
      const handle = client.workflow.getHandle(await workflowIdOf(db, said));
      const updateId = `${said.input.key}:${until}`;
      const told = { matterId: said.matterId, input: said.input, validUntil: now() + patience * onTheWay };
      return ask(
        () => handle.executeUpdate(decide, { updateId, args: [told] }),
        until,
        () => closedMatter(db, said),
        undecided,
      );
    },
    async recallLetter({ letterId, ...said }) {
      const handle = client.workflow.getHandle(letterWorkflowId(letterId));
      const gone = async () => new Refusal('Stale', 'The letter has left. It cannot be called back');
      await ask(() => handle.executeUpdate(recall, { updateId: said.textId, args: [said] }), Date.now() + patience, gone);
    },
    async settleLetter({ letterId, ...said }) {
      const handle = client.workflow.getHandle(letterWorkflowId(letterId));
      const gone = async () => new Refusal('Stale', 'The letter is no longer waiting for that');
      const updateId = 'textId' in said ? said.textId : `settle:${letterId}:${said.how}`;
      await ask(() => handle.executeUpdate(settle, { updateId, args: [said] }), Date.now() + patience, gone);
    },
    async walkClock({ schoolId, stepId }) {
      const options = {
        workflowId: clockWorkflowId(stepId),
        taskQueue,
        args: [{ schoolId, stepId }],
        workflowIdConflictPolicy: 'USE_EXISTING' as const,
      };
      await ask(
        () => client.workflow.start('trainingClock', options),
        Date.now() + patience,
        async () => null,
      );
    },
  };
}

function accepted(outcome: Outcome): Outcome {
  if (outcome.refused) throw refusalOf(outcome.refused);
  return outcome;
}

async function workflowIdOf(db: Db, { kind, matterId }: Said): Promise<string> {
  if (kind === 'referral') return referralWorkflowId(matterId);
  const found = await db.attendanceCase.findUnique({ where: { id: matterId }, select: { pupilId: true } });
  if (!found) throw new Refusal('NotFound', 'There is no such case');
  return caseWorkflowId(found.pupilId);
}

async function closedMatter(db: Db, { kind, matterId }: Said): Promise<Refusal | null> {
  const where = { id: matterId, status: 'closed' };
  const closed = kind === 'case' ? await db.attendanceCase.count({ where }) : await db.referral.count({ where });
  return closed > 0 ? new Refusal('Closed', 'This is closed. Nothing more can be decided on it') : null;
}

function refusalIn(error: unknown): Refusal | null {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure && isRefusalCode(cause.type))) return null;
  const concerns = cause.details?.[0];
  return new Refusal(cause.type, cause.message, { cause: error, concerns: typeof concerns === 'string' ? concerns : undefined });
}

/** What the engine's server itself said, if it did; the client wraps some of its answers. */
function grpcCodeOf(error: unknown): number | undefined {
  const said = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(said) ? said.code : undefined;
}

const failedPrecondition = 9;

/** The two answers that the server gives when a run ends or continues while an update is on its way. */
const mayHaveMoved = (error: unknown): boolean =>
  grpcCodeOf(error) === failedPrecondition ||
  (error instanceof WorkflowUpdateFailedError &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === 'AcceptedUpdateCompletedWorkflow');

/** A decision is not taken after its time; what is said to a letter or a clock may be. */
const undecided = 'Nothing was decided: try again in a moment';
const unsure = 'Look again in a moment whether it was done';

/** Nobody answered in time. `meanwhile` says what that means. */
function noAnswer(error: unknown, meanwhile: string): unknown {
  const late =
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    error instanceof WorkflowNotFoundError ||
    error instanceof ServiceError ||
    grpcCodeOf(error) !== undefined;
  return late ? new Refusal('Unavailable', `The case engine does not answer just now. ${meanwhile}`, { cause: error }) : error;
}
