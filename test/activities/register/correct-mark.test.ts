import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { correctMark } from '../../../activities/register/correct-mark.ts';
import { endOfDay, londonDay } from '../../../policy/calendar/day.ts';
import { Refusal } from '../../../policy/refusal.ts';
import type { MarkCorrection } from '../../../policy/register/correction.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { correctionsOf, marksOf, totalsOf } from '../../../prisma/register.ts';
import { aRegister, csvOf, pupilCells, schoolId } from './a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
afterEach(() => school.end());

const today = '2026-10-16';
const span = { from: '2026-09-01', to: '2026-12-31' };
const correct = async (over: Partial<MarkCorrection>) => {
  const pupilId = await school.idOf('A1');
  const mark = { on: '2026-09-14', session: 'AM', code: 'I', reason: 'Mother rang' } as const;
  return correctMark(school.deps, { pupilId, ...mark, by: 'officer', today, ...over });
};

describe('correcting one mark', () => {
  it('keeps what it was, with who changed it and why, and counts the totals again', async () => {
    school = await aRegister({ on: today });
    await school.marks([
      ['A1', '2026-09-14', 'AM', 'N'],
      ['A1', '2026-09-14', 'PM', '\\'],
    ]);
    expect(await correct({})).toMatchObject({ status: 'done', added: 0, changed: 1 });
    const pupilId = await school.idOf('A1');
    expect(await correctionsOf(school.db, pupilId, span)).toMatchObject([
      { on: '2026-09-14', session: 'AM', was: 'N', is: 'I', reason: 'Mother rang', by: 'officer' },
    ]);
    expect(await totalsOf(school.db, pupilId, '2026/27')).toMatchObject({ authorised: 1, unauthorised: 0, attended: 1 });
    expect(await correct({})).toMatchObject({ status: 'done', added: 0, changed: 0 });
    expect(await correctionsOf(school.db, pupilId, span)).toHaveLength(1);
  });

  it('taken back gives every figure back, and both corrections stay', async () => {
    school = await aRegister({ on: today });
    await school.marks([['A1', '2026-09-14', 'AM', 'O']]);
    const pupilId = await school.idOf('A1');
    const before = await totalsOf(school.db, pupilId, '2026/27');
    await correct({});
    await correct({ code: 'O', reason: 'The note was for a brother' });
    expect(await totalsOf(school.db, pupilId, '2026/27')).toEqual(before);
    expect((await correctionsOf(school.db, pupilId, span)).map(({ was, is }) => was + is)).toEqual(['IO', 'OI']);
  });

  it('keeps the minutes of a late mark with it: what they were stays too, and what is not said stays as it is known', async () => {
    school = await aRegister({ on: today });
    await school.marks([['A1', '2026-09-14', 'AM', 'N']]);
    const pupilId = await school.idOf('A1');
    const now = async () => (await marksOf(school.db, pupilId, span))[0];
    await correct({ code: 'L', minutesLate: 12 });
    expect(await now()).toEqual({ on: '2026-09-14', session: 'AM', code: 'L', minutesLate: 12 });
    expect(await correct({ code: 'L' })).toMatchObject({ changed: 0 });
    await correct({ code: 'U' });
    expect(await now()).toMatchObject({ code: 'U', minutesLate: 12 });
    expect(await correct({ code: 'U', minutesLate: 45 })).toMatchObject({ changed: 1 });
    await correct({ code: 'U', minutesLate: 0 });
    expect(await now()).toEqual({ on: '2026-09-14', session: 'AM', code: 'U' });
    const made = await correctionsOf(school.db, pupilId, span);
    expect(made.map(({ was, wasMinutesLate, is, isMinutesLate }) => [was, wasMinutesLate, is, isMinutesLate])).toEqual([
      ['U', 45, 'U', null],
      ['U', 12, 'U', 45],
      ['L', 12, 'U', 12],
      ['N', null, 'L', 12],
    ]);
    expect(await marksOf(school.db, pupilId, span, made[0] && new Date(made[0].at.getTime() - 1))).toMatchObject([
      { minutesLate: 45 },
    ]);
    expect(await correct({ code: '/' })).toMatchObject({ changed: 1 });
    await expect(correct({ code: 'I', minutesLate: 5 })).rejects.toThrow(/Only L and U have minutes/);
  });

  it('of a training school is known from the day at which its clock stood, whatever the wall clock says', async () => {
    school = await aRegister({ on: today });
    const pupilId = await school.idOf('A1');
    for (const [code, on] of [
      ['N', '2026-10-14'],
      ['I', '2026-10-15'],
      ['L', '2026-10-15'],
      ['O', '2026-10-16'],
    ] as const)
      expect(await correct({ code, today: on })).toMatchObject({ status: 'done' });
    const known = async (on: string) => (await marksOf(school.db, pupilId, span, new Date(endOfDay(on)))).map(({ code }) => code);
    expect(await Promise.all(['2026-10-13', '2026-10-14', '2026-10-15', '2026-10-16'].map(known))).toEqual([
      [],
      ['N'],
      ['L'],
      ['O'],
    ]);
    expect((await correctionsOf(school.db, pupilId, span)).map(({ at }) => londonDay(at.getTime()))).toEqual([
      '2026-10-16',
      '2026-10-15',
      '2026-10-15',
    ]);
  });

  it('tells the pupil’s open case, once', async () => {
    school = await aRegister({ on: today });
    const days = ['2026-09-14', '2026-09-15', '2026-09-16', '2026-09-17', '2026-09-18', '2026-09-21'];
    const present = ['2026-09-03', '2026-09-04', '2026-09-07', '2026-09-08', '2026-09-09', '2026-09-10', '2026-09-11'];
    await school.marks(
      [...days, ...present].flatMap((day) =>
        (['AM', 'PM'] as const).map((session) => ['A1', day, session, days.includes(day) ? 'O' : 'L'] as const),
      ),
    );
    expect(await school.db.attendanceCase.count()).toBe(1);
    expect(await correct({ code: 'L', reason: 'Found in class' })).toMatchObject({ casesOpened: 0, casesTold: 1 });
    expect(await correct({ code: 'L', reason: 'Found in class' })).toMatchObject({ casesTold: 0 });
    expect(await school.db.outbox.count({ where: { kind: 'tell' } })).toBe(1);
  });

  it('opens a case where another code makes a rule so, though no more was missed', async () => {
    school = await aRegister({ on: today });
    const pack = 'learning-partners.yaml';
    await keepPack(school.db, readFileSync(new URL(`../../../policy/packs/${pack}`, import.meta.url), 'utf8'), pack);
    await school.db.school.update({ where: { id: schoolId }, data: { packId: 'learning-partners' } });
    const days = ['2026-09-14', '2026-09-16', '2026-09-18', '2026-09-21', '2026-09-23'];
    const sessions = days.flatMap((day) => (['AM', 'PM'] as const).map((session) => ({ day, session })));
    const code = ({ day, session }: (typeof sessions)[number]) => (day === '2026-09-14' && session === 'AM' ? 'I' : 'O');
    await school.marks(sessions.map((one) => ['A1', one.day, one.session, code(one)] as const));
    expect(await school.db.attendanceCase.count()).toBe(0);
    expect(await correct({ code: 'C' })).toMatchObject({ casesOpened: 0 });
    expect(await correct({ code: 'O' })).toMatchObject({ casesOpened: 1 });
  });

  it.each<[string, Partial<MarkCorrection>, RegExp]>([
    ['a code that there is none of', { code: 'i' }, /Write it as "I"/],
    ['a code that had not begun', { on: '2024-06-03', code: 'C1' }, /began on 19 August 2024/],
    ['a day that has not come', { on: '2026-10-19' }, /has not come\. Choose another day$/],
    ['a Saturday', { on: '2026-09-19' }, /school was closed on this day\. Choose another day$/],
    ['a day before the pupil came', { on: '2026-09-03' }, /joined on 7 Sept? 2026\. Choose another day$/],
  ])('refuses %s, and writes nothing', async (_, wrong, says) => {
    school = await aRegister({ on: today });
    await school.file('pupils', csvOf('pupils', [pupilCells('A1', 0, { on_roll_from: '2026-09-07' })]));
    const imports = await school.db.registerImport.count();
    await expect(correct(wrong)).rejects.toThrow(Refusal);
    await expect(correct(wrong)).rejects.toThrow(says);
    expect([await school.db.mark.count(), await school.db.registerImport.count()]).toEqual([0, imports]);
  });
});
