import { describe, expect, it } from '@jest/globals';
import { stepsOf } from '../../../api/cases/steps.ts';
import { attendanceLine, line, weekly } from '../../../api/charts/attendance-line.ts';
import { lineInWords, lineSheet } from '../../../api/charts/chart.ts';
import { drawn, widths } from '../../../api/charts/draw.ts';
import { byWeekday, weekdayBars, weekdaySheet, weekdaysInWords } from '../../../api/charts/weekday-bars.ts';
import { printed, sheetFile } from '../../../api/web/sheet.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import type { Entry } from '../../../prisma/ledger.ts';

const marks: Mark[] = [
  { on: '2026-09-07', session: 'AM', code: '/' },
  { on: '2026-09-07', session: 'PM', code: 'I' },
  { on: '2026-09-08', session: 'AM', code: 'Y4' },
  { on: '2026-09-11', session: 'AM', code: 'V' },
  { on: '2026-09-11', session: 'PM', code: 'U' },
  { on: '2026-09-14', session: 'AM', code: '-' },
  { on: '2026-09-14', session: 'PM', code: '\\' },
];
const span = { from: '2026-09-01', to: '2026-12-31' };
const points = line(marks);
const textOf = async (content: unknown): Promise<string> => {
  if (typeof content === 'string') return content;
  const parts: Uint8Array[] = [];
  for await (const part of content as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
};

describe('the attendance line', () => {
  it('has a point a day on which something could be attended, and one a week', () => {
    expect(points).toEqual([
      { on: '2026-09-07', attended: 1, possible: 2 },
      { on: '2026-09-08', attended: 1, possible: 2 },
      { on: '2026-09-11', attended: 2, possible: 4 },
      { on: '2026-09-14', attended: 3, possible: 5 },
    ]);
    expect(weekly(points).map(({ on }) => on)).toEqual(['2026-09-11', '2026-09-14']);
    expect(weekly([])).toEqual([]);
  });

  it('is said in words', () => {
    expect(lineInWords(weekly(points))).toBe('From 50.0% on 11 Sep 2026 to 60.0% on 14 Sep 2026; lowest 50.0% on 11 Sep 2026');
  });

  it.each(Object.entries(widths))(
    'is a %s picture of its line, both thresholds and its steps, without a style of its own',
    async (_, width) => {
      const steps = [{ on: '2026-09-08', label: 'Letter 1' }];
      const { type, content } = await drawn('line.svg', attendanceLine(points, steps, width));
      expect(type).toBe('image/svg+xml');
      for (const word of ['96%', '90%', '>1<']) expect(content).toContain(word);
      // The pages' policy (CSP) lets no style within a document be applied.
      expect(content).not.toMatch(/style=|<style/);
      expect(Number(/<svg[^>]* width="(\d+)"/.exec(content as string)?.[1])).toBeLessThan(width + 120);
    },
  );
});

describe('the steps on it', () => {
  it('are those of the school year that it shows', () => {
    const entered = (on: string, stage: string) => ({ on, event: { type: 'stage entered', stage } as unknown as Entry });
    const events = [entered('2026-06-30', 'concern'), entered('2026-09-08', 'letters'), entered('2026-09-10', 'meeting')];
    expect(stepsOf(events, '2026-09-01')).toEqual([
      { on: '2026-09-08', label: 'Letters' },
      { on: '2026-09-10', label: 'Meeting' },
    ]);
  });
});

describe('absence by day of the week', () => {
  it('counts each weekday against its own possible sessions', () => {
    expect(byWeekday(marks, span).map(({ possible, authorised, unauthorised }) => [possible, authorised, unauthorised])).toEqual([
      [3, 1, 0],
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
      [2, 0, 1],
    ]);
  });

  it('is said with its numbers as the table has them', () => {
    const [monday] = byWeekday(marks, span);
    if (!monday) throw new Error('a Monday');
    const many = [{ ...monday, possible: 3024, authorised: 1000, unauthorised: 24 }];
    const inTable = printed(weekdaySheet(many)).rows[0]?.map(({ text }) => text);
    expect([weekdaysInWords(many), inTable]).toEqual(['Monday 1,024 of 3,024', ['Monday', '3,024', '1,000', '24']]);
  });

  it('differs in pattern, not in colour alone', async () => {
    const { content } = await drawn('weekdays.svg', weekdayBars(byWeekday(marks, span), widths.wide));
    for (const pattern of ['striped', 'crossed']) {
      expect(content).toContain(`<pattern id="${pattern}"`);
      expect(content).toContain(`fill="url(#${pattern})"`);
    }
  });
});

describe('the same as a table', () => {
  it('reads as people write on a page, and as machines do in a file', async () => {
    const sheet = lineSheet('attendance', 'Attendance', weekly(points));
    expect(printed(sheet).rows[0]?.map(({ text, numeric }) => [text, numeric])).toEqual([
      ['14 Sep 2026', false],
      ['3', true],
      ['5', true],
      ['60.0%', true],
    ]);
    const { file, content } = sheetFile(sheet);
    expect(file).toBe('attendance.csv');
    expect((await textOf(content)).split('\r\n').slice(0, 2)).toEqual([
      '\ufeffUp to,Sessions attended,Sessions possible,Attendance',
      '2026-09-14,3,5,60.0%',
    ]);
  });

  it('has a file that no spreadsheet takes for a formula', async () => {
    const rows = [['=1+1', 2]];
    expect(await textOf(sheetFile({ name: 'x', caption: '', heads: ['Name', 'n'], rows }).content)).toContain("'=1+1,2");
    expect(weekdaySheet(byWeekday(marks, span)).rows[0]).toEqual(['Monday', 3, 1, 0]);
  });
});
