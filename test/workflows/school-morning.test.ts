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
    school = await aSchool({ today: '2026-09-21', pupils: { una: { '2026-09-15 AM': 'N', '2026-09-17 AM': 'N' } } });
    await keepPack(school.db, byItself, 'gloucestershire.yaml');
  });
  afterAll(() => school.end());

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
    await school.db.school.updateMany({ data: { training: false, today: null } });
    await schedule.trigger();
    await until(async () => (await marks('N')) === 0);
    expect(await marks('O')).toBe(2);
  });
});
