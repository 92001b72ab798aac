import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { advance } from '../../../activities/matter/advance.ts';
import { loads } from '../../../activities/matter/loads.ts';
import { columnOf, dayOf } from '../../../prisma/day-column.ts';
import { aSchool } from '../../support/school.ts';

/** Who settles in until October, and comes to every session of it: the totals of the year, which count those weeks, never fall below 95%. */
const pupils = { ann: { '2026-10-13': 'I', '2026-10-19 AM': 'I' } };
let school: Awaited<ReturnType<typeof aSchool>>;

beforeAll(async () => {
  school = await aSchool({ today: '2026-10-05', packId: 'james-marks', pupils, workerless: true });
  const times = { integrationFrom: columnOf('2026-09-02'), integrationUntil: columnOf('2026-10-02') };
  await school.db.pupil.updateMany({ data: times });
});
afterAll(() => school?.end());

async function fed(...days: string[]): Promise<void> {
  for (const day of days.map((one) => `2026-10-${one}`)) {
    await school.db.school.updateMany({ data: { today: columnOf(day) } });
    await school.feed([day], day);
  }
}

async function closed(): Promise<void> {
  const { id: matterId } = await school.db.attendanceCase.findFirstOrThrow({ where: { status: 'open' } });
  const textId = randomUUID();
  await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'She is well again' } } });
  const input = { key: 'close', kind: 'close', by: { id: 'lead', role: 'sal' }, textId } as const;
  await school.db.$transaction((tx) => advance(tx, loads, Date.now(), { kind: 'case', matterId, input }));
}

const openedOn = async () =>
  (await school.db.attendanceCase.findMany({ orderBy: { openedOn: 'asc' } })).map((one) => dayOf(one.openedOn));

it('a case opens by the adjusted attendance, though the totals of the year cross nothing', async () => {
  await fed('06', '07', '08', '09', '12', '13', '14', '15');
  expect(await openedOn()).toEqual([]);
  await fed('16');
  expect(await openedOn()).toEqual(['2026-10-16']);
});

it('and a second one once it is closed and attendance has fallen further', async () => {
  await closed();
  await fed('16');
  expect(await openedOn()).toEqual(['2026-10-16']);
  await fed('19');
  expect(await openedOn()).toEqual(['2026-10-16', '2026-10-19']);
});

it('and none while attendance stays where it was when the last was closed', async () => {
  await closed();
  await fed('20', '21');
  expect(await openedOn()).toEqual(['2026-10-16', '2026-10-19']);
  const { attended, possible } = await school.db.pupilTotal.findFirstOrThrow();
  expect(attended * 100).toBeGreaterThanOrEqual(possible * 95);
});
