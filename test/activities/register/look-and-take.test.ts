import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { advance } from '../../../activities/matter/advance.ts';
import { loads } from '../../../activities/matter/loads.ts';
import { cancelImport } from '../../../activities/register/cancel-import.ts';
import { lookAtRegisterFile } from '../../../activities/register/import-register-file.ts';
import { started } from '../../../activities/register/import-row.ts';
import { takeImport } from '../../../activities/register/take-import.ts';
import { importFacts } from '../../../api/imports/facts.ts';
import { lookView } from '../../../api/imports/look-view.ts';
import { lookLines } from '../../../bin/import/lines.ts';
import { addDays } from '../../../policy/calendar/day.ts';
import type { ImportKind } from '../../../policy/register/csv-forms.ts';
import { ImportEffects } from '../../../policy/register/import-effects.ts';
import { fingerprint } from '../../../prisma/imports.ts';
import type { MatterInput } from '../../../workflows/messages.ts';
import { aRegister, contactCells, csvOf, markCells, pupilCells, schoolId } from './a-register.ts';
import { workbook } from './reading/a-workbook.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
afterEach(() => school.end());
const on = '2026-10-16';

async function look(kind: ImportKind, content: string | Buffer, mapping?: 'guess') {
  const importId = randomUUID();
  const of = { schoolId, fileName: `${kind}.csv`, by: null };
  await started(school.db, importId, kind, 'waiting', of);
  await lookAtRegisterFile(kind, school.deps, () => Readable.from([Buffer.from(content)]), { ...of, on, importId, mapping });
  return seen(importId);
}
async function seen(importId: string) {
  const row = await school.db.registerImport.findUniqueOrThrow({ where: { id: importId } });
  const rejected = await school.db.rejectedRow.findMany({ where: { importId }, orderBy: { n: 'asc' } });
  return { importId, row, rejected };
}
const take = (importId: string, row: { effects: unknown }, leaveOutRejected = false) =>
  takeImport(school.deps, { schoolId, on, importId, seen: fingerprint(row.effects), leaveOutRejected, by: null });

const marksOf = (rows: Parameters<typeof markCells>[0][]) => csvOf('marks', rows.map(markCells));
const days = ['07', '08', '09', '10', '11', '14', '15', '16', '17', '18', '21', '22', '23', '24'].map((day) => `2026-09-${day}`);
const both = (no: string, code: string) =>
  days.flatMap((day): Parameters<typeof markCells>[0][] => [
    [no, day, 'AM', code],
    [no, day, 'PM', code],
  ]);

