import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mappingOf, presets } from '../../../activities/register/reading/presets.ts';
import { guessMapping } from '../../../policy/register/mapping/guess.ts';
import { aRegister, contactCells, csvOf, pupilCells } from './a-register.ts';
import { workbook } from './reading/a-workbook.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
beforeAll(async () => {
  school = await aRegister();
});
afterAll(() => school.end());

const wide = { mapping: mappingOf('sims-marks-wide') };
const book = (...rows: string[][]) => workbook({ sheets: [{ name: 'Marks', rows }] });
const heading = ['Adno', 'Name', '14/09/2026 AM', '14/09/2026 PM', '15/09/2026 AM'];

describe('a file that another system exported', () => {
  it('comes into the register, a mark for each session, and a second time changes nothing', async () => {
    const bytes = await book(heading, ['A1', 'Ann', '/', '\\', 'I'], ['A2', 'Bo', 'N', '-', '']);
    expect(await school.file('marks', bytes, wide)).toMatchObject({ status: 'done', rows: 5, added: 4, changed: 0 });
    expect(await school.believed('A1')).toEqual(['2026-09-14 AM /', '2026-09-14 PM \\', '2026-09-15 AM I']);
    expect(await school.believed('A2')).toEqual(['2026-09-14 AM N']);
    expect(await school.file('marks', bytes, wide)).toMatchObject({ status: 'done', added: 0, changed: 0, unchanged: 5 });
  });

  it('has a week in a cell while that week lasts, and in the week in which the term and the pupil began', async () => {
    await school.file('pupils', csvOf('pupils', [pupilCells('A9', 7, { on_roll_from: '2026-09-03' })]));
    const heading = 'admission_no,week,marks\n';
    const weeks = `${heading}A9,2026-08-31,------/\\--\nA9,2026-10-12,/\\I-N\\----\n`;
    const on = { mapping: mappingOf('firstbell-marks-weekly'), on: '2026-10-14' };
    const wrong = await school.file('marks', `${heading}A9,2026-10-12,/\\I-N\\/---\n`, on);
    expect(wrong.problems.map(({ row, column, cure }) => [row, column, cure])).toEqual([
      [2, 'marks, 2026-10-15 AM', expect.stringMatching(/^This day has not come/)],
    ]);
    expect(await school.file('marks', weeks, on)).toMatchObject({ status: 'done', rows: 20, added: 7, unchanged: 13 });
    expect(await school.believed('A9')).toEqual([
      ...['2026-09-03 AM /', '2026-09-03 PM \\', '2026-10-12 AM /', '2026-10-12 PM \\', '2026-10-13 AM I'],
      ...['2026-10-14 AM N', '2026-10-14 PM \\'],
    ]);
    expect(await school.file('marks', weeks, on)).toMatchObject({ status: 'done', added: 0, changed: 0 });
  });

  it('of contacts tells who has a court order, writes to nobody without responsibility, and takes nothing away that it does not name', async () => {
    await school.file('contacts', csvOf('contacts', [contactCells('7', 'A1', { phone: '01452 000001', channel: 'post' })]));
    const heading =
      'Contact ID,Adno,Title,Forename,Surname,Relationship,Parental Responsibility,Same Address,Priority,Court Order,Email';
    const export_ = [
      heading,
      '7,A1,Mrs,Parent,7,Mother,True,True,1,False,parent.7@families.example',
      '8,A1,Mr,Al,Hill,Father,True,False,2,True,al@families.example',
      '9,A1,Ms,Bo,Hill,Step parent,False,True,3,False,bo@families.example',
    ].join('\n');
    const sims = { mapping: mappingOf('sims-contacts') };
    expect(await school.file('contacts', export_, sims)).toMatchObject({ status: 'done', added: 2, changed: 1 });
    const rows = await school.db.pupilContact.findMany({
      include: { contact: true },
      orderBy: { contact: { contactNo: 'asc' } },
    });
    expect(rows.map(({ permission, restriction, contact }) => [contact.contactNo, permission, restriction])).toEqual([
      ['7', 'full', null],
      ['8', 'full', 'Court order on record in SIMS'],
      ['9', 'none', null],
    ]);
    expect(rows[0]?.contact).toMatchObject({ title: 'Mrs', phone: '01452 000001', channel: 'post', postcode: 'OK1 1AA' });
    const unsaid = export_.replace('Court Order', 'Orders');
    const { status, problems } = await school.file('contacts', unsaid, sims);
    expect([status, problems[0]?.cure]).toEqual(['refused', 'The column "Court Order" is missing: it gives "restriction"']);
  });

  it.each([
    [
      'arbor-contacts',
      'Guardian ID,Admission Number,Guardian First Name,Guardian Last Name,Relationship to Student,Legal Guardian,Lives With Student,Emergency Contact,Primary Guardian,Email Address',
      [
        '21,A2,Eve,Hill,Mother,Yes,Yes,1,Yes,eve@families.example',
        '22,A2,Al,Hill,Father,Yes,No,,No,',
        '23,A2,Bo,Hill,Uncle,No,No,2,,',
      ],
      [
        ['21', 1, 'full', null],
        ['22', 99, 'full', 'Not a primary guardian in Arbor'],
        ['23', 2, 'none', 'Not a primary guardian in Arbor'],
      ],
      'Primary Guardian',
    ],
    [
      'bromcom-contacts',
      'Contact ID,Admission Number,Contact First Name,Contact Last Name,Relationship,Parental Responsibility,Lives With Student,Contact Priority,Court Order Restricted Access',
      ['31,A2,Eve,Hall,Mother,True,True,1,False', '32,A2,Al,Hall,Father,True,False,2,True', '33,A2,Bo,Hall,Uncle,False,False,3,'],
      [
        ['31', 1, 'full', null],
        ['32', 2, 'full', 'Court order on record in Bromcom'],
        ['33', 3, 'none', null],
      ],
      'Court Order Restricted Access',
    ],
  ])(
    'by %s is found out by its columns, and nobody is written to of whom it says or leaves open that they must not be',
    async (preset, heading, rows, expected, must) => {
      const content = [heading, ...rows].join('\n');
      const table = content.split('\n').map((line) => line.split(','));
      expect(guessMapping('contacts', table, presets())).toMatchObject({ preset, unsure: [] });
      const mapping = mappingOf(preset);
      expect(await school.file('contacts', content, { mapping })).toMatchObject({ status: 'done', added: 3 });
      const there = { contact: { contactNo: { startsWith: preset === 'arbor-contacts' ? '2' : '3' } } };
      const of = await school.db.pupilContact.findMany({
        where: there,
        include: { contact: true },
        orderBy: { contact: { contactNo: 'asc' } },
      });
      expect(
        of.map(({ contact, priority, permission, restriction }) => [contact.contactNo, priority, permission, restriction]),
      ).toEqual(expected);
      const { status, problems } = await school.file('contacts', content.replace(must, 'Other'), { mapping });
      expect(status).toBe('refused');
      expect(problems[0]?.cure).toMatch(new RegExp(`^The column "${must}" .*is missing: it gives "restriction"$`));
    },
  );

  it('is refused as a whole with its own rows and columns, whatever finds the fault', async () => {
    const bytes = await book(
      ['Adno', '13/09/2026 AM', '14/09/2026 AM', '14/09/2026 PM'],
      ['A1', '', 'i', '/'],
      ['A2', '/', '/', '\\'],
      ['X9', '', '/', ''],
    );
    const { status, problems } = await school.file('marks', bytes, wide);
    expect(status).toBe('refused');
    expect(problems.map(({ row, column, value }) => [row, column, value])).toEqual([
      [2, '14/09/2026 AM', 'i'],
      [3, '13/09/2026 AM', '2026-09-13'],
      [4, 'Adno', 'X9'],
    ]);
  });
});
