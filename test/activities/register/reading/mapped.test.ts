import { describe, expect, it } from '@jest/globals';
import { mappingOf } from '../../../../activities/register/reading/presets.ts';
import { readMapping } from '../../../../policy/register/mapping/read-mapping.ts';
import { marksIn, reading } from './a-file.ts';

const ours = (more: string) =>
  readMapping(`mapping: ours\ntitle: Ours\nrests on: a report of our own\nkind: marks\ndates: british\n${more}`, 'ours.yaml');
const marks = async (more: string, content: string) => {
  const read = await reading(content, { kind: 'marks', mapping: ours(more) });
  return read.refused || marksIn(read);
};

const long = 'columns: { admission_no: [Adno, Admission No], date: Date, session: Session, code: Mark }\n';
const wide = 'shape: wide\ncolumns: { admission_no: Adno }\n';
const weekly = 'shape: weekly\nweekly: { week: Week Beginning, marks: Marks }\ncolumns: { admission_no: Adno }\n';

describe('a row for each mark', () => {
  it('is found by name, whatever its case, spaces and order, under a title', async () => {
    expect(
      await marks(
        `${long}ignore: [Name]\n`,
        'Register of 9A,,,,\n\n MARK ,admission_no.,Session,Date,Name\n/,1,am,3/9/2026,Ann\n\\,1,Afternoon,03-Sep-26,Ann\n',
      ),
    ).toEqual(['4 1 2026-09-03 AM /', '5 1 2026-09-03 PM \\']);
  });

  it('is found in the row that the mapping names, however many titles stand above it', async () => {
    const titles = 'Title,,,\n'.repeat(29);
    expect(await marks(`${long}heading: { row: 30 }\n`, `${titles}Adno,Date,Session,Mark\n1,3/9/2026,AM,/\n`)).toEqual([
      '31 1 2026-09-03 AM /',
    ]);
  });

  it('says a file’s own row and column, and what stands there', async () => {
    expect(
      await marks(long, 'Adno,Date,Session,Mark\n1,31/2/2026,AM,/\n1,3/9/2026,AM,i\n1,3/9/2026,EVE,/\n,3/9/2026,AM,/\n'),
    ).toEqual([
      '2 Date "31/2/2026": Write a real date as year-month-day, for example 2026-09-14',
      '3 Mark "i": "i", given for 2026-09-03, is not an attendance code. Write it as "I"',
      '4 Session "EVE": Write AM or PM',
      '5 Adno "": Fill in this cell',
    ]);
  });

  it('takes no word of a cell for one that it knows by another way', async () => {
    const read = await marks(
      `${long}codes: { P: '/' }\n`,
      'Adno,Date,Session,Mark\n1,3/9/2026,constructor,/\n1,3/9/2026,AM,constructor\n',
    );
    expect(read).toEqual([
      '2 Session "constructor": Write AM or PM',
      '3 Mark "constructor": "constructor", given for 2026-09-03, is not an attendance code. Use a code of the national table',
    ]);
  });

  it('has missing marks, marks that are not there, and signs of its own', async () => {
    expect(
      await marks(
        `${long}missing: ['@', '-']\nunsaid: ['']\ncodes: { P: { AM: '/', PM: '\\' }, AB: N }\n`,
        "Adno,Date,Session,Mark\n1,3/9/2026,AM,P\n1,3/9/2026,PM,P\n2,3/9/2026,AM,@\n2,3/9/2026,PM,'-\n3,3/9/2026,AM,\n3,3/9/2026,PM,AB\n",
      ),
    ).toEqual([
      '2 1 2026-09-03 AM /',
      '3 1 2026-09-03 PM \\',
      '4 2 2026-09-03 AM -',
      '5 2 2026-09-03 PM -',
      '7 3 2026-09-03 PM N',
    ]);
  });

  it.each([
    ['a column that is missing', 'Adno,Date,Session\n1,2,3\n', '1 Mark: The column "Mark" is missing: it gives "code"'],
    ['a column under both its names', 'Adno,Date,Session,Mark,Mark\n', '1 Mark: The column "Mark" is there twice: keep one'],
    [
      'a column that nobody explains',
      'Adno,Date,Session,Mark,Colour\n',
      '1 Colour: The mapping "ours" does not say what the column "Colour" is',
    ],
    ['an empty file', '', '1 : The file is empty: export it again'],
  ])('%s is refused', async (_name, content, expected) => {
    expect(await marks(long, content)).toContain(expected);
  });

  it('with a cell too many or too few is wrong as a whole', async () => {
    expect(await marks(long, 'Adno,Date,Session,Mark\n1,3/9/2026,AM,/,x\n1,3/9/2026,AM\n')).toEqual([
      expect.stringMatching(/^2 .*The row has 5 cells, the heading 4/),
      expect.stringMatching(/^3 .*The row has 3 cells, the heading 4/),
    ]);
  });
});

