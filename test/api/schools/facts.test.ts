import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { importMarks } from '../../../activities/register/import-marks.ts';
import { figuresOf } from '../../../api/figures/facts.ts';
import type { Asking } from '../../../api/figures/standings.ts';
import { schoolStandings } from '../../../api/schools/facts.ts';
import { linesOfAttendance } from '../../../policy/figures/crossed.ts';
import { bands } from '../../../policy/register/measures/band.ts';
import { trainingSchool } from '../../../policy/training/staff.ts';
import { classSessions } from '../../../prisma/register.ts';
import { aSchool } from '../../support/school.ts';

const today = '2026-11-20';
const then = '2026-11-06';
const lookedAt = ['2026-11-13', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'];
const away = (code: string, ...days: string[]) =>
  Object.fromEntries(days.flatMap((day) => [`${day} AM`, `${day} PM`].map((session) => [session, code])));
const autumn = ['2026-09-07', '2026-09-14', '2026-09-21', '2026-09-28', '2026-10-05', '2026-10-12', '2026-11-02'];
const pupils = {
  Never: {},
  Seldom: away('I', ...autumn.slice(0, 1)),
  Often: away('O', ...autumn.slice(-4)),
  'This week': away('I', '2026-09-07', '2026-11-16', '2026-11-17', '2026-11-18'),
  Persistent: away('I', ...autumn),
  Holiday: away('G', '2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06'),
};

let school: Awaited<ReturnType<typeof aSchool>>;
const as = (role: string, place: { schoolId: string | null; authorityId: string | null }) =>
  ({ deps: { db: school.db }, user: { id: role, role, className: null, ...place }, at: Date.now() }) as unknown as Asking;
const lead = () => as('trust-lead', { schoolId: trainingSchool.id, authorityId: null });

beforeAll(async () => {
  school = await aSchool({ today, pupils, workerless: true });
  await importMarks(school.importing, {
    ...{ schoolId: trainingSchool.id, fileName: 'later.csv', sha256: 'later', by: null, on: '2026-11-13' },
    rows: [
      { row: 2, cells: { admission_no: 'Seldom', date: '2026-09-07', session: 'AM', code: 'G', reason: 'Found out' } },
      { row: 3, cells: { admission_no: 'Persistent', date: '2026-09-07', session: 'AM', code: '/', reason: 'Was there' } },
    ],
  });
  const { id: _, ...row } = await school.db.school.findUniqueOrThrow({ where: { id: trainingSchool.id } });
  const periods = await school.db.calendarPeriod.findMany({ where: { schoolId: trainingSchool.id } });
  await school.db.trust.create({ data: { id: 'severn', name: 'Severn Trust' } });
  const { trustId: __, periodsOfFile: ___, ...about } = row;
  await school.db.school.create({ data: { ...about, id: 'empty', name: 'A School', trustId: 'severn', seed: null } });
  await school.db.school.create({ data: { ...about, id: 'other', name: 'Other School', seed: null } });
  await school.db.calendarPeriod.createMany({ data: periods.map(({ id, ...one }) => ({ ...one, schoolId: 'empty' })) });
  await school.db.school.update({ where: { id: trainingSchool.id }, data: { trustId: 'severn' } });
});
afterAll(() => school?.end());

it.each([
  ['now', undefined],
  ['as it was known on an earlier day', then],
])('a school among others has the figures of its own pages, %s', async (_, on) => {
  for (const within of [1, 8]) {
    const [none, ours, ...others] = await schoolStandings(lead(), { on, within });
    expect([none?.school.name, none?.pupils, ours?.school.name, others]).toEqual(['A School', 0, trainingSchool.name, []]);
    const own = await figuresOf(as('sal', { schoolId: trainingSchool.id, authorityId: null }), {}, { on, within });
    const { pupils: n, attendance, authorised, unauthorised, persistentlyAbsent, severelyAbsent, withoutSessions } = own;
    expect(ours).toMatchObject({
      ...{ on: own.on, asKnownThen: own.asKnownThen, pupils: n, attendance, authorised, unauthorised },
      ...{ persistentlyAbsent, severelyAbsent, withoutSessions },
      approaching: own.approaching.map(({ line, pupils: near }) => ({ line, pupils: near })),
    });
    const worse = { 'below-96': 3, persistent: 2, severe: 1 };
    const crossed = linesOfAttendance.map((line) => {
      const [over, still] = [bands.slice(0, worse[line]), bands.slice(worse[line])];
      const moved = own.movement.filter(({ from, to }) => still.includes(from) && over.includes(to));
      return { line, pupils: moved.reduce((sum, one) => sum + one.pupils, 0) };
    });
    expect(ours?.crossed).toEqual(crossed);
    // It would prove nothing of a school where nobody is near a line, or has crossed one.
    if (on === undefined) expect([crossed[0]?.pupils, ours?.approaching[3]?.pupils]).toEqual([1, within === 8 ? 2 : 0]);
  }
});

it('counts registers that nobody of a class is in, as the school’s own list of gaps does', async () => {
  const missing = async () => (await schoolStandings(lead(), { within: 4 }))[1]?.registersMissing;
  const byClass = async () => {
    const sessions = await classSessions(school.db, trainingSchool.id, lookedAt, null);
    return sessions.filter(({ made }) => made === 0).length;
  };
  expect([await missing(), await byClass()]).toEqual([0, 0]);
  const { id: _, ...one } = await school.db.pupil.findFirstOrThrow();
  const data = { ...one, admissionNo: 'New', upn: 'new', className: '9Z', onRollFrom: new Date('2026-11-17') };
  const added = await school.db.pupil.create({ data });
  expect([await missing(), await byClass()]).toEqual([6, 6]);
  await school.db.pupil.delete({ where: { id: added.id } });
});

it('an officer has every school of the authority, in numbers that name no pupil', async () => {
  const officer = as('ewo', { schoolId: null, authorityId: (await school.db.school.findFirstOrThrow()).authorityId });
  const all = await schoolStandings(officer, { within: 4 });
  expect(all.map(({ school: { name } }) => name)).toEqual(['A School', trainingSchool.name, 'Other School']);
  expect(all[1]?.cases?.length).toBeGreaterThan(0);
  expect(JSON.stringify(all)).not.toMatch(/Testing|Persistent Test|Seldom/);
});

it('has nothing of a school for who looks after none', async () => {
  expect(await schoolStandings(as('sal', { schoolId: trainingSchool.id, authorityId: null }), { within: 4 })).toEqual([]);
  await expect(schoolStandings(lead(), { on: '2026-11-21', within: 4 })).rejects.toThrow('still to come');
});