describe('looking at a file', () => {
  it('changes nothing, and says what taking it would do: then it does just that', async () => {
    school = await aRegister();
    const { importId, row } = await look('marks', marksOf([...both('A1', 'O'), ...both('A2', '/')]));
    expect(row).toMatchObject({ status: 'looked', rows: 56, added: 56, changed: 0, unchanged: 0, rejected: 0, problems: [] });
    const { opened } = ImportEffects.parse(row.effects);
    expect(opened).toEqual([{ pupilId: await school.idOf('A1'), says: expect.stringMatching(/\w/), since: '2026-09-18' }]);
    expect(await school.db.mark.count()).toBe(0);
    expect(await school.db.attendanceCase.count()).toBe(0);
    expect(await school.db.outbox.count()).toBe(0);
    await take(importId, row);
    expect(await school.db.mark.count()).toBe(56);
    expect(await school.db.attendanceCase.findMany()).toMatchObject([{ pupilId: opened[0]?.pupilId, headline: opened[0]?.says }]);
    expect((await seen(importId)).row).toMatchObject({ status: 'done', added: 56, casesOpened: 1 });
    expect(await school.left()).toBe(0);
  });

  it('of last year opens nothing, however bad that year was: it is known, and fires no letter', async () => {
    school = await aRegister();
    await school.file('pupils', csvOf('pupils', [pupilCells('A1', 0, { on_roll_from: '2025-09-02' })]));
    const lastYear = days.map((day) => day.replace('2026', '2025')).filter((day) => new Date(day).getDay() % 6 !== 0);
    const { row, importId } = await look('marks', marksOf(lastYear.map((day) => ['A1', day, 'AM', 'O'])));
    expect(row).toMatchObject({ status: 'looked', added: lastYear.length, effects: { opened: [], told: [] } });
    await take(importId, row);
    expect(await school.db.attendanceCase.count()).toBe(0);
  });

  it('refuses a file of which no row is left once the register has been asked', async () => {
    school = await aRegister();
    const { upn } = await school.db.pupil.findUniqueOrThrow({ where: { id: await school.idOf('A1') } });
    const { row, rejected } = await look('pupils', csvOf('pupils', [pupilCells('A8', 8, { upn })]));
    expect(row).toMatchObject({ status: 'refused', rows: 1, rejected: 1, problems: [{ row: 2, column: 'upn', value: upn }] });
    expect([rejected.length, await school.left()]).toEqual([1, 0]);
  });

  it('keeps bad rows apart with their reasons, and takes the good ones only if somebody says so', async () => {
    school = await aRegister();
    const { importId, row, rejected } = await look(
      'marks',
      marksOf([
        ['A1', '2026-09-14', 'AM', 'I'],
        ['A9', '2026-09-14', 'AM', 'I'],
        ['A2', '2026-09-13', 'AM', 'zz'],
      ]),
    );
    expect(row).toMatchObject({ status: 'looked', rows: 3, added: 1, rejected: 2 });
    expect(rejected).toMatchObject([
      { n: 2, row: 3, cells: { admission_no: 'A9' }, wrongs: [{ column: 'admission_no' }] },
      { n: 3, row: 4, cells: { code: 'zz' }, wrongs: [{ column: 'code' }] },
    ]);
    await expect(take(importId, row)).rejects.toMatchObject({
      code: 'NotAllowed',
      message: expect.stringMatching(/2 rows cannot/),
    });
    expect(await school.db.mark.count()).toBe(0);
    await take(importId, row, true);
    expect(await school.believed('A1')).toEqual(['2026-09-14 AM I']);
    expect((await seen(importId)).row).toMatchObject({ status: 'done', rows: 3, added: 1, rejected: 2 });
  });

  it('leaves out every row that contradicts another: nobody knows which is right', async () => {
    school = await aRegister();
    const { importId, row, rejected } = await look(
      'marks',
      marksOf([
        ['A1', '2026-09-14', 'AM', 'I'],
        ['A2', '2026-09-14', 'AM', 'I'],
        ['A1', '2026-09-14', 'AM', 'O'],
        ['A1', '2026-09-14', 'AM', 'I'],
      ]),
    );
    expect(rejected.map(({ row: at }) => at)).toEqual([2, 4, 5]);
    expect(rejected[0]?.wrongs).toMatchObject([{ column: '', cure: expect.stringMatching(/"I" in row 2 and "O" in row 4/) }]);
    expect(rejected[0]?.cells).toEqual({
      admission_no: 'A1',
      date: '2026-09-14',
      session: 'AM',
      code: 'I',
      minutes_late: '',
      reason: '',
    });
    await take(importId, row, true);
    expect(await school.believed('A1')).toEqual([]);
    expect(await school.believed('A2')).toEqual(['2026-09-14 AM I']);
  });

  it('says of a case that would be taken up again that it would, and not that one would open', async () => {
    school = await aRegister({ pupils: ['A1'] });
    await school.marks(both('A1', 'O'), { on });
    const pupils = (on_roll_to: string) => csvOf('pupils', [pupilCells('A1', 0, { on_roll_to })]);
    await school.file('pupils', pupils('2026-10-09'));
    for (const { id, matterId, input } of await school.db.outbox.findMany({ where: { kind: 'tell' } })) {
      const told = { kind: 'case', matterId, input: input as MatterInput } as const;
      await school.db.$transaction((tx) => advance(tx, loads, Date.now(), told));
      await school.db.outbox.update({ where: { id }, data: { deliveredAt: new Date() } });
    }
    expect(await school.db.attendanceCase.findMany()).toMatchObject([{ status: 'closed' }]);
    const { importId, row } = await look('pupils', pupils(''));
    const { opened } = ImportEffects.parse(row.effects);
    expect(opened).toEqual([{ pupilId: await school.idOf('A1'), says: expect.stringMatching(/\w/), since: null, again: true }]);
    const shown = await lookView(
      { deps: { db: school.db } } as Parameters<typeof lookView>[0],
      row as Parameters<typeof lookView>[1],
    );
    expect(shown).toMatchObject({ opens: [], resumes: [{ says: opened[0]?.says, late: null }] });
    expect(shown.resumesTitle).toBe('1 closed case would be taken up again');
    expect(lookLines(row, 0).join('\n')).toContain('0 cases would open, 1 closed case would be taken up again, 0 open cases');
    expect(await take(importId, row)).toContain('0 cases opened, 1 closed case taken up again, 0 open cases brought up to date');
    const facts = importFacts((await seen(importId)).row);
    expect(facts).toMatchObject({
      casesOpened: 0,
      casesTakenUp: 1,
      says: expect.stringMatching(/1 closed case taken up again$/),
    });
  });

  it('does so for pupils and contacts, giving their cells back as a file would have them', async () => {
    school = await aRegister();
    const twice = [
      pupilCells('B1', 5),
      pupilCells('B2', 6, { flags: 'ehcp; looked-after' }),
      pupilCells('B2', 6, { class: '9C' }),
    ];
    const pupils = await look('pupils', csvOf('pupils', twice));
    expect(pupils.row).toMatchObject({ added: 1, rejected: 2 });
    expect(pupils.rejected[0]?.cells).toMatchObject({ admission_no: 'B2', flags: 'ehcp; looked-after', year_group: '9' });
    const two = [contactCells('C1', 'A1'), contactCells('C1', 'A2', { full_name: 'Somebody Else' }), contactCells('C2', 'A1')];
    const contacts = await look('contacts', csvOf('contacts', two));
    expect(contacts.row).toMatchObject({ added: 1, rejected: 2 });
    expect(contacts.rejected[1]?.cells).toMatchObject({
      full_name: 'Somebody Else',
      lives_with: 'yes',
      email: 'parent.c1@families.example',
    });
    expect(contacts.rejected[0]?.cells).not.toHaveProperty('pupil_id');
  });

  it('finds out how another system lays its file out, and says what to look at', async () => {
    school = await aRegister();
    const rows = [
      ['Marks for year 9'],
      ['Adno', 'Name', '14/09/2026 AM', '14/09/2026 PM'],
      ['A1', 'Ann', '/', '\\'],
      ['A2', 'Bo', 'N', '@'],
      ['A9', 'Who', 'I', ''],
    ];
    const { importId, row, rejected } = await look('marks', await workbook({ sheets: [{ name: 'Marks', rows }] }), 'guess');
    expect(row).toMatchObject({ status: 'looked', rows: 5, added: 3, rejected: 1 });
    expect(row.how).toMatchObject({ by: expect.stringMatching(/-marks-wide$/), guessed: true, format: 'xlsx', headingRow: 2 });
    expect(rejected).toMatchObject([{ row: 5, cells: { admission_no: 'A9' } }]);
    await take(importId, row, true);
    expect(await school.believed('A1')).toEqual(['2026-09-14 AM /', '2026-09-14 PM \\']);
  });

  it('leaves nobody a decision where nothing is new', async () => {
    school = await aRegister();
    await school.marks([['A1', '2026-09-14', 'AM', 'I']]);
    const { row } = await look('marks', marksOf([['A1', '2026-09-14', 'AM', 'I']]));
    expect(row).toMatchObject({ status: 'done', added: 0, changed: 0, unchanged: 1 });
    expect(await school.left()).toBe(0);
  });

  it('is refused as a whole if the rest of the file cannot be read', async () => {
    school = await aRegister();
    const cut = await look('marks', `${marksOf([['A1', '2026-09-14', 'AM', 'I']])}\nA1,"2026`);
    expect(cut.row).toMatchObject({ status: 'refused', problems: [{ cure: expect.stringMatching(/quotation mark/) }] });
    const empty = await look('marks', marksOf([]));
    expect(empty.row).toMatchObject({ status: 'refused', problems: [{ cure: expect.stringMatching(/no rows/) }] });
    expect(await school.left()).toBe(0);
  });
});

