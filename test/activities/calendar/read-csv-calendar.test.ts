import { describe, expect, it } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { readCsvCalendar } from '../../../activities/calendar/read-csv-calendar.ts';
import { calendarColumns, rowOf } from '../../../policy/calendar/calendar-form.ts';
import { addDays } from '../../../policy/calendar/day.ts';
import { type Period, periodKey, periodKinds } from '../../../policy/calendar/period.ts';

const heading = 'kind,from,to,label';
const problems = (text: string) =>
  readCsvCalendar(text).problems.map(({ at, column, cure }) => `${at}${column && `, ${column}`}: ${cure}`);

describe('a calendar in CSV', () => {
  it('is read row by row, with a mark of its encoding, Windows line ends and the columns in any order', () => {
    const { rows, problems: wrong } = readCsvCalendar(
      '\uFEFFlabel,kind,from,to,part,classes,year_groups\r\nAutumn,TERM,2026-09-02,2026-12-18,,,\r\n\r\nLeak,closure,2026-11-19,2026-11-19,Science block,8B; 8C,9; R\r\n',
    );
    expect(wrong).toEqual([]);
    expect(rows.map(({ at, period }) => [at, period])).toEqual([
      ['row 2', { kind: 'term', from: '2026-09-02', to: '2026-12-18', label: 'Autumn' }],
      [
        'row 4',
        {
          ...{ kind: 'closure', from: '2026-11-19', to: '2026-11-19', label: 'Leak' },
          covers: { part: 'Science block', yearGroups: [9, 0], classes: ['8B', '8C'] },
        },
      ],
    ]);
  });

  it.each([
    ['an empty file', '', ['row 1: The file is empty: export it again']],
    ['no rows', heading, ['row 1: The file has no rows: add the terms']],
    [
      'semicolons',
      'kind;from;to;label',
      ['row 1: Separate the columns with commas: save the file as “CSV UTF-8 (comma delimited)”'],
    ],
    [
      'a heading that is wrong',
      'kind,from,to,name,from',
      [
        'row 1, label: The column "label" is missing. A calendar file has: kind, from, to, label, part, year_groups, classes',
        'row 1, name: A calendar file has no such column: take it out, or mend its name',
        'row 1, from: The column "from" is there twice: keep one',
      ],
    ],
    [
      'a row too long',
      `${heading}\nterm,2026-09-02,2026-12-18,Autumn, long`,
      ['row 2: The row has 5 cells, the heading 4: put quotation marks round a cell that holds a comma'],
    ],
    ['a British date', `${heading}\nterm,02/09/2026,2026-12-18,Autumn`, ['row 2, from: Write the date as 2026-09-02']],
    [
      'a kind there is none of',
      `${heading}\nholiday,2026-09-02,2026-12-18,Autumn`,
      ['row 2, kind: Write one of: term, half-term, inset, closure'],
    ],
    [
      'dates the wrong way round',
      `${heading}\nterm,2026-12-18,2026-09-02,Autumn`,
      ['row 2, to: It is before "from": mend one of the two'],
    ],
    [
      'a formula',
      `${heading}\nterm,2026-09-02,2026-12-18,=1+1`,
      ['row 2, label: This is a spreadsheet formula: save the file with values instead'],
    ],
    [
      'a quotation mark left open',
      `${heading}\nterm,2026-09-02,2026-12-18,"Autumn`,
      ['row 2: A quotation mark is not closed, or stands inside a cell: mend it, or take it out'],
    ],
    [
      'a part without anybody',
      `${heading},part\nclosure,2026-11-19,2026-11-19,Leak,Gym`,
      ['row 2, year_groups: Say which year groups or classes this closure keeps away, or empty "part"'],
    ],
    [
      'a term for a year group',
      `${heading},year_groups\nterm,2026-09-02,2026-12-18,Autumn,9`,
      ['row 2, part: Only a closure can be for a part of the school: empty these cells'],
    ],
    [
      'a year group there is none of',
      `${heading},year_groups\nclosure,2026-09-02,2026-12-18,Leak,Year 9`,
      ['row 2, year_groups: Write year groups as N, R or 1 to 14, with semicolons between them'],
    ],
  ])('with %s names where and the cure', (_, text, cures) => expect(problems(text)).toEqual(cures));

  const day = fc.integer({ min: 0, max: 700 }).map((n) => addDays('2026-09-01', n));
  const name = fc.stringMatching(/^[A-Za-z,"' é-]{1,30}$/).map((text) => `x${text}`.trim());
  const covers = fc.record({
    part: fc.option(name),
    yearGroups: fc.uniqueArray(fc.integer({ min: -1, max: 14 }), { minLength: 1, maxLength: 4 }),
    classes: fc.uniqueArray(fc.stringMatching(/^[0-9]{1,2}[A-Z]$/), { maxLength: 3 }),
  });
  const period = fc
    .record({ kind: fc.constantFrom(...periodKinds), from: day, long: fc.nat(40), label: name, covers: fc.option(covers) })
    .map(
      ({ kind, from, long, label, covers: some }): Period => ({
        ...{ kind, from, to: addDays(from, long), label },
        ...(kind === 'closure' && some ? { covers: some } : {}),
      }),
    );

  it('comes back as it was taken out', () => {
    fc.assert(
      fc.property(fc.array(period, { minLength: 1, maxLength: 8 }), (periods) => {
        const text = stringify(periods.map(rowOf), {
          columns: calendarColumns.all,
          header: true,
          bom: true,
          escape_formulas: true,
        });
        const { rows, problems: wrong } = readCsvCalendar(text);
        expect([wrong, rows.map((row) => row.period && periodKey(row.period))]).toEqual([[], periods.map(periodKey)]);
      }),
    );
  });

  it('never breaks, and loses no row in silence', () => {
    const cell = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('term', 'closure', '2026-09-02', '9', '"', ''));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 8 }), { maxLength: 6 }), (lines) => {
        const text = [heading, ...lines.map((cells) => cells.join(','))].join('\n');
        const { rows, problems: wrong } = readCsvCalendar(text);
        const written = lines.filter((cells) => cells.join('').replaceAll(/[\s,]/g, '') !== '').length;
        if (written > 0 && !/["\r\n]/.test(text.slice(heading.length + 1).replaceAll('\n', ''))) {
          const places = new Set([...rows.map(({ at }) => at), ...wrong.map(({ at }) => at)]);
          expect(places.size).toBe(written);
        }
      }),
    );
  });
});