describe('a column for each session', () => {
  it('says date and session in its heading', async () => {
    expect(
      await marks(
        `${wide}ignore: [Name]\nunsaid: ['']\nmissing: ['-']\n`,
        'Adno,Name,09/09/2026 AM,09/09/2026PM,Thu 10 Sep 2026 (am)\n1,Ann,/,\\,-\n2,Bo,i,,I\n3,Cy,,,\n',
      ),
    ).toEqual([
      '2 1 2026-09-09 AM /',
      '2 1 2026-09-09 PM \\',
      '2 1 2026-09-10 AM -',
      '3 09/09/2026 AM "i": "i", given for 2026-09-09, is not an attendance code. Write it as "I"',
      '3 2 2026-09-10 AM I',
    ]);
  });

  it.each([
    ['the date over both sessions', 'heading: { rows: 2 }\n', ',,09/09/2026,\nAdno,Name,AM,PM\n1,Ann,/,\\\n', 3],
    ['the date twice', 'wide: { sessions: turns }\n', 'Adno,Name,09/09/2026,09/09/2026\n1,Ann,/,\\\n', 2],
    ['both codes in a cell', 'wide: { sessions: both }\n', 'Adno,Name,09/09/2026\n1,Ann,/\\\n', 2],
    ['no year', 'wide: { school year: 2026 }\n', 'Adno,Name,Wed 9 Sep AM,09/09 PM\n1,Ann,/,\\\n', 2],
    ['other words', 'wide: { am: [a.m.], pm: [Aft.] }\n', 'Adno,Name,9/9/26 a.m.,Aft. 9/9/26\n1,Ann,/,\\\n', 2],
  ])('with %s', async (_name, more, content, row) => {
    expect(await marks(`${wide}ignore: others\n${more}`, content)).toEqual([
      `${row} 1 2026-09-09 AM /`,
      `${row} 1 2026-09-09 PM \\`,
    ]);
  });

  it('of January belongs to the year after the school year’s beginning', async () => {
    expect(await marks(`${wide}wide: { school year: 2026 }\n`, 'Adno,11 Jan AM\n1,/\n')).toEqual(['2 1 2027-01-11 AM /']);
  });

  it.each([
    [
      'a session twice',
      '',
      'Adno,09/09/2026 AM,2026-09-09 AM\n',
      '1 2026-09-09 AM: The session 2026-09-09 AM has a column already',
    ],
    ['a heading of no real date', '', 'Adno,09/09/2026 AM,31/09/2026 AM\n', '1 31/09/2026 AM: The heading cannot be read'],
    ['a date without its session', '', 'Adno,09/09/2026 AM,10/09/2026\n', '1 10/09/2026: The heading cannot be read'],
    ['no session', '', 'Adno,Monday,Tuesday\n', '1 : No heading can be read as a date and a session'],
  ])('%s is refused, although other columns are ignored', async (_name, more, content, expected) => {
    expect(await marks(`${wide}ignore: others\n${more}`, content)).toContain(expected);
  });

  it.each(['L12', 'L(12)', 'L: 12', 'U 7', 'L5'])('that says %s of a session is wrong: no figure is lost', async (cell) => {
    const cure = `Write "${cell[0]}" alone: minutes late have a column of their own, minutes_late, in a file with a row for each mark`;
    const what = `is not an attendance code. ${cure}`;
    expect(await marks(wide, `Adno,09/09/2026 AM\n1,${cell}\n`)).toEqual([
      `2 09/09/2026 AM "${cell}": "${cell}", given for 2026-09-09, ${what}`,
    ]);
    const [both] = await marks(`${wide}wide: { sessions: both }\n`, `Adno,09/09/2026\n1,${cell}\\\n`);
    expect(both).toContain(cure);
    expect(both).toContain('09/09/2026 "');
    expect(await marks(`${wide}codes: { '${cell}': L }\n`, `Adno,09/09/2026 AM\n1,${cell}\n`)).toEqual(['2 1 2026-09-09 AM L']);
  });

  it('that has not two codes where it should is wrong', async () => {
    expect(await marks(`${wide}wide: { sessions: both }\n`, 'Adno,09/09/2026\n1,/\n')).toEqual([
      '2 09/09/2026 "/": The cell has to hold two codes, the morning’s and the afternoon’s',
    ]);
  });
});

