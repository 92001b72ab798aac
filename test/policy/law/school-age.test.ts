import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, weekday } from '../../../policy/calendar/day.ts';
import { compulsorySchoolAge, schoolAgeOf } from '../../../policy/law/school-age.ts';

describe('compulsory school age', () => {
  it.each([
    ['four, in reception', '2022-03-10', '2026-10-05', false],
    ['five in October, the day before the prescribed day', '2021-10-01', '2026-12-30', false],
    ['five in October, on the prescribed day', '2021-10-01', '2026-12-31', true],
    ['five in October, in January', '2021-10-01', '2027-01-04', true],
    ['five in February, in March', '2022-02-10', '2027-03-30', false],
    ['five in February, from 31 March', '2022-02-10', '2027-03-31', true],
    ['five in June, in July', '2021-06-10', '2026-07-20', false],
    ['five in June, in September', '2021-06-10', '2026-09-02', true],
    ['five on a prescribed day, that very day', '2021-08-31', '2026-08-31', true],
    ['five the day after a prescribed day', '2021-09-01', '2026-09-01', false],
    ['five, born on 29 February', '2024-02-29', '2029-03-31', true],
    ['sixteen, on the last Friday of June', '2011-05-05', '2027-06-25', true],
    ['sixteen, the day after it', '2011-05-05', '2027-06-26', false],
    ['fifteen still, sixteen in August, after that Friday', '2011-08-31', '2027-06-28', false],
    ['sixteen on 1 September: one school year more', '2011-09-01', '2028-06-30', true],
    ['sixteen on 1 September, after that year', '2011-09-01', '2028-07-01', false],
  ])('%s', (_, born, on, expected) => expect(compulsorySchoolAge(born, on)).toBe(expected));

  it('has a first and a last day', () => {
    expect(schoolAgeOf('2013-01-15')).toEqual({ from: '2018-03-31', until: '2029-06-29' });
  });

  it('is one unbroken stretch that begins on a prescribed day and ends on a Friday in June', () => {
    fc.assert(
      fc.property(fc.nat(3000), (offset) => {
        const born = addDays('2008-01-01', offset);
        const span = Array.from({ length: 6800 }, (_, i) => addDays(born, i)).filter((on) => compulsorySchoolAge(born, on));
        const [first = '', last = ''] = [span[0], span.at(-1)];
        expect(['03-31', '08-31', '12-31']).toContain(first.slice(5));
        expect([last.slice(5, 7), addDays(last, 7).slice(5, 7), weekday(last)]).toEqual(['06', '07', 5]);
        return addDays(first, span.length - 1) === last;
      }),
      { numRuns: 10 },
    );
  });
});
