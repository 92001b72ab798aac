import { afterAll, beforeAll, expect, it } from '@jest/globals';
import request from 'supertest';
import { addDays, londonDay } from '../../../policy/calendar/day.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { todayAtAuthority } from '../../../prisma/school-clock.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

/** The authority's schools: `a` in training, its clock on 12 October 2026, and `b`, which lives by the wall clock. */
let two: TwoSchools;
const now = londonDay(Date.now());
const places = [
  { schoolId: 'a', pupilId: '00000000-0000-4000-8000-00000000000a', matterId: '10000000-0000-4000-8000-00000000000a' },
  { schoolId: 'b', pupilId: '00000000-0000-4000-8000-00000000000b', matterId: '10000000-0000-4000-8000-00000000000b' },
];
beforeAll(async () => {
  two = await twoSchools();
  for (const { schoolId, pupilId, matterId } of places) {
    const names = { legalName: `Pupil of ${schoolId}`, chosenName: `Pupil of ${schoolId}`, className: '9B' };
    const more = { admissionNo: '1', upn: '1', born: columnOf('2013-01-15'), yearGroup: 9, onRollFrom: columnOf('2026-09-02') };
    await two.db.pupil.create({ data: { id: pupilId, schoolId, ...names, ...more } });
    const action = { what: 'accept referral' };
    await two.db.proposal.create({
      data: {
        ...{ id: `${matterId}:1-accept`, matterId, matterKind: 'referral', key: '1-accept', version: 1, schoolId, pupilId },
        ...{ authorityId: 'authority', action: action.what, role: 'ewo', sentence: 'Decide', status: 'open' },
        ...{ madeOn: columnOf('2026-10-09'), body: { key: '1-accept', action, reminded: false } },
      },
    });
  }
});
afterAll(() => two.close());

const inbox = async () => {
  const token = await two.tokenFor('ewo-lead');
  const answer = await request(two.app).get('/api/v1/proposals').set('Authorization', `Bearer ${token}`).expect(200);
  const { rows } = answer.body as { rows: { pupil: { name: string } }[] };
  return rows.map(({ pupil }) => pupil.name).sort();
};
/** The officer is away on these days, and the team lead decides for them. */
async function away(from: string, until: string): Promise<void> {
  await two.db.delegation.deleteMany();
  const people = { ofUser: 'authority:ewo', toUser: 'authority:ewo-lead', authorityId: 'authority' };
  const days = { fromDay: columnOf(from), untilDay: columnOf(until) };
  await two.db.delegation.create({ data: { id: '20000000-0000-4000-8000-000000000001', ...people, ...days } });
}

it('an officer who is away by the wall clock is stood in for at the real school, whatever a training clock shows', async () => {
  expect(await inbox()).toEqual([]);
  await away(now, addDays(now, 2));
  expect(await inbox()).toEqual(['Pupil of b']);
  await two.db.school.update({ where: { id: 'a' }, data: { today: columnOf(addDays(now, 200)) } });
  expect(await inbox()).toEqual(['Pupil of b']);
});

it('one who is away by a training clock is stood in for at the school whose clock it is', async () => {
  await two.db.school.update({ where: { id: 'a' }, data: { today: columnOf('2026-10-12') } });
  await away('2026-10-12', '2026-10-13');
  expect(await inbox()).toEqual(['Pupil of a']);
  await away('2026-10-12', now);
  expect(await inbox()).toEqual(['Pupil of a', 'Pupil of b']);
});

it('names a colleague from the wall clock’s day on, and from the earliest clock’s where all are in training', async () => {
  const today = () => todayAtAuthority(two.db, 'authority', Date.now());
  expect(await today()).toBe(now);
  await two.db.school.update({ where: { id: 'b' }, data: { training: true, today: columnOf('2026-11-05') } });
  expect(await today()).toBe('2026-10-12');
});
