import { z } from 'zod';
import { percentage } from '../../pack/amount.ts';
import { type Fraction, type Hundredths, isAtLeast } from '../fraction.ts';
import { counted } from './figure.ts';
import { enoughForAttendance, marksOver, measure } from './measure.ts';
import { calendarEnds, schoolYearLeft } from './school-year-left.ts';
import { totalsOf } from './totals.ts';

/** How many sessions have to be attended in a row for attendance to be at least so much; null if it never can be. */
export function sessionsToReach({ attended, possible }: Fraction, hundredths: Hundredths): number | null {
  const short = hundredths * possible - attended * 10_000;
  if (short <= 0) return 0;
  return hundredths === 10_000 ? null : Math.ceil(short / (10_000 - hundredths));
}

/** The first school day on which the school year's figure could be back, if every session to come is attended. */
export const earliestBack = measure({
  name: 'earliest-back',
  label: 'Earliest day attendance can be back',
  unit: 'a school day',
  counts:
    'The day on which the figure of the school year would reach the percentage if the pupil attended every session after the newest mark at which the school meets. The figure starts again in September, so there is no such day beyond the school year.',
  source: 'Arithmetic on attendance in the school year, and the school’s calendar',
  minimum: enoughForAttendance,
  below: 'shown with a caution',
  params: z.strictObject({ at: percentage }),
  said: ({ at }) => `at ${at / 100}%`,
  find(register, { at }) {
    const { span, marks } = marksOver(register, 'school year');
    const { attended, possible } = totalsOf(marks);
    const found = { span, sessions: marks.map(counted), value: null };
    if (isAtLeast({ attended, possible }, at)) return { ...found, note: `Attendance is at least ${at / 100}% now` };
    const needed = sessionsToReach({ attended, possible }, at);
    if (needed === null) return { ...found, note: 'What was missed cannot be made up to 100%' };
    const { sessions, whole } = schoolYearLeft(register);
    const last = sessions[needed - 1];
    if (last) return { ...found, value: { is: 'day', day: last.slice(0, 10) } };
    return { ...found, note: whole ? 'Not in this school year, even if nothing more is missed' : calendarEnds };
  },
});
