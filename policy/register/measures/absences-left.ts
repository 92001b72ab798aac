import { z } from 'zod';
import type { Fraction } from '../fraction.ts';
import type { PupilRegister } from '../pupil-register.ts';
import { counted } from './figure.ts';
import { enoughForAttendance, marksOver, measure } from './measure.ts';
import { calendarEnds, schoolYearLeft } from './school-year-left.ts';
import { edgeOf, Side, sideSaid } from './side.ts';
import { totalsOf } from './totals.ts';

/** How many of the next sessions can be missed one after the other before attendance is on that side; null if it is already. */
export function absencesLeftNow({ attended, possible }: Fraction, side: Side): number | null {
  const { hundredths, onIt } = edgeOf(side);
  const left = Math.floor((attended * 10_000 - onIt) / hundredths) - possible;
  return left < 0 ? null : left;
}

/**
 * How many of the sessions to come can be missed, all others attended, without attendance at their end being on that side;
 * null if it will be whatever happens.
 */
export function absencesLeftOf(coming: number, { attended, possible }: Fraction, side: Side): number | null {
  const { hundredths, onIt } = edgeOf(side);
  const left = Math.floor(((attended + coming) * 10_000 - onIt - hundredths * (possible + coming)) / 10_000);
  return left < 0 ? null : Math.min(left, coming);
}

const params = z.strictObject({ before: Side });
const common = {
  unit: 'sessions',
  source: 'Arithmetic on attendance in the school year',
  minimum: enoughForAttendance,
  below: 'shown with a caution',
  params,
  said: ({ before }: z.output<typeof params>) => `before attendance is ${sideSaid(before)}`,
} as const;

/** Attendance in the school year so far, with its sessions. */
function soFar(register: PupilRegister) {
  const { span, marks } = marksOver(register, 'school year');
  const { attended, possible } = totalsOf(marks);
  return { span, sessions: marks.map(counted), attendance: { attended, possible } };
}

/** How much room there is if the next sessions were missed in a row. */
export const absencesLeftInARow = measure({
  ...common,
  name: 'absences-left-now',
  label: 'Sessions that can be missed from now',
  counts:
    'The next sessions missed one after the other, before the figure of the school year is below, or at most, a percentage.',
  find(register, { before }) {
    const { attendance, ...found } = soFar(register);
    const left = absencesLeftNow(attendance, before);
    if (left === null) return { ...found, value: null, note: `Attendance is ${sideSaid(before)} already` };
    return { ...found, value: { is: 'sessions', sessions: left } };
  },
});

/** How much room there is in the year, if every other session to come is attended. */
export const absencesLeftThisYear = measure({
  ...common,
  name: 'absences-left-this-year',
  label: 'Sessions that can be missed in the rest of the school year',
  counts:
    'The most sessions to come that can be missed, all others attended, so that the figure of the whole school year is not below, or at most, a percentage. To come is every session after the newest mark at which the school meets.',
  find(register, { before }) {
    const { attendance, ...found } = soFar(register);
    const coming = schoolYearLeft(register);
    if (!coming.whole) return { ...found, value: null, note: calendarEnds };
    const left = absencesLeftOf(coming.sessions.length, attendance, before);
    if (left === null)
      return {
        ...found,
        value: null,
        note: `Attendance of the school year will be ${sideSaid(before)} even if nothing more is missed`,
      };
    return { ...found, value: { is: 'sessions', sessions: left } };
  },
});