describe('saying yes', () => {
  it('is refused when the register has changed what the file would do, and shows that instead', async () => {
    school = await aRegister();
    const { importId, row } = await look('marks', marksOf([['A1', '2026-09-14', 'AM', 'I']]));
    await school.marks([['A1', '2026-09-14', 'AM', 'M']]);
    await expect(take(importId, row)).rejects.toMatchObject({ code: 'Stale' });
    expect(await school.believed('A1')).toEqual(['2026-09-14 AM M']);
    const now = await seen(importId);
    expect(now.row).toMatchObject({ status: 'looked', added: 0, changed: 1 });
    await take(importId, now.row);
    expect(await school.believed('A1')).toEqual(['2026-09-14 AM I']);
  });

  it('leaves out what the calendar or a pupil’s days have made wrong meanwhile', async () => {
    school = await aRegister();
    const { importId, row } = await look(
      'marks',
      marksOf([
        ['A1', '2026-09-14', 'AM', 'I'],
        ['A2', '2026-09-14', 'AM', 'I'],
        ['A2', '2026-09-15', 'AM', 'I'],
      ]),
    );
    await school.file('pupils', csvOf('pupils', [pupilCells('A1', 0, { on_roll_from: '2026-09-21' })]));
    const closed = new Date('2026-09-15');
    await school.db.calendarPeriod.create({
      data: { schoolId, kind: 'closure', label: 'Flood', fromDay: closed, toDay: closed },
    });
    await expect(take(importId, row)).rejects.toMatchObject({ code: 'Stale' });
    const now = await seen(importId);
    expect(now.row).toMatchObject({ added: 1, rejected: 2 });
    expect(now.rejected.map(({ wrongs }) => wrongs)).toMatchObject([
      [{ cure: expect.stringMatching(/joined on/) }],
      [{ cure: expect.stringMatching(/closed/) }],
    ]);
    await take(importId, now.row, true);
    expect(await school.believed('A2')).toEqual(['2026-09-14 AM I']);
  });

  it('finds what became wrong behind a thousand lawful marks of closed days', async () => {
    const away = Array.from({ length: 13 }, (_, i) => `B${i}`);
    school = await aRegister({ pupils: [...away, 'A1'] });
    const [from, to] = ['2026-09-07', '2026-10-15'];
    const closed = { fromDay: new Date(from), toDay: new Date(to) };
    await school.db.calendarPeriod.create({ data: { schoolId, kind: 'closure', label: 'Flood', ...closed } });
    const days = Array.from({ length: 39 }, (_, i) => addDays(from, i));
    const lawful = away.flatMap((no) =>
      days.flatMap((day) => (['AM', 'PM'] as const).map((session): Parameters<typeof markCells>[0] => [no, day, session, 'Y4'])),
    );
    expect(lawful.length).toBeGreaterThan(1_000);
    const { importId, row } = await look('marks', marksOf([...lawful, ['A1', '2026-09-04', 'AM', 'I']]));
    expect(row).toMatchObject({ rejected: 0 });
    await school.file('pupils', csvOf('pupils', [pupilCells('A1', away.length, { on_roll_from: '2026-09-21' })]));
    await expect(take(importId, row)).rejects.toMatchObject({ code: 'Stale' });
    expect((await seen(importId)).row).toMatchObject({ added: lawful.length, rejected: 1 });
  });

  it('is told of as interrupted at once if its beginning cannot be read', async () => {
    school = await aRegister();
    const importId = randomUUID();
    const of = { schoolId, fileName: 'marks.csv', by: null };
    await started(school.db, importId, 'marks', 'waiting', of);
    const gone = () =>
      new Readable({
        read() {
          this.destroy(new Error('The disk is gone'));
        },
      });
    await expect(lookAtRegisterFile('marks', school.deps, gone, { ...of, on, importId, mapping: 'guess' })).rejects.toThrow(
      'The disk is gone',
    );
    expect((await seen(importId)).row).toMatchObject({ status: 'refused' });
  });

  it('is taken once', async () => {
    school = await aRegister();
    const { importId, row } = await look('marks', marksOf([['A1', '2026-09-14', 'AM', 'I']]));
    const both = await Promise.allSettled([take(importId, row), take(importId, row)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await school.db.mark.count()).toBe(1);
  });

  it('finds rows that a crash of the database has taken', async () => {
    school = await aRegister();
    const { importId, row } = await look('marks', marksOf([['A1', '2026-09-14', 'AM', 'I']]));
    await school.db.stagedMark.deleteMany();
    await expect(take(importId, row)).rejects.toMatchObject({ code: 'Closed', message: expect.stringMatching(/lost/) });
  });
});

describe('contacts without a number', () => {
  it('are whom the school knows when the file is taken, not when it was looked at', async () => {
    school = await aRegister();
    const mother = { ...contactCells('', 'A1'), full_name: 'Ann Smith', email: '' };
    const { importId, row } = await look('contacts', csvOf('contacts', [mother], ['contact_no', 'address_safe']));
    expect(row).toMatchObject({ status: 'looked', added: 1 });
    await school.file(
      'contacts',
      csvOf('contacts', [{ ...mother, contact_no: 'C1', phone: '01632 960001', address_safe: 'no' }]),
    );
    await expect(take(importId, row)).rejects.toMatchObject({ code: 'Stale' });
    const again = await seen(importId);
    expect(again.row).toMatchObject({ status: 'looked', added: 0, changed: 1 });
    await take(importId, again.row);
    expect(await school.db.contact.findMany()).toMatchObject([{ contactNo: 'C1', phone: null, addressSafe: false }]);
  });

  it('are left out as they came, without what was looked up for them', async () => {
    school = await aRegister();
    const twice = [
      contactCells('', 'A1', { full_name: 'Ann', email: '' }),
      contactCells('', 'A1', { full_name: 'Ann', email: '', phone: '1' }),
    ];
    const { rejected } = await look('contacts', csvOf('contacts', twice, ['contact_no']));
    expect(rejected.map(({ cells }) => Object.keys(cells as object).filter((name) => !(name in contactCells('', ''))))).toEqual([
      [],
      [],
    ]);
    expect(rejected[0]?.cells).toEqual(expect.not.objectContaining({ contact_no: expect.anything() }));
  });
});

describe('cancelling', () => {
  it('leaves nothing of what was looked at', async () => {
    school = await aRegister();
    const { importId, row } = await look(
      'marks',
      marksOf([
        ['A1', '2026-09-14', 'AM', 'I'],
        ['A9', '2026-09-14', 'AM', 'I'],
      ]),
    );
    await cancelImport(school.db, { schoolId, importId });
    expect(await seen(importId)).toMatchObject({ row: { status: 'cancelled', problems: [] }, rejected: [] });
    expect(await school.left()).toBe(0);
    await expect(take(importId, row)).rejects.toMatchObject({ code: 'Closed' });
    await expect(cancelImport(school.db, { schoolId, importId })).rejects.toMatchObject({ code: 'Closed' });
  });

  it('stops a file that is being read', async () => {
    school = await aRegister();
    let importId = '';
    async function* endless() {
      yield 'admission_no,date,session,code\n';
      for (let i = 0; ; i++) {
        yield 'A1,2026-09-14,AM,I\nA9,2026-09-14,AM,I\n'.repeat(2_500);
        if (i === 1) await cancelImport(school.db, { schoolId, importId });
      }
    }
    importId = randomUUID();
    await started(school.db, importId, 'marks', 'waiting', { schoolId, fileName: 'marks.csv', by: null });
    await lookAtRegisterFile('marks', school.deps, () => Readable.from(endless()), {
      mapping: undefined,
      schoolId,
      fileName: 'marks.csv',
      by: null,
      on,
      importId,
    });
    expect(await seen(importId)).toMatchObject({ row: { status: 'cancelled' }, rejected: [] });
    expect(await school.left()).toBe(0);
  });
});
