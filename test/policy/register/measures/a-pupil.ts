import type { Period } from '../../../../policy/calendar/period.ts';
import { schoolCalendar, schoolDaysBetween } from '../../../../policy/calendar/school-calendar.ts';
import type { Mark, Session } from '../../../../policy/register/mark.ts';
import { pupilRegister } from '../../../../policy/register/pupil-register.ts';

/** A school year, and the autumn and spring of the next: INSET on the first day, half-terms, a bank holiday in May. */
export const periods: readonly Period[] = [
  { kind: 'term', from: '2025-09-03', to: '2025-12-19', label: 'Autumn 2025' },
  { kind: 'half-term', from: '2025-10-27', to: '2025-10-31', label: 'Half-term' },
  { kind: 'term', from: '2026-01-05', to: '2026-03-27', label: 'Spring 2026' },
  { kind: 'half-term', from: '2026-02-16', to: '2026-02-20', label: 'Half-term' },
  { kind: 'term', from: '2026-04-13', to: '2026-07-21', label: 'Summer 2026' },
  { kind: 'half-term', from: '2026-05-25', to: '2026-05-29', label: 'Half-term' },
  { kind: 'inset', from: '2026-09-01', to: '2026-09-01', label: 'INSET' },
  { kind: 'term', from: '2026-09-01', to: '2026-12-18', label: 'Autumn 2026' },
  { kind: 'half-term', from: '2026-10-26', to: '2026-10-30', label: 'Half-term' },
  { kind: 'term', from: '2027-01-04', to: '2027-03-25', label: 'Spring 2027' },
];
export const calendar = schoolCalendar(periods);

export const mark = (on: string, session: Session, code: string): Mark => ({ on, session, code });

/** Whole school days from a day on, one code a day, both sessions. */
export const days = (from: string, codes: string): Mark[] =>
  schoolDaysBetween(calendar, from, '2027-07-31')
    .slice(0, codes.length)
    .flatMap((on, i) => [mark(on, 'AM', codes.charAt(i)), mark(on, 'PM', codes.charAt(i))]);

/** Whole school days of a pupil who was there, from a day to another. */
export const present = (from: string, to: string): Mark[] =>
  schoolDaysBetween(calendar, from, to).flatMap((on) => [mark(on, 'AM', '/'), mark(on, 'PM', '\\')]);

/** The same marks, with others in their places. */
export function corrected(marks: readonly Mark[], ...others: Mark[]): Mark[] {
  const other = new Map(others.map((one) => [`${one.on} ${one.session}`, one]));
  return marks.map((one) => other.get(`${one.on} ${one.session}`) ?? one);
}

/** A pupil's register on a day; on roll since September 2025 unless said otherwise. */
export const registerOn = (on: string, marks: readonly Mark[], roll: { from?: string; to?: string | null } = {}) =>
  pupilRegister({ on, marks, calendar, onRollFrom: roll.from ?? '2025-09-01', onRollTo: roll.to ?? null });

/** So many sessions of which so many were missed, from the beginning of September 2026 on: `codes` the last of them first. */
export const sessions = (possible: number, missed: number, code = 'I'): Mark[] =>
  schoolDaysBetween(calendar, '2025-09-01', '2026-08-31')
    .flatMap((on) => [mark(on, 'AM', '/'), mark(on, 'PM', '\\')])
    .slice(0, possible)
    .map((one, i) => (i < missed ? { ...one, code } : one));
