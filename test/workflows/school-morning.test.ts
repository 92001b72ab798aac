import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { morningScheduleId } from '../../bin/engine/morning-schedule.ts';
import { keepPack } from '../../prisma/packs.ts';
import { aSchool, until } from '../support/school.ts';

const text = readFileSync(new URL('../../policy/packs/gloucestershire.yaml', import.meta.url), 'utf8');
const byItself = text.replace('become O: by a person', 'become O: by itself');

describe('the morning of a school whose policy makes unexplained absences O by itself', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    const una = { '2026-09-15 AM': 'N', '2026-09-17 AM': 'N' };
    school = await aSchool({ today: '2026-09-21', pupils: { una, vic: { '2026-09-10': 'I' } } });
    await school.decide('vic', 'letter-1', { choice: 'approve' });
    await keepPack(school.db, byItself, 'gloucestershire.yaml');
  });
  afterAll(() => school.end());

  /** A case of which a letter went that the register came to contradict when it was closed: a correction waits. */
  async function closeOwingCorrection(pupil: string) {
    const { id } = await school.caseOf(pupil);
    const by = { id: 'lead', role: 'sal' } as const;
    const textId = randomUUID();
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'Moved away' } } });
    await school.matters.decide({ kind: 'case', matterId: id, input: { key: 'close', kind: 'close', by, textId } });
    await school.correct(pupil, '2026-09-10', { AM: '/', PM: '\\' });
    const noted = () =>
      school.db.ledgerEvent.findMany({ where: { matterId: id, type: 'letters overtaken' }, orderBy: { seq: 'asc' } });
    const now = async () => ((await noted()).at(-1)?.body as { is?: { attended: number } } | undefined)?.is?.attended;
    // Each session is corrected by itself: the one that comes second changes what is asked, and whoever is asked has time from then on.
    await until(async () => (await now()) === 28 && (await school.proposals(pupil)).length === 1);
  }

  const marks = async (code: string) => school.db.mark.count({ where: { code, knownUntil: null } });

  it('comes with the training clock: on the sixth school day and not before', async () => {
    await school.stepTo('2026-09-22');
    expect([await marks('N'), await marks('O')]).toEqual([2, 0]);
    await school.stepTo('2026-09-23');
    expect([await marks('N'), await marks('O')]).toEqual([1, 1]);
  });

  it('comes by the wall clock for a real school, from the schedule that every worker makes sure of', async () => {
    const schedule = school.engine.client.schedule.getHandle(morningScheduleId);
    const { spec, state } = await schedule.describe();
    expect([spec.timezone, state.paused]).toEqual(['Europe/London', false]);
    await closeOwingCorrection('vic');
    await school.db.school.updateMany({ data: { training: false, today: null } });
    await schedule.trigger();
    await until(async () => (await marks('N')) === 0);
    expect(await marks('O')).toBe(2);
  });

  it('reminds of what a closed case of a real school asks for: no timer does', async () => {
    const { id: matterId } = await school.caseOf('vic');
    const heard = () => school.db.ledgerEvent.findMany({ where: { matterId, type: { in: ['reminded', 'escalated'] } } });
    await until(async () => (await heard()).length === 2);
    await until(
      async () => (await school.db.outbox.count({ where: { matterKind: 'reminder', deliveredAt: { not: null } } })) === 2,
    );
  });
});
