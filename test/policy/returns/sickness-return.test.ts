import { describe, expect, it } from '@jest/globals';
import { schoolCalendar, schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { pupilRegister } from '../../../policy/register/pupil-register.ts';
import { illnessToReport, leastIllness } from '../../../policy/returns/sickness-return.ts';

/** A whole school year of 190 days or so: what is left of it is known. */
const calendar = schoolCalendar([
  { kind: 'term', from: '2026-09-02', to: '2026-12-18', label: 'Autumn' },
  { kind: 'half-term', from: '2026-10-26', to: '2026-10-30', label: 'Half-term' },
  { kind: 'term', from: '2027-01-04', to: '2027-03-25', label: 'Spring' },
  { kind: 'half-term', from: '2027-02-15', to: '2027-02-19', label: 'Half-term' },
  { kind: 'term', from: '2027-04-12', to: '2027-07-21', label: 'Summer' },
  { kind: 'half-term', from: '2027-05-31', to: '2027-06-04', label: 'Half-term' },
]);
const born = '2013-01-15';

/** A register to a day in which the pupil was ill on these days, wholly or in one session ("2026-09-07 AM"), and there on all others. */
function ill(on: string, ...sick: string[]) {
  const marks = schoolDaysBetween(calendar, '2026-09-01', on).flatMap((day) =>
    (['AM', 'PM'] as const).map<Mark>((session) => ({
      on: day,
      session,
      code: sick.includes(day) || sick.includes(`${day} ${session}`) ? 'I' : session === 'AM' ? '/' : '\\',
    })),
  );
  return pupilRegister({ on, marks, calendar, onRollFrom: '2026-09-01', onRollTo: null });
}
const firstDays = (n: number, from = '2026-09-07') => schoolDaysBetween(calendar, from, '2027-07-31').slice(0, n);

describe('the sickness return', () => {
  it('names a pupil on the fifteenth day that contains an I, in a row or not', () => {
    const fifteen = [...firstDays(8), ...firstDays(7, '2026-11-02').map((day) => `${day} PM`)];
    expect(illnessToReport(ill('2026-11-20', ...fifteen), born)).toMatchObject({
      ...{ why: 'seen', days: 15, reachedOn: '2026-11-10', wouldReachOn: null },
    });
  });

  it('looks ahead: an illness that goes on and would make 15 within ten school days', () => {
    const found = illnessToReport(ill('2026-09-11', ...firstDays(5)), born);
    expect(found).toMatchObject({ why: 'goes on', days: 5, wouldReachOn: '2026-09-25', reachedOn: null, projected: null });
    expect(found?.newest).toEqual({ from: '2026-09-07', to: '2026-09-11', days: 5, goesOn: true });
    expect(illnessToReport(ill('2026-09-10', ...firstDays(4)), born)).toBeNull();
    expect(illnessToReport(ill('2026-09-14', ...firstDays(5)), born)).toBeNull();
  });

  it('looks ahead at the pace so far, once six school weeks have passed', () => {
    expect(illnessToReport(ill('2026-10-09', ...firstDays(3)), born)).toBeNull();
    expect(illnessToReport(ill('2026-10-16', ...firstDays(3)), born)).toMatchObject({ why: 'pace', days: 3 });
    expect(illnessToReport(ill('2026-12-18', ...firstDays(3)), born)).toBeNull();
  });

  it('names nobody with fewer sessions than are looked at', () => {
    for (const on of ['2026-09-11', '2026-10-16', '2026-10-23', '2026-12-18'])
      expect([on, illnessToReport(ill(on, ...firstDays(leastIllness - 1).map((day) => `${day} AM`)), born)]).toEqual([on, null]);
  });

  it('names the newest illness, and whether it goes on, so that nobody is reported twice for one', () => {
    const found = illnessToReport(ill('2026-11-20', ...firstDays(14), '2026-11-18', '2026-11-19'), born);
    expect(found?.newest).toEqual({ from: '2026-11-18', to: '2026-11-19', days: 2, goesOn: false });
  });

  it('names no child below compulsory school age', () => {
    expect(illnessToReport(ill('2026-11-20', ...firstDays(20)), '2021-09-05')).toBeNull();
    expect(illnessToReport(ill('2026-11-20'), born)).toBeNull();
  });
});
