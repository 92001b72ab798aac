import type { Day } from '../../policy/calendar/day.ts';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { classOf, codeOn } from '../../policy/register/codes.ts';
import { type Mark, sessionId } from '../../policy/register/mark.ts';
import { daysMissed, type Totals, totalsIn } from '../../policy/register/measures/totals.ts';
import { whileOnRoll } from '../../policy/register/pupil-register.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import type { Db } from '../../prisma/client.ts';
import { onRollOf } from '../../prisma/pupils.ts';
import { marksOf } from '../../prisma/register.ts';

type Pupil = { id: string; onRollFrom: Date; onRollTo: Date | null };
export type AttendanceNow = { totals: Totals; daysMissed: number; upTo: string | null; marks: Mark[]; missed: string[] };

/** This year's attendance while on roll, as the register says it today, and each session that was missed: what a letter written now rests on. */
export async function attendanceNow(db: Db, pupil: Pupil, today: Day): Promise<AttendanceNow> {
  const span = whileOnRoll({ from: schoolYearStart(today), to: today }, onRollOf(pupil));
  const marks = await marksOf(db, pupil.id, span);
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
