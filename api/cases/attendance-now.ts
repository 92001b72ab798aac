import type { Day } from '../../policy/calendar/day.ts';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { adjustedHow } from '../../policy/case/attendance-said.ts';
import { attendanceOn } from '../../policy/case/figures.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import { classOf, codeOn } from '../../policy/register/codes.ts';
import type { Fraction } from '../../policy/register/fraction.ts';
import { type Mark, sessionId } from '../../policy/register/mark.ts';
import { daysMissed, type Totals, totalsIn } from '../../policy/register/measures/totals.ts';
import { whileOnRoll } from '../../policy/register/pupil-register.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import { type AgreedTimesKept, agreedTimesOf } from '../../prisma/agreed-times.ts';
import type { Db } from '../../prisma/client.ts';
import { onRollOf } from '../../prisma/pupils.ts';
import { marksOf } from '../../prisma/register.ts';
import { sessionsOf } from '../web/shapes.ts';

type Pupil = { id: string; onRollFrom: Date; onRollTo: Date | null } & AgreedTimesKept;
export type AttendanceNow = { totals: Totals; daysMissed: number; upTo: string | null; marks: Mark[]; missed: string[] };
/** Attendance as the case's policy counts it; `how` it adjusts it, in words, and null where it is as marked. */
export type Acting = { acting: Fraction; how: string | null };

/** What a policy acts on, beside what the register says: the same unless the policy leaves some of it out. */
export function actingOn(pack: Pack, pupil: Pupil, { marks }: Pick<AttendanceNow, 'marks'>, on: Day): Acting {
  const c = { pack, on, marks, ...onRollOf(pupil), ...agreedTimesOf(pupil, on) };
  return { acting: attendanceOn(c, on), how: adjustedHow(c) };
}

/** Attendance beside a case, a row each: what its policy acts on first, where that is not what the school reports. */
export function attendanceRows({ totals, upTo }: AttendanceNow, { acting, how }: Acting): string[][] {
  const said = upTo ? `, counted up to ${upTo}` : '';
  if (how === null) return [['Attendance', `${sessionsOf(totals)}${said}`]];
  return [
    ['Adjusted attendance', `${sessionsOf(acting)}, ${how}${said}`],
    ['Attendance as marked', `${sessionsOf(totals)}: what the school reports`],
  ];
}

/**
 * This year's attendance while on roll, as the register says it today, and each session that was missed: what a letter written now rests
 * on. Up to an earlier day, and as it was known at an instant, if that is asked.
 */
export async function attendanceNow(db: Db, pupil: Pupil, today: Day, knownAt?: Date): Promise<AttendanceNow> {
  const span = whileOnRoll({ from: schoolYearStart(today), to: today }, onRollOf(pupil));
  const marks = await marksOf(db, pupil.id, span, knownAt);
  const totals = totalsIn(marks, span);
  const newest = marks.at(-1);
  return {
    totals,
    daysMissed: daysMissed(totals),
    upTo: newest ? sessionWords(sessionId(newest)) : null,
    marks,
    missed: marks
      .filter(({ code }) => ['authorised', 'unauthorised'].includes(classOf(code) ?? ''))
      .map((mark) => `${sessionWords(sessionId(mark))}: ${codeOn(mark.code, mark.on).words} (${mark.code})`)
      .reverse(),
  };
}
