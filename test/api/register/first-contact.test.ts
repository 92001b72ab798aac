import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Role } from '../../../policy/people/roles.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const celt = readFileSync(new URL('../../../policy/packs/celt.yaml', import.meta.url), 'utf8');
const today = '2026-10-06';
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;

beforeAll(async () => {
  const pupils = { ann: { [today]: 'N' }, ben: { '2026-10-05 AM': 'N', [`${today} AM`]: 'N' }, cas: { '2026-10-05': 'N' } };
  school = await aSchool({ today, pupils, packId: 'celt', workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

const words = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
const read = async (role: Role, path: string) => words((await (await desk.signedIn(role)).get(path)).text);
const line = '2 pupils are absent today without a reason: speak to each family by 09:30';

it('is in the inbox of whom the policy names, in one line for all of today, and makes no proposal', async () => {
  expect(await read('attendance-officer', '/inbox')).toContain(line);
  expect(await read('sal', '/inbox')).not.toContain('absent today without a reason');
  const proposals = await school.db.proposal.findMany({ where: { pupilId: school.idOf('ann') } });
  expect(proposals.map(({ sentence }) => sentence).filter((sentence) => sentence.includes('09:30'))).toEqual([]);
});

it('is asked of earlier days too, also of who is back: their marks may have come in after the day', async () => {
  const before = '2 pupils were absent before today without a reason that is known: ask each family by Monday 12 October 2026';
  expect(await read('attendance-officer', '/inbox')).toContain(before);
  expect(await read('sal', '/inbox')).not.toContain('absent before today');
  await school.db.school.updateMany({ data: { today: columnOf('2026-10-13') } });
  expect(await read('attendance-officer', '/inbox')).toContain(
    '3 pupils were absent before today without a reason that is known: ask each family by Tuesday 13 October 2026; of 2 pupils the five school days are over',
  );
  await keepPack(
    school.db,
    celt.replace('pack: celt', 'pack: silent').replace(/\n {2}contact:\n( {4}.*\n)+/, '\n'),
    'silent.yaml',
  );
  await school.db.school.updateMany({ data: { packId: 'silent', today: columnOf(today) } });
  expect(await read('attendance-officer', '/inbox')).toContain(before);
  await school.db.school.updateMany({ data: { packId: 'celt' } });
});

it('is on the list, by its time for the mornings of today, with what follows while nobody answers', async () => {
  const page = await read('attendance-officer', '/register/unexplained');
  expect(page).toContain(
    'The policy asks the office to speak to the family of each pupil who is absent without a reason, by 09:30, on each day of it. While nobody answers: Tell the attendance lead and the safeguarding lead by 09:30 Try the other contacts',
  );
  expect(page.match(/By 09:30/g)).toHaveLength(2);
  const { body } = await (await desk.tokenOf('attendance-officer')).get('/api/v1/register/unexplained');
  const listed = body.rows.map(({ on, session, contactBy }: Record<string, string | null>) => `${on} ${session} ${contactBy}`);
  expect(listed.sort()).toEqual([
    ...['2026-10-05 AM null', '2026-10-05 AM null', '2026-10-05 PM null'],
    ...[`${today} AM 09:30`, `${today} AM 09:30`, `${today} PM null`],
  ]);
  // Who is absent all day is spoken of once: nothing is asked beside the afternoon.
  expect(page).not.toMatch(/ Today /);
});

it('has no time of the morning for who is absent since noon', async () => {
  await school.correct('ann', today, { AM: '/', PM: 'N' });
  await school.correct('ben', today, { AM: '/', PM: '\\' });
  const officer = await read('attendance-officer', '/inbox');
  expect(officer).toContain('1 pupil is absent today without a reason: speak to each family today');
  expect(officer).not.toContain('09:30');
  const { body } = await (await desk.tokenOf('attendance-officer')).get('/api/v1/register/unexplained');
  const ofToday = body.rows.filter(({ on }: { on: string }) => on === today);
  expect(ofToday).toMatchObject([{ session: 'PM', contactBy: null }]);
  const page = await read('attendance-officer', '/register/unexplained');
  expect(page).toMatch(/6 Oct 2026, afternoon Today /);
});

it('is said to be past when its time is, in a school that lives by the clock', async () => {
  await school.db.school.updateMany({ data: { training: false, today: null } });
  const [officer] = [await read('attendance-officer', '/register/unexplained')];
  expect(officer).toContain('by 09:30, on each day of it');
  expect(await read('attendance-officer', '/inbox')).not.toContain('absent today without a reason');
});

it('is read by whom else the policy names, a class teacher of their own class alone, and none of them settles it', async () => {
  const teachers = celt.replace('pack: celt', 'pack: teachers').replace('by: office\n', 'by: class teacher\n');
  await keepPack(school.db, teachers, 'teachers.yaml');
  await school.db.school.updateMany({ data: { packId: 'teachers', training: true, today: columnOf(today) } });
  await school.db.pupil.updateMany({ where: { admissionNo: 'ben' }, data: { className: '9B' } });
  await school.correct('ann', today, { AM: 'N', PM: 'N' });
  expect(await read('class-teacher', '/inbox')).toContain(
    '1 pupil is absent today without a reason: speak to each family by 09:30',
  );
  expect(await read('attendance-officer', '/inbox')).not.toContain('absent today without a reason');
  const page = await read('class-teacher', '/register/unexplained');
  expect(page).toContain('ann Testing');
  expect(page).not.toContain('ben Testing');
  const { body } = await (await desk.tokenOf('class-teacher')).get('/api/v1/register/unexplained');
  expect(new Set(body.rows.map(({ pupil }: { pupil: { className: string } }) => pupil.className))).toEqual(new Set(['9A']));
  for (const role of ['headteacher', 'dsl', 'senco'] as const) {
    const all = await read(role, '/register/unexplained');
    expect(all).toContain('ben Testing');
    expect(all).not.toContain('Make these O');
  }
});
