import { addDays, type Day } from '../calendar/day.ts';
import { schoolYearStart } from '../calendar/school-calendar.ts';
import { isMissing } from '../register/codes.ts';
import type { Fraction } from '../register/fraction.ts';
import { isLeftOut, type LeftOut, leftOutByPolicy } from '../register/left-out.ts';
import { type Mark, sessionId } from '../register/mark.ts';
import type { Asked } from '../register/measures/catalogue.ts';
import { missingMarks, missingSessions } from '../register/measures/missing-marks.ts';
import { type Over, spanOf } from '../register/measures/over.ts';
import { totalsIn } from '../register/measures/totals.ts';
import type { Circumstances } from './circumstances.ts';

/** What an attendance is counted from. */
type Counting = Pick<Circumstances, 'pack' | 'marks' | 'settlingIn' | 'partTime' | 'assumed' | 'counted'>;

/** Where this pupil's school year begins: its first day, or the day they joined. */
export const yearFrom = ({ on, onRollFrom }: Pick<Circumstances, 'on' | 'onRollFrom'>): Day => {
  const start = schoolYearStart(on);
  return onRollFrom > start ? onRollFrom : start;
};

/** Attendance from the start of the school year (or joining) to the end of a day, as a fraction of sessions. */
export const attendanceOn = (c: Counting & Pick<Circumstances, 'on' | 'onRollFrom'>, to: Day): Fraction =>
  attendanceIn(c, yearFrom(c), to);

/** Attendance over a time by its name, up to the day itself. */
export function attendanceOver(c: Circumstances, over: Over): Fraction {
  const { from, to } = spanOf(c, over);
  return attendanceIn(c, from, to);
}

/** Attendance within a span of days, both included; without what the policy leaves out, where it adjusts what it acts on. */
export function attendanceIn(c: Counting, from: Day, to: Day): Fraction {
  if (c.assumed) return c.assumed.attendance({ from, to });
  if (c.counted) return c.counted({ from, to });
  const { attended, possible } = totalsIn(counting(c), { from, to });
  return { attended, possible };
}

/** What the policy leaves out of this pupil's attendance; null where its figure is the one that is reported. */
export function leftOutHere(c: Pick<Circumstances, 'pack' | 'settlingIn' | 'partTime'>): LeftOut | null {
  if (c.pack.figures.attendance === 'as marked') return null;
  const out = leftOutByPolicy(c);
  return out.days.length === 0 ? null : out;
}

/** The marks that the policy's figure rests on. */
function counting(c: Counting): readonly Mark[] {
  const out = leftOutHere(c);
  if (out === null) return c.marks;
  const isOut = isLeftOut(out);
  return c.marks.filter((mark) => !isOut(mark));
}

/** What somebody counted is of all marks: of some of them it says nothing. */
function withoutCount({ counted: _, ...c }: Circumstances): Circumstances {
  return c;
}

/** Attendance up to a session of this school year, that one included, as the register says it now; null for an earlier year's. */
export function attendanceUpTo(c: Circumstances, session: string): Fraction | null {
  if (c.assumed || session < yearFrom(c)) return null;
  if (c.counted && session.endsWith('PM')) return c.counted({ from: yearFrom(c), to: session.slice(0, 10) });
  const marks = c.marks.filter((mark) => sessionId(mark) <= session);
  return attendanceIn({ ...withoutCount(c), marks }, yearFrom(c), session.slice(0, 10));
}

/** The newest session that the figures know, as its id; null when there is none. */
export function newestSession({ marks, on }: Pick<Circumstances, 'marks' | 'on'>): string | null {
  const newest = marks.findLast((mark) => mark.on <= on);
  return newest ? sessionId(newest) : null;
}

/** The newest day of which the register says anything: where marks come overnight, that is not today. Today, if there is none. */
export const newestMarkedDay = ({ marks, on }: Pick<Circumstances, 'marks' | 'on'>): Day =>
  marks.findLast((mark) => mark.on <= on && !isMissing(mark.code))?.on ?? on;

const missingThisYear: Asked = { measure: missingMarks.name, over: 'school year' };

/** Sessions without a mark, from a day to yesterday (today's register may still be open) or to the day the pupil left. */
export function missingSince(c: Circumstances, from: Day = yearFrom(c)): string[] {
  const yesterday = addDays(c.on, -1);
  const to = c.onRollTo !== null && c.onRollTo < yesterday ? c.onRollTo : yesterday;
  if (c.assumed) return c.assumed.complete ? [] : [`${to} AM`];
  if (from === yearFrom(c) && c.numberOf?.(missingThisYear, c.on) === 0) return [];
  return from > to ? [] : missingSessions(c.marks, c.calendar, { from, to });
}
