import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { importMarks } from '../../../activities/register/import-marks.ts';
import { figuresOf, pupilsBehind } from '../../../api/figures/facts.ts';
import { type Asking, standings } from '../../../api/figures/standings.ts';
import { addDays, londonInstant, mondayOf } from '../../../policy/calendar/day.ts';
import { schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { leftBeforeThreshold } from '../../../policy/figures/crossings.ts';
import { penaltyNoticeCodes } from '../../../policy/register/codes.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { bandOf } from '../../../policy/register/measures/band.ts';
import { totalsIn } from '../../../policy/register/measures/totals.ts';
import { trainingSchool } from '../../../policy/training/staff.ts';
import { trainingCalendar } from '../../../policy/training/timetable.ts';
import { keepAbsence } from '../../../prisma/absence-elsewhere.ts';
import { marksOf } from '../../../prisma/register.ts';
import { aSchool } from '../../support/school.ts';

const today = '2026-11-20';
const then = '2026-11-06';
const names = Array.from({ length: 16 }, (_, i) => `P${i}`);
const codes = ['/', '/', '/', '/', '/', 'I', 'O', 'O', 'U', 'N', 'G', 'M', 'Y4', 'V', 'L', '-'];
const days = schoolDaysBetween(trainingCalendar, '2026-09-01', today);

/** For each pupil some sessions that are not as usual; each pupil has more of them than the one before. */
const [drawn] = fc.sample(
  fc.tuple(
    ...names.map((_, i) =>
      fc.array(fc.tuple(fc.constantFrom(...days), fc.constantFrom('AM', 'PM'), fc.constantFrom(...codes)), {
        minLength: i * 2,
        maxLength: i * 3,
      }),
    ),
  ),
  { numRuns: 1, seed: 41 },
) as [[string, string, string][][]];
const pupils = Object.fromEntries(
  names.map((name, i) => [name, Object.fromEntries((drawn[i] ?? []).map(([day, session, code]) => [`${day} ${session}`, code]))]),
);

let school: Awaited<ReturnType<typeof aSchool>>;
let ctx: Asking;

beforeAll(async () => {
  school = await aSchool({ today: then, pupils, workerless: true });
  await school.feed(schoolDaysBetween(trainingCalendar, addDays(then, 1), today), today);
  // Found out a week later: three pupils were not ill but on holiday, or the other way round.
  const corrected = names
    .slice(10)
    .flatMap((admission_no) =>
      ['2026-10-12', '2026-10-13'].map((date) => ({ admission_no, date, session: 'AM', code: 'G', reason: 'Found out' })),
    );
  await importMarks(school.importing, {
    ...{ schoolId: trainingSchool.id, fileName: 'later.csv', sha256: 'later', by: null, on: '2026-11-13' },
    rows: corrected.map((cells, i) => ({ row: i + 2, cells })),
  });
  await school.db.school.updateMany({ data: { today: new Date(`${today}T00:00:00Z`) } });
  const user = { id: 'sal', role: 'sal', schoolId: trainingSchool.id, authorityId: null, className: null };
  ctx = { deps: { db: school.db }, user, at: Date.now() } as unknown as Asking;
});
afterAll(() => school?.end());

/** A pupil's figures from the marks themselves, one pupil at a time. */
async function byHand(pupilId: string, on: string, knownAt: Date | undefined) {
  const marks = await marksOf(school.db, pupilId, { from: '2026-01-01', to: on }, knownAt);
  const of = (to: string) => {
    const { attended, possible, authorised, unauthorised } = totalsIn(marks, { from: '2026-09-01', to });
    return { attended, possible, authorised, unauthorised };
  };
  const counts = new Map<string, number>();
  for (const { on: day, code } of marks)
    if (penaltyNoticeCodes.has(code)) counts.set(mondayOf(day), (counts.get(mondayOf(day)) ?? 0) + 1);
  return { now: of(on), before: of(addDays(mondayOf(on), -1)), left: leftBeforeThreshold(trainingCalendar, on)(counts) };
}

describe('how pupils stand, asked of the whole school at once', () => {
  it.each([
    ['as it is known now', undefined, today, undefined],
    ['as it was known on an earlier day', then, then, new Date(londonInstant(addDays(then, 1), '00:00'))],
  ])('is what the marks of each say %s', async (_, asked, on, knownAt) => {
    const found = await standings(ctx, {}, asked);
    expect([found.on, found.pupils.length]).toEqual([on, names.length]);
    for (const { pupilId, name, now, before, left } of found.pupils) {
      expect([name, { now, before, left: left['ten-sessions'] }]).toEqual([name, await byHand(pupilId, on, knownAt)]);
    }
  });

  it('counts no session from before a child was of compulsory school age, nor after', async () => {
    const of = async () => (await standings(ctx, {}, undefined)).pupils.find(({ name }) => name === 'P15 Testing')?.left;
    expect((await of())?.['ten-sessions']).not.toBe(9);
    const born = (day: string) => school.db.pupil.updateMany({ where: { admissionNo: 'P15' }, data: { born: new Date(day) } });
    for (const day of ['2021-10-15', '2010-03-01']) {
      await born(day);
      expect([day, (await of())?.['ten-sessions']]).toEqual([day, 9]);
    }
    await born('2013-01-15');
  });

  it('counts the sessions at another school that are known, and none twice', async () => {
    const of = async (on?: string) => (await standings(ctx, {}, on)).pupils.find(({ name }) => name === 'P15 Testing');
    const [before, earlier] = [await of(), await of(then)];
    const pupilId = before?.pupilId ?? '';
    const [marked] = (await marksOf(school.db, pupilId, { from: '2026-11-09', to: today })).filter(({ code }) => code === 'O');
    expect(marked).toBeDefined();
    const sessions = [{ ...marked, code: 'G' } as Mark, { on: '2026-11-16', session: 'AM', code: 'O' } as Mark];
    await school.db.mark.updateMany({ where: { pupilId, day: new Date('2026-11-16'), session: 'AM' }, data: { code: 'D' } });
    const [record, by] = [
      { id: randomUUID(), pupilId, place: 'Mill School', source: 'Their letter' },
      { id: 'sal', role: 'sal' },
    ];
    await keepAbsence(school.db, { ...record, sessions }, by, new Date('2026-11-18T10:00:00Z'));
    const left = (one: typeof before) => one?.left['ten-sessions'] ?? 0;
    expect([left(await of()), left(await of(then))]).toEqual([left(before) - 1, left(earlier)]);
  });

  it('leaves out what was found out later', async () => {
    const { pupils: found } = await standings(ctx, {}, then);
    const corrected = found.find(({ name }) => name === 'P15 Testing');
    const known = await byHand(corrected?.pupilId ?? '', then, undefined);
    expect(known.now.unauthorised).toBeGreaterThan(corrected?.now.unauthorised ?? 99);
  });

  it('has behind each number the pupils that it counts', async () => {
    const within = 4;
    const facts = await figuresOf(ctx, {}, { within });
    expect(facts.bands.reduce((sum, { pupils: n }) => sum + n, facts.withoutSessions)).toBe(facts.pupils);
    for (const { band, pupils: n } of facts.bands) {
      const { rows } = await pupilsBehind(ctx, { within, band });
      expect([band, rows.length, rows.every((row) => bandOf(row.attendance) === band)]).toEqual([band, n, true]);
    }
    for (const { from, to, pupils: n } of facts.movement)
      expect((await pupilsBehind(ctx, { within, was: from, band: to })).rows).toHaveLength(n);
    for (const { line, pupils: n, bySessionsLeft } of facts.approaching) {
      const { rows } = await pupilsBehind(ctx, { within, line });
      expect([line, rows.length, bySessionsLeft.reduce((sum, one) => sum + one, 0)]).toEqual([line, n, n]);
      expect(rows.map(({ left }) => left[line])).toEqual(
        rows.map(({ left }) => left[line]).toSorted((a, b) => (a ?? 0) - (b ?? 0)),
      );
    }
    expect((await pupilsBehind(ctx, { within, absence: 'persistent' })).rows).toHaveLength(facts.persistentlyAbsent);
    expect(facts.persistentlyAbsent).toBeGreaterThan(0);
    expect(facts.approaching.some(({ pupils: n }) => n > 0)).toBe(true);
  });

  it('is refused for a day to come, a class or year that is not there, and another’s class', async () => {
    const teacher = { ...ctx, user: { ...ctx.user, role: 'class-teacher', className: '9A' } } as Asking;
    await expect(standings(ctx, {}, '2026-11-23')).rejects.toThrow(/still to come/);
    await expect(figuresOf(ctx, { className: '7Z' }, { within: 4 })).rejects.toThrow(/no such class/);
    await expect(figuresOf(ctx, { yearGroup: 8 }, { within: 4 })).rejects.toThrow(/no such year/);
    await expect(figuresOf(teacher, { className: '9B' }, { within: 4 })).rejects.toThrow(/not your class/);
    await expect(figuresOf(teacher, { yearGroup: 9 }, { within: 4 })).rejects.toThrow(/not your class/);
    expect(await figuresOf(teacher, {}, { within: 4 })).toMatchObject({ of: 'class', name: '9A', pupils: names.length });
  });
});
