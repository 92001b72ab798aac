import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { ReferralEvent } from '../policy/referral/event.ts';
import { evolve } from '../policy/referral/evolve.ts';
import type { ReferralState } from '../policy/referral/state.ts';
import { stateAfter } from '../prisma/case-then.ts';
import { connect, type Db } from '../prisma/client.ts';
import { eventsOf, firstBreak, stateHash } from '../prisma/ledger.ts';
import { caseWorkflowId, referralWorkflowId, standing } from '../workflows/messages.ts';
import { type Command, WrongUse } from './command.ts';
import { loadGiven } from './config.ts';
import { engineClient } from './engine/engine.ts';
import { Obstacle } from './obstacle.ts';
import { runningDatabase } from './running-database.ts';
import { runningEngine } from './running-engine.ts';

export const command: Command = {
  summary: 'recompute the ledger of a case, rebuild its state from it, and compare with what the screens and the engine hold',
  usage: 'verify CASE-ID | REFERRAL-ID [--data DIR]',
  async run(argv) {
    const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: { data: { type: 'string' } } });
    const [id] = positionals;
    if (!id || positionals.length > 1 || !/^[0-9a-f-]{36}$/.test(id))
      throw new WrongUse('Give the id of a case or a referral: it is in the address of its page.');
    const given = loadGiven();
    const folder = path.resolve(values.data ?? given.FIRSTBELL_DATA);
    const db = connect(runningDatabase(given, folder));
    const engine = await engineClient(runningEngine(given, folder));
    try {
      const findings = await lookedAgain(() => verify(db, id, (workflowId) => stateHeldBy(engine, workflowId, id)));
      for (const { what, right } of findings) console.log(`${said(right)}  ${what}`);
      return findings.every(({ right }) => right === true) ? 0 : 1;
    } finally {
      await Promise.all([db.$disconnect(), engine.connection.close()]);
    }
  },
};

/**
 * The hash of the state that a matter's workflow holds; null if it has not been heard in this run.
 * @throws Obstacle if there is no such workflow; NotAnswered if nobody answers for it in time
 */
async function stateHeldBy({ client, connection }: Engine, workflowId: string, matterId: string): Promise<string | null> {
  try {
    const answer = await connection.withDeadline(Date.now() + 10_000, () =>
      client.workflow.getHandle(workflowId).query(standing),
    );
    return answer?.matterId === matterId ? answer.stateHash : null;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError)
      throw new Obstacle('the engine runs no workflow for it: if it was opened just now, ask again', { cause: error });
    if (!(error instanceof ServiceError)) throw error;
    throw new NotAnswered(
      'the workflow did not answer: see that the case engine and its worker run, or ask again when they have less to do',
      { cause: error },
    );
  }
}

/** The engine or its worker is busy, or not there. */
class NotAnswered extends Obstacle {}

type Engine = Awaited<ReturnType<typeof engineClient>>;

/** `right` is null where it could not be asked: nothing is known to be wrong. */
type Finding = { what: string; right: boolean | null };

function said(right: Finding['right']): string {
  if (right === null) return 'NOT ASKED';
  return right ? 'right' : 'WRONG';
}

/** How often it is looked again at what seems wrong, and after how long, in ms: a case that moves is not the same everywhere for a moment. */
const looks = 3;
const between = 2_000;

async function lookedAgain(look: () => Promise<Finding[]>): Promise<Finding[]> {
  for (let n = 1; ; n++) {
    const findings = await look();
    if (n === looks || findings.every(({ right }) => right !== false)) return findings;
    await pause(between);
  }
}

/** Each thing that was compared, and whether it is right; it is not known of a workflow that does not answer. `asked` gives the state's hash as the matter's workflow knows it. */
export async function verify(db: Db, id: string, asked: (workflowId: string) => Promise<string | null>): Promise<Finding[]> {
  const found = await db.attendanceCase.findUnique({ where: { id } });
  const referral = found ? null : await db.referral.findUnique({ where: { id } });
  const kept = found ?? referral;
  if (!kept) throw new Obstacle(`There is no case and no referral ${id} here.`);
  const broken = await firstBreak(db, id);
  const events = await eventsOf(db, id);
  const rebuilt = found
    ? stateAfter(events)
    : events.reduce<ReferralState | null>((state, { event, on }) => evolve(state, event as unknown as ReferralEvent, on), null);
  const hash = stateHash(rebuilt);
  const workflowId = found ? caseWorkflowId(found.pupilId) : referralWorkflowId(id);
  const running = kept.status === 'closed' ? [] : [await ofWorkflow(asked(workflowId), hash)];
  return [
    {
      what: broken ? `the chain breaks at event ${broken.seq}: ${broken.why}` : `the chain of ${events.length} events`,
      right: broken === null,
    },
    {
      what: 'the state rebuilt from the ledger is the state that the screens read',
      right: hash === stateHash(kept.state) && kept.events === events.length,
    },
    ...running,
  ];
}

async function ofWorkflow(asking: Promise<string | null>, hash: string): Promise<Finding> {
  try {
    const running = await asking;
    if (running === null) return { what: 'the workflow has not been heard since it began its run', right: true };
    return { what: 'the workflow holds the same state', right: running === hash };
  } catch (error) {
    if (error instanceof NotAnswered) return { what: error.message, right: null };
    if (error instanceof Obstacle) return { what: error.message, right: false };
    throw error;
  }
}
