import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { presets } from '../../../../activities/register/reading/presets.ts';
import { Mapping } from '../../../../policy/register/mapping/mapping.ts';
import { readMapping } from '../../../../policy/register/mapping/read-mapping.ts';

const marks = `mapping: ours
title: Ours
rests on: a report of our own
kind: marks
`;
const wrong = (more: string, head = marks): string => {
  try {
    readMapping(head + more, 'ours.yaml');
  } catch (error) {
    return String(error);
  }
  throw new Error('It was read');
};

describe('a mapping', () => {
  it('is read from YAML 1.2, where N, Y and codes in quotation marks are text', () => {
    const read = readMapping(
      `${marks}columns: { admission_no: N, date: D, session: S, code: Y }\ncodes: { '#': '#', '\\': '\\', '/': { AM: '/', PM: '\\' } }\n`,
      'ours.yaml',
    );
    expect(read.columns).toEqual({ admission_no: 'N', date: 'D', session: 'S', code: 'Y' });
    expect(read.codes).toEqual({ '#': '#', '\\': '\\', '/': { AM: '/', PM: '\\' } });
  });

  it.each([
    ['no YAML', 'columns: [', /ours\.yaml: line 5, column 11: /],
    ['a key twice', 'kind: marks\n', /line 5, column 1: The same name stands here twice/],
    ['a key that is not known', 'shap: wide\n', /line 5, shap: A mapping has no such word here/],
    ['a word of which there are few', 'shape: square\ncolumns: {}\n', /line 5, shape: Write one of: long, wide, weekly/],
    [
      'a name that is a number',
      'columns: { admission_no: 7, date: D, session: S, code: C }\n',
      /line 5.*admission_no: Write it in quotation marks/,
    ],
    [
      'nothing behind a name',
      'columns: { admission_no: A, date: D, session: S, code: C }\nsheet:\n',
      /line 6, sheet: Nothing stands here/,
    ],
    [
      'no title',
      'columns: { admission_no: A, date: D, session: S, code: C }\n',
      /title: It is missing/,
      marks.replace('title: Ours\n', ''),
    ],
    [
      'a column of no form',
      'columns: { admission_no: A, date: D, session: S, code: C, colour: X }\n',
      /line 5.*no column "colour"/,
    ],
    [
      'a reason for corrections of what is not corrected',
      'reason: Because\ncolumns: {}\n',
      /line 5, reason: Only marks are corrected: a pupils file needs none/,
      marks.replace('kind: marks', 'kind: pupils'),
    ],
    ['no mapping at all', '', /line 1, the file: This is no mapping: a mapping begins with a line such as/, 'Adno,Date\n101,x\n'],
    ['one word for all columns', 'columns: Adno\n', /line 5, columns: Write names and what each is below it/],
    ['a column too few', 'columns: { admission_no: A, date: D, session: S }\n', /line 5, columns: Say which column gives "code"/],
    ['a code of no table', 'columns: {}\ncodes:\n  P: Present\n', /line 7, codes: P: Use a code of the national table/],
    [
      'a column beside the shape',
      'shape: wide\ncolumns: { admission_no: A, date: D }\n',
      /line 6, columns: date: The shape gives it/,
    ],
    ['a weekly file without a week', 'shape: weekly\ncolumns: { admission_no: A }\n', /weekly: Say which columns/],
    [
      'what is for another shape',
      'wide: {}\ncolumns: { admission_no: A, date: D, session: S, code: C }\n',
      /This is for the shape "wide"/,
    ],
    [
      'a sign for two things',
      "columns: { admission_no: A, date: D, session: S, code: C }\nunsaid: ['-']\n",
      /line 6.*a missing mark/,
    ],
    [
      'pupils side by side',
      'shape: wide\ncolumns: {}\n',
      /shape: A pupils file has a row for each/,
      marks.replace('kind: marks', 'kind: pupils'),
    ],
  ])('%s is refused with its line', (_name, more, expected, head = marks) => {
    expect(wrong(more, head)).toMatch(expected);
  });

  it('that comes with Firstbell says what it rests on, and claims no vendor’s format', () => {
    const all = presets();
    for (const system of ['arbor', 'bromcom', 'sims'])
      expect(all.map(({ mapping }) => mapping)).toEqual(
        expect.arrayContaining([`${system}-pupils`, `${system}-marks`, `${system}-marks-wide`]),
      );
    for (const one of all.filter(({ mapping }) => !mapping.startsWith('firstbell-')))
      expect(one['rests on']).toMatch(/typical export/);
  });

  it('of docs/mappings.md can be followed', () => {
    const page = readFileSync(new URL('../../../../docs/mappings.md', import.meta.url), 'utf8');
    const [whole = '', , wide = '', weekly = ''] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]) => yaml ?? '');
    expect(readMapping(whole, 'whole').codes).toEqual({ P: { AM: '/', PM: '\\' }, AB: 'N' });
    expect(readMapping(marks + wide, 'wide').shape).toBe('wide');
    expect(readMapping(marks + weekly, 'weekly').shape).toBe('weekly');
    for (const { mapping } of presets()) expect(page).toContain(mapping);
  });

  it('is plain data: what was stored can be read again', () => {
    for (const one of presets()) expect(Mapping.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
  });
});
