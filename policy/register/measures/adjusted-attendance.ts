import { z } from 'zod';
import { counted as numbered } from '../../counted.ts';
import { CodeSet, codesOf, codesSaid } from '../code-sets.ts';
import { type Mark, sessionId } from '../mark.ts';
import { counted } from './figure.ts';
import { enoughForAttendance, marksOver, measure } from './measure.ts';
import { Over, overSaid } from './over.ts';
import { totalsOf } from './totals.ts';

const day = z.iso.date();
const LeftOut = z.strictObject({
  codes: CodeSet.optional(),
  days: z.array(z.strictObject({ from: day, to: day })).default([]),
  sessions: z.array(z.string().regex(/^\d{4}-\d{2}-\d{2} (AM|PM)$/, 'Write a session as "2026-09-14 AM"')).default([]),
});
type LeftOut = z.infer<typeof LeftOut>;

/** Attendance without what a school leaves out when it decides what to do. It is never what a school reports. */
export const adjustedAttendance = measure({
  name: 'adjusted-attendance',
  label: 'Adjusted attendance',
  unit: 'sessions attended of sessions possible',
  counts:
    'Attendance without the sessions that bear some codes (an agreed part-time timetable, C2), that fall in some days (an integration period) or that are named. What is left out is neither possible nor attended. It may decide what a school does, never what it reports.',
  source: 'School policies; it has no standing in law',
  minimum: enoughForAttendance,
  below: 'shown with a caution',
  params: z.strictObject({ over: Over.default('school year'), 'leaving out': LeftOut }),
  said: ({ over, 'leaving out': out }) => `${overSaid(over)}, without ${leftOutSaid(out)}`,
  find(register, { over, 'leaving out': out }) {
    const { span, marks } = marksOver(register, over);
    const isOut = leftOut(out);
    const { attended, possible } = totalsOf(marks.filter((mark) => !isOut(mark)));
    const sessions = marks.map((mark) => (isOut(mark) ? { ...counted(mark), as: 'left out' as const } : counted(mark)));
    return { span, value: { is: 'attendance', attended, possible }, sessions, possible };
  },
});

/** Whether a mark is to be left out: by its code, its day or its session. */
function leftOut({ codes = [], days, sessions }: LeftOut): (mark: Mark) => boolean {
  const [ofCode, named] = [codesOf(codes), new Set(sessions)];
  return (mark) =>
    ofCode.has(mark.code) || named.has(sessionId(mark)) || days.some(({ from, to }) => from <= mark.on && mark.on <= to);
}

/** "C2 and 1 Sep 2026 to 11 Sep 2026" */
const leftOutSaid = ({ codes, days, sessions }: LeftOut): string =>
  [
    ...(codes === undefined ? [] : [codesSaid(codes)]),
    ...days.map(overSaid),
    ...(sessions.length > 0 ? [numbered(sessions.length, 'named session')] : []),
  ].join(' and ');
