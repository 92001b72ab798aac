import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Day } from '../../../policy/calendar/day.ts';
import { schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { calendarOf, correctionsOf, marksOf } from '../../../prisma/register.ts';
import { packFile } from '../../support/told-case.ts';
import { aRegister, contactCells, csvOf, pupilCells } from './a-register.ts';

type Row = [no: string, date: Day, session: string, code: string, reason?: string];
let school: Awaited<ReturnType<typeof aRegister>>;
afterEach(() => school.end());

/** Both sessions of every school day from the start of term, present but for the days given. */
async function daysOf(no: string, to: Day, absent: Record<string, string> = {}): Promise<Row[]> {
  const days = schoolDaysBetween(await calendarOf(school.db, 'kiln'), '2026-09-02', to);
  return days.flatMap((day): Row[] => [
    [no, day, 'AM', absent[day] ?? '/'],
    [no, day, 'PM', absent[day] ?? '\\'],
  ]);
}

const totals = async (no: string) => {
  const total = await school.db.pupilTotal.findFirst({ where: { pupilId: await school.idOf(no), schoolYear: '2026/27' } });
  return total && `${total.attended}/${total.possible}, ${total.authorised} authorised, ${total.unauthorised} unauthorised`;
};

describe('importing marks', () => {
  it('adds every mark, and counts each by its class', async () => {
    school = await aRegister();
    const codes = ['/', '\\', 'L', 'B', 'I', 'G', 'N', 'D', '#', 'X', 'Y1'];
    const days = schoolDaysBetween(await calendarOf(school.db, 'kiln'), '2026-09-02', '2026-10-16');
    const result = await school.marks(codes.map((code, i): Row => ['A1', days[i] as Day, 'AM', code]));
    expect(result).toMatchObject({ status: 'done', rows: 11, added: 11, changed: 0, unchanged: 0, problems: [] });
    expect(result.says).toBe('11 rows read: 11 new, 0 changed');
    expect(await school.believed('A1')).toEqual(codes.map((code, i) => `${days[i]} AM ${code}`));
    expect(await totals('A1')).toBe('4/7, 1 authorised, 2 unauthorised');
    expect(await school.left()).toBe(0);
  });

  it.each<[string, Row, RegExp]>([
    ['an unknown pupil', ['X9', '2026-09-14', 'AM', '/'], /^3 admission_no X9: No pupil has this/],
    ['a wrong code', ['A1', '2026-09-14', 'AM', 'ZZ'], /^3 code ZZ: /],
    ['a code that ended', ['A1', '2026-09-14', 'AM', 'H'], /^3 code H: .*C, if leave/],
    ['a day that has not come', ['A1', '2026-10-19', 'AM', '/'], /^3 date 2026-10-19: This day has not come/],
    [
      'a day outside the calendar',
      ['A1', '2025-08-19', 'AM', '#'],
      /^3 date 2025-08-19: The school’s calendar runs from 2 Sept? 2025/,
    ],
    ['a Saturday', ['A1', '2026-09-19', 'AM', '/'], /^3 date 2026-09-19: The school was closed/],
    ['an INSET day', ['A1', '2026-09-25', 'PM', 'I'], /^3 date 2026-09-25: The school was closed/],
    ['a day before joining', ['A2', '2026-09-03', 'AM', '/'], /^3 date 2026-09-03: The pupil joined on 7 Sept? 2026/],
    ['a day after leaving', ['A2', '2026-10-13', 'AM', '/'], /^3 date 2026-10-13: The pupil left on 9 Oct 2026/],
    [
      'another code for the same session',
      ['A1', '2026-09-15', 'AM', 'I'],
      /^3 {2}: The file has two marks of this pupil for the morning of 15 Sept? 2026, "\/" in row 2 and "I" in row 3: keep one/,
    ],
  ])('refuses all of a file for %s', async (_name, row, expected) => {
    school = await aRegister();
    await school.file('pupils', csvOf('pupils', [pupilCells('A2', 1, { on_roll_from: '2026-09-07', on_roll_to: '2026-10-09' })]));
    const result = await school.marks([['A1', '2026-09-15', 'AM', '/'], row]);
    expect(result).toMatchObject({ status: 'refused', added: 0, casesOpened: 0 });
    expect(result.problems.map((p) => `${p.row} ${p.column} ${p.value}: ${p.cure}`)).toEqual([expect.stringMatching(expected)]);
    expect(result.problems[0]?.file).toBe('marks.csv');
    const kept = await school.db.registerImport.findUniqueOrThrow({ where: { id: result.importId } });
    expect(kept).toMatchObject({ status: 'refused', problems: result.problems });
    expect([await school.db.mark.count(), await school.db.pupilTotal.count(), await school.left()]).toEqual([0, 0, 0]);
  });

  it('takes # on a closed day and Z before joining, and names all problems at once in order', async () => {
    school = await aRegister();
    await school.file('pupils', csvOf('pupils', [pupilCells('A2', 1, { on_roll_from: '2026-09-07' })]));
    expect(
      (
        await school.marks([
          ['A1', '2026-09-25', 'AM', '#'],
          ['A2', '2026-09-03', 'AM', 'Z'],
        ])
      ).status,
    ).toBe('done');
    const bad = await school.marks([
      ['A1', '2026-09-15', 'AM', '/'],
      ['A1', '2026-09-15', 'AM', 'I'],
      ['A1', 'soon', 'XM', '/'],
    ]);
    expect(bad.problems.map(({ row, column }) => `${row} ${column}`)).toEqual(['3 ', '4 date', '4 session']);
    expect(bad.says).toBe('Nothing was imported: there are 3 problems to mend');
  });

  it('copies marks straight into the register if all are new, and stages a file as soon as one is not', async () => {
    school = await aRegister();
    const other = await school.pool.connect();
    await other.query('BEGIN; LOCK TABLE staged_mark IN ACCESS EXCLUSIVE MODE');
    const first = await school.marks([
      ['A1', '2026-09-14', 'AM', '/'],
      ['A1', '2026-09-14', 'PM', '-'],
      ['A2', '2026-09-14', 'AM', '\\', 'Late\\bus'],
    ]);
    expect(first).toMatchObject({ status: 'done', rows: 3, added: 2, changed: 0, unchanged: 1 });
    const second = school.marks([
      ['A2', '2026-09-15', 'AM', '/'],
      ['A1', '2026-09-14', 'AM', 'I'],
    ]);
    const waiting = "SELECT FROM pg_locks WHERE NOT granted AND relation = 'staged_mark'::regclass";
    while ((await school.pool.query(waiting)).rowCount === 0) await new Promise((done) => setTimeout(done, 20));
    expect(await school.db.mark.count()).toBe(2);
    await other.query('COMMIT');
    other.release();
    expect(await second).toMatchObject({ status: 'done', rows: 2, added: 1, changed: 1 });
    expect(await school.db.mark.findFirstOrThrow({ where: { code: '\\' } })).toMatchObject({ reason: 'Late\\bus' });
    expect(await totals('A2')).toBe('2/2, 0 authorised, 0 unauthorised');
  });

  it('changes nothing when the same file comes twice, and says so', async () => {
    school = await aRegister();
    const rows: Row[] = [
      ['A1', '2026-09-15', 'AM', '/'],
      ['A1', '2026-09-15', 'AM', '/'],
      ['A1', '2026-09-16', 'AM', ''],
    ];
    expect(await school.marks(rows)).toMatchObject({ added: 1, changed: 0, unchanged: 2 });
    const before = await school.db.mark.findMany();
    const again = await school.marks(rows);
    expect(again).toMatchObject({ status: 'done', added: 0, changed: 0, unchanged: 3, casesOpened: 0, casesTold: 0 });
    expect(again.says).toMatch(/^Nothing changed: all of this was known already\. The same file was imported on /);
    expect(await school.db.mark.findMany()).toEqual(before);
    expect((await school.fed(rows)).says).toBe('Nothing changed: all of this was known already');
  });

  it('keeps what was believed before a correction, with its reason', async () => {
    school = await aRegister({ on: '2026-09-15' });
    await school.marks([
      ['A1', '2026-09-14', 'AM', 'N'],
      ['A1', '2026-09-14', 'PM', 'N'],
    ]);
    await school.marks(
      [
        ['A1', '2026-09-14', 'AM', 'I', 'Mother rang'],
        ['A1', '2026-09-14', 'PM', 'N'],
      ],
      { on: '2026-09-17' },
    );
    await school.marks([['A1', '2026-09-14', 'AM', 'M']], { on: '2026-09-22' });
    const id = await school.idOf('A1');
    const span = { from: '2026-09-01', to: '2026-09-30' };
    const codes = async (at?: Date) => (await marksOf(school.db, id, span, at)).map(({ code }) => code).join('');
    expect([await codes(new Date('2026-09-16T12:00:00Z')), await codes(new Date('2026-09-20T12:00:00Z')), await codes()]).toEqual(
      ['NN', 'IN', 'MN'],
    );
    expect(await codes(new Date('2026-09-14T00:00:00Z'))).toBe('');
    expect(await correctionsOf(school.db, id, span)).toEqual([
      expect.objectContaining({ on: '2026-09-14', session: 'AM', was: 'I', is: 'M', reason: null }),
      expect.objectContaining({ on: '2026-09-14', session: 'AM', was: 'N', is: 'I', reason: 'Mother rang', by: null }),
    ]);
    expect(await totals('A1')).toBe('0/2, 1 authorised, 1 unauthorised');
  });

  it('corrects twice within a day, and with a clock that went back', async () => {
    school = await aRegister();
    const at = Date.parse('2026-10-16T12:00:00Z');
    for (const [code, now] of [
      ['N', at],
      ['I', at],
      ['O', at - 60_000],
      ['-', at],
    ] as const)
      expect((await school.marks([['A1', '2026-09-14', 'AM', code]], { now: () => now })).status).toBe('done');
    const rows = await school.db.mark.findMany({ orderBy: { knownFrom: 'asc' } });
    expect(rows.map(({ code }) => code)).toEqual(['N', 'I', 'O', '-']);
    for (const [i, row] of rows.entries()) expect(row.knownUntil).toEqual(rows[i + 1]?.knownFrom ?? null);
  });

  it('opens a case of which what waits goes with the pupil to a new class teacher', async () => {
    school = await aRegister({ on: '2026-10-02' });
    await school.marks(await daysOf('A1', '2026-10-02', { '2026-09-14': 'O', '2026-09-15': 'O' }));
    const waits = async () => (await school.db.proposal.findMany()).map(({ status, className }) => `${status} ${className}`);
    expect(await waits()).toEqual(['open 9A']);
    const moved = csvOf('pupils', [pupilCells('A1', 0, { class: '9D' })]);
    expect(await school.file('pupils', moved)).toMatchObject({ changed: 1 });
    expect(await waits()).toEqual(['open 9D']);
  });

  it('opens a case for whom the policy names, once, and tells it only when its evidence moved', async () => {
    school = await aRegister({ on: '2026-10-02' });
    const inbox = () => school.db.outbox.findMany({ orderBy: { id: 'asc' } });
    const absent = { '2026-09-14': 'I', '2026-09-15': 'I' };
    const first = await school.marks([...(await daysOf('A1', '2026-10-01', absent)), ...(await daysOf('A2', '2026-10-01'))]);
    expect(first).toMatchObject({ casesOpened: 1, casesTold: 0 });
    expect(first.says).toMatch(/1 case opened, 0 open cases brought up to date$/);
    const opened = await school.db.attendanceCase.findFirstOrThrow();
    expect(opened).toMatchObject({ pupilId: await school.idOf('A1'), status: 'open', stage: 'letter 1' });
    expect(await inbox()).toMatchObject([{ kind: 'start', matterId: opened.id }]);
    // A day more in the same band: nobody is woken.
    expect(
      await school.marks([
        ['A1', '2026-10-02', 'AM', '/'],
        ['A1', '2026-10-02', 'PM', '\\'],
      ]),
    ).toMatchObject({ casesOpened: 0, casesTold: 0 });
    // A correction of a known mark: told.
    const told = await school.marks([['A1', '2026-09-14', 'AM', 'M', 'Card seen']]);
    expect(told).toMatchObject({ casesOpened: 0, casesTold: 1 });
    expect((await inbox())[1]).toMatchObject({
      kind: 'tell',
      matterKind: 'case',
      matterId: opened.id,
      input: { key: `import:${told.importId}`, kind: 'register changed' },
    });
    // What its policy asks of the pupil is known otherwise: told; another class is none of that.
    const pupil = async (over: Record<string, string>) => school.file('pupils', csvOf('pupils', [pupilCells('A1', 0, over)]));
    expect(await pupil({ class: '9B' })).toMatchObject({ changed: 1, casesTold: 0 });
    expect(await pupil({ class: '9B', flags: 'bereaved' })).toMatchObject({ changed: 1, casesTold: 1 });
    const right = { class: '9B', flags: 'bereaved', year_group: '8' };
    expect(await pupil(right)).toMatchObject({ changed: 1, casesTold: 1 });
    expect(await pupil({ ...right, date_of_birth: '2014-01-15' })).toMatchObject({ changed: 1, casesTold: 1 });
    // Who may be written to is known otherwise: told; another phone number is none of that.
    const contact = async (over: Record<string, string>) =>
      school.file('contacts', csvOf('contacts', [contactCells('C1', 'A1', over)]));
    expect(await contact({})).toMatchObject({ added: 1, casesTold: 0 });
    expect(await contact({ phone: '07700 900123' })).toMatchObject({ changed: 1, casesTold: 0 });
    const known = { phone: '07700 900123', permission: 'none' };
    expect(await contact(known)).toMatchObject({ changed: 1, casesTold: 1 });
    // Nobody who neither has responsibility nor lives with the child is written to, and nobody without a way to reach them.
    const apart = { ...known, lives_with: 'no', parental_responsibility: 'no' };
    expect(await contact(apart)).toMatchObject({ changed: 1, casesTold: 1 });
    expect(await contact({ ...apart, email: 'c1@families.example' })).toMatchObject({ changed: 1, casesTold: 1 });
    const unsafe = { ...apart, email: 'c1@families.example', address_safe: 'no' };
    expect(await contact(unsafe)).toMatchObject({ changed: 1, casesTold: 1 });
    // The other child of whom nothing is said: the same person is reached otherwise.
    await school.file('pupils', csvOf('pupils', [pupilCells('A2', 1)]));
    expect(await contact({ ...unsafe, email: 'new@families.example' })).toMatchObject({ changed: 1, casesTold: 1 });
    const ofBrother = csvOf('contacts', [contactCells('C1', 'A2', { ...unsafe, email: 'c1@families.example' })]);
    expect(await school.file('contacts', ofBrother)).toMatchObject({ added: 1, casesTold: 1 });
    // Below 90%: a crossing, so told.
    await school.db.school.updateMany({ data: { today: new Date('2026-10-07') } });
    const days = ['2026-10-05', '2026-10-06', '2026-10-07'].flatMap((day): Row[] => [
      ['A1', day, 'AM', 'I'],
      ['A1', day, 'PM', 'I'],
    ]);
    expect(await school.marks(days, { on: '2026-10-07' })).toMatchObject({ casesOpened: 0, casesTold: 1 });
    expect(school.opened).toHaveLength(1);
  });

  it('tells a case whose policy counts lates of a late, and not of a session attended in time, whichever way the file goes', async () => {
    school = await aRegister({ on: '2026-10-02' });
    await keepPack(school.db, readFileSync(new URL('celt.yaml', packFile), 'utf8'), 'celt.yaml');
    await school.db.school.updateMany({ data: { packId: 'celt' } });
    const ill = await daysOf('A1', '2026-10-01', { '2026-09-14': 'I' });
    expect(await school.marks([...ill, ...(await daysOf('A2', '2026-10-01'))])).toMatchObject({ casesOpened: 1 });
    const toldOf = async (on: Day, ...rows: Row[]) => (await school.marks(rows, { on })).casesTold;
    expect(await toldOf('2026-10-02', ['A1', '2026-10-02', 'AM', '/'])).toBe(0);
    expect(await toldOf('2026-10-02', ['A1', '2026-10-02', 'PM', 'L'])).toBe(1);
    await school.db.school.updateMany({ data: { today: new Date('2026-10-05') } });
    // Who is corrected beside it sends the file the other way.
    expect(await toldOf('2026-10-05', ['A1', '2026-10-05', 'AM', '/'], ['A2', '2026-09-14', 'AM', 'M'])).toBe(0);
    expect(await toldOf('2026-10-05', ['A1', '2026-10-05', 'PM', 'L'], ['A2', '2026-09-15', 'AM', 'M'])).toBe(1);
  });

  it('does not open a second case for a pupil whose case was closed while the reason stands', async () => {
    school = await aRegister();
    await school.marks(await daysOf('A1', '2026-10-01', { '2026-09-14': 'I' }));
    expect(await school.db.attendanceCase.count()).toBe(1);
    await school.db.attendanceCase.updateMany({ data: { status: 'closed' } });
    await school.marks([['A1', '2026-10-02', 'AM', 'I']]);
    expect(await school.db.attendanceCase.count()).toBe(1);
  });

  it('nor if it began in the school year before and was closed in this one', async () => {
    school = await aRegister();
    await school.marks(await daysOf('A1', '2026-10-01', { '2026-09-14': 'I' }));
    const closed = { status: 'closed', openedOn: new Date('2026-06-15'), closedOn: new Date('2026-10-01') };
    await school.db.attendanceCase.updateMany({ data: closed });
    expect(await school.marks([['A1', '2026-10-02', 'AM', 'I']])).toMatchObject({ casesOpened: 0 });
    // What was closed in the year before has no say in this one.
    await school.db.attendanceCase.updateMany({ data: { closedOn: new Date('2026-07-10') } });
    expect(await school.marks([['A1', '2026-10-02', 'PM', 'I']])).toMatchObject({ casesOpened: 1 });
  });

  it('does not open one again for what a rule of the closed case was answered for, and does once it is so anew', async () => {
    school = await aRegister();
    await keepPack(school.db, readFileSync(new URL('celt.yaml', packFile), 'utf8'), 'celt.yaml');
    await school.db.school.updateMany({ data: { packId: 'celt' } });
    const late = (...days: string[]) =>
      days.flatMap((on): Row[] => [
        ['A1', on, 'AM', 'L'],
        ['A1', on, 'PM', 'L'],
      ]);
    const opened = async (on: string, ...days: string[]) => {
      await school.db.school.updateMany({ data: { today: new Date(on) } });
      return (await school.marks(late(...days), { on })).casesOpened;
    };
    expect(await opened('2026-09-24', '2026-09-21', '2026-09-22', '2026-09-23', '2026-09-24')).toBe(1);
    await school.db.attendanceCase.updateMany({ data: { status: 'closed', closedOn: new Date('2026-09-24') } });
    expect(await opened('2026-09-28', '2026-09-28')).toBe(0);
    expect(await opened('2026-11-04', '2026-11-02', '2026-11-03', '2026-11-04')).toBe(0);
    expect(await opened('2026-11-05', '2026-11-05')).toBe(1);
  });

  it('leaves nothing but a refused import when opening a case fails', async () => {
    school = await aRegister();
    const openCases = async () => {
      throw new Error('the disk is full');
    };
    const rows = await daysOf('A1', '2026-10-01', { '2026-09-14': 'I', '2026-09-15': 'I' });
    await expect(school.marks(rows, { openCases })).rejects.toThrow('the disk is full');
    expect([await school.db.mark.count(), await school.db.pupilTotal.count(), await school.left()]).toEqual([0, 0, 0]);
    const kept = await school.db.registerImport.findFirstOrThrow({ where: { kind: 'marks' } });
    expect(kept).toMatchObject({ status: 'refused', added: 0 });
    expect(await school.marks(rows)).toMatchObject({ status: 'done', casesOpened: 1 });
  });
});
