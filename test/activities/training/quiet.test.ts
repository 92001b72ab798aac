import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { quietSchools } from '../../../activities/training/quiet.ts';
import { aRegister, schoolId } from '../register/a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
beforeAll(async () => {
  school = await aRegister();
});
afterAll(() => school.end());

const minutesAgo = (n: number) => new Date(Date.now() - n * 60_000);
const told = (matterId: string, key: string, deliveredAt: Date | null) =>
  school.db.outbox.create({ data: { schoolId, matterId, matterKind: 'case', kind: 'tell', input: { key }, deliveredAt } });
const take = (matterId: string, key: string) => school.db.matterInput.create({ data: { matterId, key, outcome: {} } });

/** Whether a wait has ended: `looks` of it are given a chance first. */
async function waiting(wait: ReturnType<typeof quietSchools>) {
  let ended = false;
  let looks = 0;
  const done = wait(schoolId, () => looks++).then(() => {
    ended = true;
  });
  const looked = async (n: number) => {
    while (looks < n && !ended) await pause(10);
    return ended;
  };
  return { done, looked, looks: () => looks };
}

describe('the wait until a day is done', () => {
  it('goes on while something is not delivered, and then while it is not taken', async () => {
    const [matter, wait] = [randomUUID(), await waiting(quietSchools(school.db))];
    await wait.done;
    const { id } = await told(matter, 'a', null);
    const next = await waiting(quietSchools(school.db));
    expect(await next.looked(3)).toBe(false);
    await school.db.outbox.update({ where: { id }, data: { deliveredAt: new Date() } });
    expect(await next.looked(next.looks() + 3)).toBe(false);
    await take(matter, 'a');
    await next.done;
  });

  it('goes on while something is not taken that was delivered long ago, before anything was known to be taken', async () => {
    const matter = randomUUID();
    await told(matter, 'b', minutesAgo(600));
    await told(matter, 'c', minutesAgo(300));
    await take(matter, 'c');
    const wait = await waiting(quietSchools(school.db));
    expect(await wait.looked(3)).toBe(false);
    await take(matter, 'b');
    await wait.done;
  });

  it('asks no more about what was delivered before it was quiet, and still about what came since', async () => {
    const [matter, wait] = [randomUUID(), quietSchools(school.db)];
    await (await waiting(wait)).done;
    await told(matter, 'old', minutesAgo(30));
    await (await waiting(wait)).done;
    await told(matter, 'new', new Date());
    const next = await waiting(wait);
    expect(await next.looked(3)).toBe(false);
    await take(matter, 'new');
    await next.done;
  });
});
