import { describe, expect, it } from '@jest/globals';
import { presets } from '../../../../activities/register/reading/presets.ts';
import { columnsOf, importKinds } from '../../../../policy/register/csv-forms.ts';
import { guessMapping } from '../../../../policy/register/mapping/guess.ts';
import { readMapping } from '../../../../policy/register/mapping/read-mapping.ts';

const table = (text: string) => text.split('\n').map((line) => line.split(','));
const guess = (text: string, kind: 'pupils' | 'contacts' | 'marks' = 'marks') => guessMapping(kind, table(text), presets());

describe('guessing what a file is', () => {
  it.each(importKinds)('our own form of %s is known by its heading, with mistakes in it and under a title', (kind) => {
    const [first, ...rest] = columnsOf(kind).all;
    expect(guess(`Title\n${first},${rest.join(',')}`, kind)).toEqual({
      ownForm: true,
      preset: null,
      mapping: null,
      headingRow: 2,
      unsure: [],
    });
    expect(guess(`${rest.join(',')},colour`, kind).ownForm).toBe(true);
  });

  it('of a file that could not be read nothing is said, also not that its columns are missing', () => {
    expect(guessMapping('marks', [], presets())).toMatchObject({ ownForm: false, preset: null, mapping: null, unsure: [] });
  });

  it.each([
    ['marks of a row each', 'Register\nAdmission Number,Tutor Group,Date,Session,Mark\n1,9A,14/09/2026,AM,/', 'arbor-marks', 2],
    ['marks side by side', 'Adno,Name,14/09/2026 AM,14/09/2026 PM\n1,Ann,/,\\', 'arbor-marks-wide', 1],
    ['our own side by side', 'admission_no,2026-09-14 AM,2026-09-14 PM\n1,/,\\', 'firstbell-marks-wide', 1],
    ['our own by weeks', 'admission_no,week,marks\n1,2026-09-14,/\\/\\/\\/\\/\\', 'firstbell-marks-weekly', 1],
  ])('%s fit a preset', (_name, text, preset, headingRow) => {
    expect(guess(text)).toMatchObject({ ownForm: false, preset, headingRow });
  });

  it('tells which presets fit as well, and which columns are not read', () => {
    const { preset, unsure } = guess('Adno,Name,Date,Session,Mark\n1,Ann,14/09/2026,AM,/');
    expect(preset).toBe('arbor-marks');
    expect(unsure).toEqual([
      { column: '', says: 'These mappings fit as well: bromcom-marks, sims-marks' },
      { column: 'Name', says: 'This column is not read' },
    ]);
  });

  it('pupils of a system that calls the class by its own word', () => {
    const heading = 'Adno,UPN,Legal Surname,Legal Forename,DOB,Year Group,Reg Group,Date of Admission';
    expect(guess(heading, 'pupils')).toMatchObject({ preset: 'sims-pupils', headingRow: 1 });
    expect(guess(heading.replace('Reg Group', 'Tutor Group'), 'pupils').preset).toBe('bromcom-pupils');
  });

  it('takes a column of several only with each part that it needs: another one does not make up for it', () => {
    const parts = '{ join: [Fore, { column: Middle, optional: true }, Sur] }';
    const rest = 'date_of_birth: DOB, year_group: Year, class: Form, on_roll_from: Joined, upn: UPN';
    const columns = `columns: { admission_no: Adno, legal_name: ${parts}, ${rest} }`;
    const ours = readMapping(`mapping: ours\ntitle: Ours\nrests on: a report\nkind: pupils\n${columns}\n`, 'ours.yaml');
    const nameOf = (heading: string) =>
      guessMapping('pupils', table(`Extra,${heading},Adno,DOB,Year,Form,Joined,UPN`), [ours]).unsure.map(({ says }) => says);
    expect(nameOf('Fore,Middle')).toContain('No column of the file looks like this one');
    expect(nameOf('Fore,Sur')).not.toContain('No column of the file looks like this one');
  });

  it('says that dates in figures may be the other way round, until one shows that they are not', () => {
    const doubt = {
      column: '',
      says: 'Dates are read as day, month, year, and none of the first rows shows whether that is right',
    };
    expect(guess('Adno,Date,Session,Mark\n1,03/09/2026,AM,/').unsure).toContainEqual(doubt);
    expect(guess('Adno,Date,Session,Mark\n1,03/09/2026,AM,/\n1,14/09/2026,AM,/').unsure).not.toContainEqual(doubt);
    expect(guess('Adno,Date,Session,Mark\n1,2026-09-03,AM,/').unsure).not.toContainEqual(doubt);
    expect(guess('Adno,03/09/2026 AM,04/09/2026 AM\n1,/,/').unsure).toContainEqual(doubt);
  });

  it('puts a mapping together where no preset fits, and says so of each column', () => {
    const made = guess('Marks for 9A\nAdno,Mon,Week of,Codes\n1,x,14/09/2026,/\\/\\/\\/\\/\\\n2,y,14/09/2026,/\\/\\/\\/\\/C1');
    expect(made).toMatchObject({ ownForm: false, preset: null, headingRow: 2 });
    expect(made.mapping).toMatchObject({ shape: 'weekly', dates: 'british', weekly: { week: 'Week of', marks: 'Codes' } });
    expect(made.unsure).toEqual([
      { column: 'Adno', says: 'It looks like admission_no' },
      { column: 'Mon', says: 'This column is not read' },
    ]);
  });

  it('knows a week in a cell where somebody was away all week, and tells its Monday from a date of birth', () => {
    const weeks = ['Adno,DOB,Week Commencing,Marks', '1,20/02/2013,14/09/2026,IIIIIIIIII', '2,4/3/2013,14/09/2026,/\\/\\##----'];
    expect(guess(weeks.join('\n')).mapping).toMatchObject({
      shape: 'weekly',
      weekly: { week: 'Week Commencing', marks: 'Marks' },
    });
    expect(guess(weeks.join('\n').replaceAll('/\\', 'II')).mapping).toBeNull();
  });

  it('reads dates that are numbers as Excel counts them, if every one is', () => {
    expect(guess('Adno,Mark Date,Session,Mark\n1,46279,AM,/')).toMatchObject({ preset: 'arbor-marks' });
    const own = 'admission_no,Tag,session,Marked\n';
    expect(guess(`${own}1,46279,AM,/`).mapping).toBeNull();
  });

  it('says what it cannot find, and guesses nothing in its place', () => {
    const { mapping, unsure } = guess('Adno,Date,Colour\n1,14/09/2026,red');
    expect(mapping).toBeNull();
    expect(unsure).toEqual([
      { column: 'session', says: 'No column of the file looks like this one' },
      { column: 'code', says: 'No column of the file looks like this one' },
      { column: 'Colour', says: 'What is this column?' },
    ]);
  });

  it.each([
    ['pupils', 'Adno,Date,Session,Mark\n1,14/09/2026,AM,/', ['The file looks like one of marks, not of pupils']],
    ['marks', columnsOf('contacts').all.join(','), ['The file looks like one of contacts, not of marks']],
    ['marks', 'Colour,Shape\nred,round', []],
  ] as const)('says that what is brought as %s is something else, where it is', (kind, text, said) => {
    const { mapping, unsure } = guess(text, kind);
    expect(mapping).toBeNull();
    expect(unsure.filter(({ column }) => column === '').map(({ says }) => says)).toEqual(said);
  });

  it('of nothing is nothing', () => {
    expect(guessMapping('marks', [], presets())).toMatchObject({ ownForm: false, preset: null, mapping: null });
  });
});
