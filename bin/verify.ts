import type { CaseEvent } from '../policy/case/event.ts';
import { evolve } from '../policy/case/evolve.ts';
import type { CaseState } from '../policy/case/state.ts';
import type { ReferralEvent } from '../policy/referral/event.ts';
import { evolve as evolveReferral } from '../policy/referral/evolve.ts';
import type { ReferralState } from '../policy/referral/state.ts';
import { connect, type Db } from '../prisma/client.ts';
import { eventsOf, firstBreak, stateHash } from '../prisma/ledger.ts';
import { caseWorkflowId, referralWorkflowId, standing } from '../workflows/messages.ts';
import { type Command, WrongUse } from './command.ts';
import { loadConfig } from './config.ts';
import { engineClient } from './engine/engine.ts';
import { Obstacle } from './obstacle.ts';

export const command: Command = {
  summary: 'recompute the ledger of a case, rebuild its state from it, and compare with what the screens and the engine hold',
  usage: 'verify CASE-ID | REFERRAL-ID',
  async run([id]) {
    if (!id || !/^[0-9a-f-]{36}$/.test(id))
      throw new WrongUse('Give the id of a case or a referral: it is in the address of its page.');
    const config = loadConfig();
    const db = connect(config.DATABASE_URL);
    const { client, connection } = await engineClient(config);
    try {
      const findings = await verify(db, id, async (workflowId) => {
        const answer = await client.workflow.getHandle(workflowId).query(standing);
        return answer?.matterId === id ? answer.stateHash : null;
      });
      for (const { what, right } of findings) console.log(`${right ? 'right' : 'WRONG'}  ${what}`);
      return findings.every(({ right }) => right) ? 0 : 1;
    } finally {
      await Promise.all([db.$disconnect(), connection.close()]);
    }
  },
};

type Finding = { what: string; right: boolean };

/** Each thing that was compared, and whether it is right. `asked` gives the state's hash as the matter's workflow knows it. */
export async function verify(db: Db, id: string, asked: (workflowId: string) => Promise<string | null>): Promise<Finding[]> {
  const found = await db.attendanceCase.findUnique({ where: { id } });
  const referral = found ? null : await db.referral.findUnique({ where: { id } });
  const kept = found ?? referral;
  if (!kept) throw new Obstacle(`There is no case and no referral ${id} here.`);
  const broken = await firstBreak(db, id);
  const events = await eventsOf(db, id);
  const rebuilt = found
    ? events.reduce<CaseState | null>((state, { event, on }) => evolve(state, event as unknown as CaseEvent, on), null)
    : events.reduce<ReferralState | null>(
        (state, { event, on }) => evolveReferral(state, event as unknown as ReferralEvent, on),
        null,
      );
  const hash = stateHash(rebuilt);
  const workflowId = found ? caseWorkflowId(found.pupilId) : referralWorkflowId(id);
  const running = kept.status === 'closed' ? undefined : await asked(workflowId);
  return [
    {
      what: broken ? `the chain breaks at event ${broken.seq}: ${broken.why}` : `the chain of ${events.length} events`,
      right: broken === null,
    },
    {
      what: 'the state rebuilt from the ledger is the state that the screens read',
      right: hash === stateHash(kept.state) && kept.events === events.length,
    },
    ...(running === undefined
      ? []
      : [
          {
            what:
              running === null ? 'the workflow has not been heard since it began its run' : 'the workflow holds the same state',
            right: running === null || running === hash,
          },
        ]),
  ];
}
