import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { columnOf } from '../../../prisma/day-column.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const absent = Object.fromEntries(['2026-09-08', '2026-09-15'].map((day) => [day, 'O']));
const note = ' (provisional: the next terms are not in the calendar)';
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let lead: Awaited<ReturnType<typeof desk.signedIn>>;
let id: string;

beforeAll(async () => {
  school = await aSchool({ today: '2026-10-06', pupils: { ann: absent }, workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  lead = await desk.signedIn('sal');
  ({ id } = await school.caseOf('ann'));
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

/** The calendar knows no term beyond 7 October. */
async function toOctober(): Promise<void> {
  await school.db.calendarPeriod.deleteMany({ where: { kind: 'term', fromDay: { gt: columnOf('2026-10-06') } } });
  await school.db.calendarPeriod.updateMany({ where: { kind: 'term' }, data: { toDay: columnOf('2026-10-07') } });
}
const letter = () => school.db.proposal.findFirstOrThrow({ where: { matterId: id, action: 'letter' } });
/** What the inbox, the list of cases, the case and the proposal say of the day on which the letter is due. */
async function said(): Promise<string[]> {
  const { key } = await letter();
  const pages = await Promise.all(['/inbox', '/cases', `/cases/${id}`, `/proposals/${id}/${key}`].map((at) => lead.get(at)));
  return pages.map(({ text }) => text.replaceAll(/\s+/g, ' ').match(/8 Oct(?:ober)? 2026(?: \([^)]*\))?/)?.[0] ?? 'nothing');
}

it('a date past the last term that the calendar knows is said to be provisional, until the next terms are in', async () => {
  expect(await said()).toEqual(['8 Oct 2026', '8 Oct 2026', '8 October 2026', '8 October 2026']);
  const known = await school.db.calendarPeriod.findMany({ where: { kind: 'term' } });
  await toOctober();
  expect(await said()).toEqual([`8 Oct 2026${note}`, `8 Oct 2026${note}`, `8 October 2026${note}`, `8 October 2026${note}`]);

  await school.db.calendarPeriod.deleteMany({ where: { kind: 'term' } });
  await school.db.calendarPeriod.createMany({ data: known.map((one) => ({ ...one, id: randomUUID() })) });
  expect(await said()).toEqual(['8 Oct 2026', '8 Oct 2026', '8 October 2026', '8 October 2026']);
});

it('a day that a person chose is not', async () => {
  await toOctober();
  const found = await school.db.attendanceCase.findUniqueOrThrow({ where: { id } });
  const state = { ...(found.state as object), heldUntil: '2027-09-08' };
  const nextOn = columnOf('2027-09-08');
  await school.db.attendanceCase.update({ where: { id }, data: { state, nextOn, nextWhy: 'The case is held until then' } });
  const { text } = await lead.get(`/cases/${id}`);
  expect(text).toContain('The case is held until then, on Wednesday 8 September 2027');
  expect(text).not.toContain(`8 September 2027${note}`);
});

it('nor is the day on which the case of a pupil closes who leaves', async () => {
  await toOctober();
  await school.db.pupil.updateMany({ data: { onRollTo: columnOf('2027-08-31') } });
  const nextWhy = 'The pupil has left the school: the case closes';
  await school.db.attendanceCase.update({ where: { id }, data: { nextOn: columnOf('2027-09-01'), nextWhy } });
  expect((await lead.get(`/cases/${id}`)).text).toContain(`${nextWhy}, on Wednesday 1 September 2027`);
  for (const at of [`/cases/${id}`, '/cases']) expect((await lead.get(at)).text).not.toMatch(/1 Sep(tember)? 2027 \(provisional/);
  await school.db.pupil.updateMany({ data: { onRollTo: columnOf('2027-07-21') } });
  expect((await lead.get(`/cases/${id}`)).text).toContain(`1 September 2027${note}`);
});
