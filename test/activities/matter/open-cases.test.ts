import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { londonInstant } from '../../../policy/calendar/day.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { aSchool } from '../../support/school.ts';
import { smallPolicyThat } from '../../support/small-policy.ts';

const on = '2026-10-06';
const byNine = smallPolicyThat('task: { what: contact, says: "Speak to the family", by: lead, due: "by 09:30" }');
const periods = [{ kind: 'term' as const, from: '2026-09-02', to: '2026-12-18', label: 'Term' }];
const ill = Object.fromEntries(['2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29'].map((day) => [day, 'I']));

let school: Awaited<ReturnType<typeof aSchool>>;
beforeAll(async () => {
  const real = { now: () => londonInstant(on, '10:00'), periods };
  school = await aSchool({ today: on, pupils: { una: {} }, workerless: true, real });
  const { id } = await keepPack(school.db, byNine, 'small.yaml');
  await school.db.school.updateMany({ data: { packId: id } });
});
afterAll(() => school.end());

it('whoever is asked by a time that is past when the register comes in is reminded, as the ledger says', async () => {
  Object.assign(school.pupils.una ?? {}, ill);
  expect(await school.feed(Object.keys(ill), on)).toMatchObject({ casesOpened: 1 });
  expect(await school.db.ledgerEvent.count({ where: { type: 'reminded' } })).toBe(1);
  const [reminder] = await school.db.staffReminder.findMany();
  expect(reminder).toMatchObject({ kind: 'reminded', atTime: '10:00' });
  const words = await school.db.outbox.findMany({ where: { matterKind: 'reminder' } });
  expect(words).toMatchObject([{ kind: 'start', matterId: reminder?.id }]);
});
