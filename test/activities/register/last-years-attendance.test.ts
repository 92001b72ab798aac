import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Period } from '../../../policy/calendar/period.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { aSchool } from '../../support/school.ts';

const celt = readFileSync(new URL('../../../policy/packs/celt.yaml', import.meta.url), 'utf8');
const term = (from: string, to: string): Period => ({ kind: 'term', from, to, label: 'term' });
const periods = [term('2025-09-02', '2026-07-21'), term('2026-09-02', '2027-07-21')];
/** Eight of ten weeks of last autumn. */
const longIllness = Object.fromEntries(
  Array.from({ length: 56 }, (_, i) => new Date(Date.UTC(2025, 9, 6 + i)).toISOString().slice(0, 10)).map((day) => [day, 'I']),
);

let school: Awaited<ReturnType<typeof aSchool>>;
beforeAll(async () => {
  school = await aSchool({
    today: '2026-09-04',
    pupils: { ill: longIllness, well: {} },
    workerless: true,
    real: { now: () => Date.parse('2026-09-07T18:00:00Z'), periods },
  });
  const { id } = await keepPack(school.db, celt, 'celt.yaml');
  await school.db.school.updateMany({ data: { packId: id } });
});
afterAll(() => school?.end());

it('a policy that looks back opens a case in September by last year’s attendance, and none for who attended', async () => {
  expect(await school.db.attendanceCase.count()).toBe(0);
  await school.feed(['2026-09-07'], '2026-09-07');
  const cases = await school.db.attendanceCase.findMany({ include: { pupil: true } });
  expect(cases.map(({ pupil, packId }) => [pupil.admissionNo, packId])).toEqual([['ill', 'celt']]);
});
