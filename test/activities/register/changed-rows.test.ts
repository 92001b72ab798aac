import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { cancelImport } from '../../../activities/register/cancel-import.ts';
import { lookAtRegisterFile } from '../../../activities/register/import-register-file.ts';
import { started } from '../../../activities/register/import-row.ts';
import { takeImport } from '../../../activities/register/take-import.ts';
import type { ImportKind } from '../../../policy/register/csv-forms.ts';
import { changedRows } from '../../../prisma/changed-rows.ts';
import { fingerprint } from '../../../prisma/imports.ts';
import { aRegister, contactCells, csvOf, markCells, pupilCells, schoolId } from './a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
afterEach(() => school.end());
const on = '2026-10-16';

async function look(kind: ImportKind, content: string) {
  const importId = randomUUID();
  const of = { schoolId, fileName: `${kind}.csv`, by: null };
  await started(school.db, importId, kind, 'waiting', of);
  const open = () => Readable.from([Buffer.from(content)]);
  await lookAtRegisterFile(kind, school.deps, open, { ...of, on, importId, mapping: undefined });
  return school.db.registerImport.findUniqueOrThrow({ where: { id: importId } });
}

type Looked = Awaited<ReturnType<typeof look>>;

/** All pages, each row in short. */
async function listed(looked: Looked) {
  const all: { row: number; no: string; of: string; changes: string[] }[] = [];
  const sizes: number[] = [];
  for (let next: string | null = '0'; next !== null; ) {
    const page: Awaited<ReturnType<typeof changedRows>> = await changedRows(school.db, looked, Number(next));
    sizes.push(page.rows.length);
    for (const { row, pupil, on: day, session, contact, changes } of page.rows)
      all.push({
        ...{ row, no: pupil.admissionNo, of: contact ?? (day === null ? '' : `${day} ${session}`) },
        changes: changes.map(({ column, was, now }) => `${column}: ${was} > ${now}`),
      });
    next = page.next;
  }
  return { all, sizes };
}

const take = ({ id: importId, effects }: Looked) =>
  takeImport(school.deps, { schoolId, on, importId, seen: fingerprint(effects), leaveOutRejected: false, by: null });

