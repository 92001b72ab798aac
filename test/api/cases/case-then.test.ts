import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const today = '2026-10-16';
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let lead: Awaited<ReturnType<typeof desk.signedIn>>;
let at: string;

beforeAll(async () => {
  school = await aSchool({ today, workerless: true, pupils: { a: { '2026-10-05': 'O', '2026-10-06': 'O', '2026-10-07': 'O' } } });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  lead = await desk.signedIn('sal');
  at = `/cases/${(await school.caseOf('a')).id}`;
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

const percent = (text: string) => text.match(/\d+ of \d+ sessions \([\d.]+%\)/)?.[0];

it('a case has the figures of the register as it was known on the day, and of today on its own page', async () => {
  const { pupilId, openedOn } = await school.caseOf('a');
  const before = (await lead.get(`${at}/then?as-known-on=${today}`)).text;
  expect(percent(before)).toBe(percent((await lead.get(at)).text));
  const marks = { pupilId, day: new Date('2026-10-05'), session: 'AM' };
  const later = new Date('2026-10-20T09:00:00Z');
  const { reason: _, ...known } = await school.db.mark.findFirstOrThrow({ where: marks });
  await school.db.mark.updateMany({ where: marks, data: { knownUntil: later } });
  await school.db.mark.create({ data: { ...known, code: '/', knownFrom: later } });
  await school.db.school.updateMany({ data: { today: new Date('2026-10-20') } });
  expect(percent((await lead.get(`${at}/then?as-known-on=${today}`)).text)).toBe(percent(before));
  expect(percent((await lead.get(`${at}/then`)).text)).not.toBe(percent(before));
  expect(openedOn.toISOString().slice(0, 10)).toBe(today);
});

it.each([
  ['2026-10-01', 'The case was opened on Friday 16 October 2026'],
  ['2026-12-24', 'has not come yet'],
  ['tomorrow', 'is not understood'],
])('%s is refused at its field, with what was typed', async (typed, says) => {
  const { status, text } = await lead.get(`${at}/then?as-known-on=${typed}`);
  expect([status, text]).toEqual([422, expect.stringMatching(new RegExp(`<a href="#as-known-on">[^<]*${says}`))]);
  expect(text).toContain(`value="${typed}"`);
});
