import { describe, expect, it } from '@jest/globals';
import { type DateForm, readDate } from '../../../../policy/register/mapping/dates.ts';

describe('reading a date', () => {
  it.each<[string, DateForm, string | null]>([
    ['2026-09-03', 'iso', '2026-09-03'],
    ['2026-09-03', 'british', '2026-09-03'],
    ['2026-09-03T00:00:00.000Z', 'iso', '2026-09-03'],
    ['2026-02-30', 'iso', null],
    ['3/9/2026', 'iso', null],
    ['3/9/2026', 'british', '2026-09-03'],
    ['03/09/2026 00:00:00', 'british', '2026-09-03'],
    ['03.09.26', 'british', '2026-09-03'],
    ['03-Sep-26', 'british', '2026-09-03'],
    ['3rd Sept 2026', 'british', '2026-09-03'],
    ['Thursday 3 September 2026', 'british', '2026-09-03'],
    ['Thu, 3 Sep 2026', 'british', '2026-09-03'],
    ['17-Mar-98', 'british', '1998-03-17'],
    ['29/02/2024', 'british', '2024-02-29'],
    ['29/02/2026', 'british', null],
    ['31/04/2026', 'british', null],
    ['09/13/2026', 'british', null],
    ['3 Sepia 2026', 'british', null],
    ['03/09/2026 08:45', 'british', null],
    ['46268', 'british', null],
    ['46268', 'excel-1900', '2026-09-03'],
    ['46268.0', 'excel-1900', '2026-09-03'],
    ['44806', 'excel-1904', '2026-09-03'],
    ['61', 'excel-1900', '1900-03-01'],
    ['60', 'excel-1900', null],
    ['0', 'excel-1904', '1904-01-01'],
    ['46268.5', 'excel-1900', null],
    ['-1', 'excel-1900', null],
    ['', 'british', null],
  ])('"%s" as %s is %s', (text, form, day) => {
    expect(readDate(text, form)).toBe(day);
  });
});