describe('which rows an import that is looked at would change', () => {
  it('names each mark that says something else, from what to what, and neither new ones nor those that say the same', async () => {
    school = await aRegister();
    await school.file(
      'marks',
      ['admission_no,date,session,code,minutes_late', 'A1,2026-09-14,AM,L,5', 'A1,2026-09-14,PM,\\,', 'A2,2026-09-14,AM,N,'].join(
        '\n',
      ),
    );
    const looked = await look(
      'marks',
      [
        'admission_no,date,session,code,minutes_late',
        'A2,2026-09-14,AM,I,',
        'A1,2026-09-14,PM,\\,',
        'A2,2026-09-15,AM,/,',
        'A1,2026-09-14,AM,L,25',
        'A1,2026-09-14,AM,L,25',
      ].join('\n'),
    );
    expect(looked).toMatchObject({ status: 'looked', added: 1, changed: 2, unchanged: 2 });
    expect((await listed(looked)).all).toEqual([
      { row: 2, no: 'A2', of: '2026-09-14 AM', changes: ['code: N > I'] },
      { row: 5, no: 'A1', of: '2026-09-14 AM', changes: ['minutes_late: 5 > 25'] },
    ]);
  });

  it('says of a mark that is taken back that there is none, and of minutes that they go with it', async () => {
    school = await aRegister();
    await school.file('marks', 'admission_no,date,session,code,minutes_late\nA1,2026-09-14,AM,L,5\n');
    const looked = await look('marks', csvOf('marks', [markCells(['A1', '2026-09-14', 'AM', '-'])], ['minutes_late']));
    expect((await listed(looked)).all).toEqual([
      { row: 2, no: 'A1', of: '2026-09-14 AM', changes: ['code: L > -', 'minutes_late: 5 > '] },
    ]);
  });

  it('names each column of a pupil, as the file calls it, and the name that follows the legal one', async () => {
    school = await aRegister();
    const over = { legal_name: 'Zoë Ashworth', class: '9B', date_of_birth: '2013-01-16', flags: 'ehcp; young-carer' };
    const looked = await look('pupils', csvOf('pupils', [pupilCells('A2', 1), pupilCells('A1', 0, over), pupilCells('A3', 5)]));
    expect(looked).toMatchObject({ added: 1, changed: 1, unchanged: 1 });
    expect((await listed(looked)).all).toEqual([
      {
        ...{ row: 3, no: 'A1', of: '' },
        changes: [
          'legal_name: Pupil A1 > Zoë Ashworth',
          'chosen_name: Pupil A1 > Zoë Ashworth',
          'date_of_birth: 2013-01-15 > 2013-01-16',
          'class: 9A > 9B',
          'flags:  > ehcp; young-carer',
        ],
      },
    ]);
  });

  it('names a contact by the name until now, in each of the children’s rows', async () => {
    school = await aRegister();
    const rows = (over: Record<string, string>) => [contactCells('C1', 'A1', over), contactCells('C1', 'A2', over)];
    await school.file('contacts', csvOf('contacts', rows({})));
    const [first = {}, second = {}] = rows({ full_name: 'Ada Lark', email: '', address: '2 Kiln Row; Oakbridge' });
    const looked = await look('contacts', csvOf('contacts', [{ ...first, lives_with: 'no' }, second]));
    expect(looked).toMatchObject({ added: 0, changed: 2 });
    const person = [
      'full_name: Parent C1 > Ada Lark',
      'email: parent.c1@families.example > ',
      'address: 1 Kiln Row; Oakbridge > 2 Kiln Row; Oakbridge',
    ];
    expect((await listed(looked)).all).toEqual([
      { row: 2, no: 'A1', of: 'Parent C1', changes: [person[0], 'lives_with: yes > no', ...person.slice(1)] },
      { row: 3, no: 'A2', of: 'Parent C1', changes: person },
    ]);
  });

  it('comes fifty at a time in file order, as many as the count says', async () => {
    const numbers = Array.from({ length: 60 }, (_, i) => `B${String(i).padStart(2, '0')}`);
    school = await aRegister({ pupils: numbers });
    const marks = (code: string) =>
      numbers.flatMap((no) =>
        [
          ['AM', code],
          ['PM', code],
        ].map(([session = '', mark = '']) => markCells([no, '2026-09-14', session, mark])),
      );
    await school.file('marks', csvOf('marks', marks('N')));
    const looked = await look('marks', csvOf('marks', marks('I')));
    const { all, sizes } = await listed(looked);
    expect([looked.changed, sizes]).toEqual([120, [50, 50, 20]]);
    expect(all.map(({ row }) => row)).toEqual(Array.from({ length: 120 }, (_, i) => i + 2));
  });

  it('is told anew when the register moved on, and is forgotten once somebody has decided', async () => {
    school = await aRegister();
    await school.marks([
      ['A1', '2026-09-14', 'AM', 'N'],
      ['A2', '2026-09-14', 'AM', 'N'],
    ]);
    const file = csvOf('marks', [markCells(['A1', '2026-09-14', 'AM', 'I']), markCells(['A2', '2026-09-14', 'AM', 'I'])]);
    const looked = await look('marks', file);
    expect((await listed(looked)).all).toHaveLength(2);
    await school.marks([['A1', '2026-09-14', 'AM', 'I']]);
    await expect(take(looked)).rejects.toMatchObject({ code: 'Stale' });
    const again = await school.db.registerImport.findUniqueOrThrow({ where: { id: looked.id } });
    expect([again.changed, (await listed(again)).all.map(({ no }) => no)]).toEqual([1, ['A2']]);
    await take(again);
    expect(await school.db.changedRow.count()).toBe(0);
    const other = await look('marks', file.replaceAll('"I"', '"M"'));
    expect(await school.db.changedRow.count()).toBe(2);
    await cancelImport(school.db, { schoolId, importId: other.id });
    expect(await school.db.changedRow.count()).toBe(0);
  });
});
