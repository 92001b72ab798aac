import { z } from 'zod';
import { counted } from './figure.ts';
import { enoughForAttendance, marksOver, measure } from './measure.ts';
import { Over, overSaid } from './over.ts';
import { totalsOf } from './totals.ts';

/** Sessions attended of sessions possible (DfE, absence statistics methodology; SI 2024/208 reg 10). */
export const attendance = measure({
  name: 'attendance',
  label: 'Attendance',
  unit: 'sessions attended of sessions possible',
  counts:
    'Possible are the sessions at which the pupil was present, at an approved educational activity, or absent with or without authorisation; attended the first two of them. Sessions not possible, planned closures and missing marks count as nothing.',
  source: 'SI 2024/208 reg 10; DfE, pupil absence statistics: methodology',
  minimum: enoughForAttendance,
  below: 'shown with a caution',
  params: z.strictObject({ over: Over.default('school year') }),
  said: ({ over }) => overSaid(over),
  find(register, { over }) {
    const { span, marks } = marksOver(register, over);
    const { attended, possible } = totalsOf(marks);
    return { span, value: { is: 'attendance', attended, possible }, sessions: marks.map(counted) };
  },
});
