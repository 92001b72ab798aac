import { z } from 'zod';
import { isLeftOut, LeftOut, leftOutSaid } from '../left-out.ts';
import { counted } from './figure.ts';
import { enoughForAttendance, marksOver, measure } from './measure.ts';
import { Over, overSaid } from './over.ts';
import { totalsOf } from './totals.ts';

/** Attendance without what a school leaves out when it decides what to do. It is never what a school reports. */
export const adjustedAttendance = measure({
  name: 'adjusted-attendance',
  label: 'Adjusted attendance',
  unit: 'sessions attended of sessions possible',
  counts:
    'Attendance without the sessions that bear some codes (an agreed part-time timetable, C2), that fall in some days (an integration period), all or those of some codes, or that are named. What is left out is neither possible nor attended. It may decide what a school does, never what it reports.',
  source: 'School policies; it has no standing in law',
  minimum: enoughForAttendance,
  below: 'shown with a caution',
  params: z.strictObject({ over: Over.default('school year'), 'leaving out': LeftOut }),
  said: ({ over, 'leaving out': out }) => `${overSaid(over)}, ${leftOutSaid(out)}`,
  find(register, { over, 'leaving out': out }) {
    const { span, marks } = marksOver(register, over);
    const isOut = isLeftOut(out);
    const { attended, possible } = totalsOf(marks.filter((mark) => !isOut(mark)));
    const sessions = marks.map((mark) => (isOut(mark) ? { ...counted(mark), as: 'left out' as const } : counted(mark)));
    return { span, value: { is: 'attendance', attended, possible }, sessions, possible };
  },
});