describe('a week of codes in one cell', () => {
  it('is laid over its days, and over as many weeks as it has', async () => {
    const content = "Adno,Week Beginning,Marks\n1,07/09/2026,/\\/C1C2\\-I/\\\n2,07/09/2026,'-/\\/\\/\\/\\/##########\n";
    const all = (await marks(weekly, content)) as string[];
    expect(all).toHaveLength(30);
    expect([all[0], all[3], all[9], all[10], all[20], all[29]]).toEqual([
      ...['2 1 2026-09-07 AM /', '2 1 2026-09-08 PM C1', '2 1 2026-09-11 PM \\'],
      ...['3 2 2026-09-07 AM -', '3 2 2026-09-14 AM #', '3 2 2026-09-18 PM #'],
    ]);
  });

  it.each([
    [
      'a week that does not begin on a Monday',
      '1,08/09/2026,/\\/\\/\\/\\/\\',
      '2 Week Beginning "08/09/2026": The week has to begin on a Monday; this is Tuesday 8 September 2026',
    ],
    [
      'a code too few',
      '1,07/09/2026,/\\/\\/\\/\\/',
      '2 Marks "/\\/\\/\\/\\/": There are 9 codes, and a week has 10: write "-" for a mark that was not made',
    ],
    [
      'a figure for a code',
      '1,07/09/2026,1/\\/\\/\\/\\/',
      '2 Marks "1/\\/\\/\\/\\/": A code begins with a figure: write codes of the national table',
    ],
    ...['L12', 'L(12)', 'U: 45'].map((late): [string, string, string] => [
      `${late} among codes`,
      `1,07/09/2026,${late}\\/\\/\\/\\/\\`,
      `2 Marks "${late}\\/\\/\\/\\/\\": Write "${late[0]}" alone: minutes late have a column of their own, minutes_late, in a file with a row for each mark`,
    ]),
    [
      'no week',
      '1,soon,/\\/\\/\\/\\/\\',
      '2 Week Beginning "soon": Write the Monday with which the week begins, in the mapping’s form of dates',
    ],
  ])('%s is wrong: nothing is guessed', async (_name, row, expected) => {
    expect(await marks(weekly, `Adno,Week Beginning,Marks\n${row}\n`)).toEqual([expected]);
  });

  it('says in which place a wrong code stands', async () => {
    const all = await marks(weekly, 'Adno,Week Beginning,Marks\n1,07/09/2026,/\\/i/\\/\\/\\\n');
    expect(all[3]).toBe('2 Marks, 2026-09-08 PM "i": "i", given for 2026-09-08, is not an attendance code. Write it as "I"');
  });

  it('says that minutes late are not read from it', async () => {
    const { how } = await reading('Adno,Week Beginning,Marks\n1,07/09/2026,L\\/\\/\\/\\/\\\n', {
      kind: 'marks',
      mapping: ours(weekly),
    });
    expect(how.notes).toEqual([expect.stringMatching(/^Minutes late are not read from this layout/)]);
  });

  it('may be of one week that the mapping names, with spaces between the codes', async () => {
    const named =
      "shape: weekly\nweekly: { week: { monday: '2026-09-07' }, marks: Marks, split: ' ' }\ncolumns: { admission_no: Adno }\n";
    expect(await marks(named, 'Adno,Marks\n1,/ \\ / \\ / \\ / \\ C1 \\\n')).toContain('2 1 2026-09-11 AM C1');
  });
});

describe('pupils of a school’s system', () => {
  it('come in with names put together, years and flags in our words', async () => {
    const content =
      'Adno,UPN,Legal Surname,Legal Forename,Preferred Forename,DOB,Year,Reg Group,Date of Admission,SEN Status,In Care,Gender\n' +
      "0012,X1,O'Brien,Siân,Shan,3/4/2013,Year 7,7B,04-Sep-24,K - SEN Support,Yes,F\n13,X2,Łoś,Jan,,2013-05-01,Reception,RB,1/9/2024,N,,M\n";
    const { rows, how } = await reading(content, { kind: 'pupils', mapping: mappingOf('sims-pupils') });
    expect(rows.map(({ cells }) => cells)).toEqual([
      {
        ...{
          admission_no: '0012',
          upn: 'X1',
          legal_name: "Siân O'Brien",
          chosen_name: "Shan O'Brien",
          date_of_birth: '2013-04-03',
        },
        ...{ year_group: '7', class: '7B', on_roll_from: '2024-09-04', flags: 'sen-support;looked-after' },
      },
      {
        ...{ admission_no: '13', upn: 'X2', legal_name: 'Jan Łoś', chosen_name: '', date_of_birth: '2013-05-01' },
        ...{ year_group: 'R', class: 'RB', on_roll_from: '2024-09-01', flags: '' },
      },
    ]);
    expect(how.notes).toEqual([
      'The file has no column FSM (flags), Young Carer (flags): it is taken to be empty there, and what was known of it goes',
      'Columns that are not read: Gender',
    ]);
  });

  it.each([
    ['sims-pupils', 'T', 'F', 'Reg Group', 'Date of Admission'],
    ['bromcom-pupils', 'TRUE', 'FALSE', 'Tutor Group', 'Date of Admission'],
    ['arbor-pupils', '1', '0', 'Form', 'Admission Date'],
  ])('%s has yes and no as %s and %s', async (preset, yes, no, group, admitted) => {
    const mapping = mappingOf(preset);
    const heading = `Admission Number,UPN,Legal Surname,Legal Forename,DOB,Year Group,${group},${admitted},FSM`;
    const pupil = (n: number, said: string) => `${n},X${n},Hill,Ann,1/9/2013,7,7B,4/9/2024,${said}`;
    const { rows } = await reading([heading, pupil(1, yes), pupil(2, no)].join('\n'), { kind: 'pupils', mapping });
    expect(rows.map(({ cells }) => cells.flags)).toEqual(['free-school-meals', '']);
  });
});
