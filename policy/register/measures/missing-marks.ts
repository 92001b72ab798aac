import { z } from 'zod';
import { addDays, type Day } from '../../calendar/day.ts';
import { type SchoolCalendar, schoolDaysBetween } from '../../calendar/school-calendar.ts';
import { isMissing } from '../codes.ts';
import { type Mark, type Span, sessionId } from '../mark.ts';
import type { PupilRegister } from '../pupil-register.ts';
import { measure } from './measure.ts';
import { daysWithin, Over, overSaid, spanOf, spanOn } from './over.ts';

/** Sessions of school days in a span that have no mark, or a blank one. */
export function missingSessions(marks: readonly Mark[], cal: SchoolCalendar, span: Span): string[] {
  const made = { AM: new Set<Day>(), PM: new Set<Day>() };
  for (const { on, session, code } of marks) if (!isMissing(code)) made[session].add(on);
  return schoolDaysBetween(cal, span.from, span.to).flatMap((on) =>
    (['AM', 'PM'] as const).filter((session) => !made[session].has(on)).map((session) => sessionId({ on, session })),
  );
}

/** How far the other figures can be relied on: each of these sessions may still turn out attended or missed. */
export const missingMarks = measure({
  name: 'missing-marks',
  label: 'Sessions without a mark',
  unit: 'sessions',
  counts: 'Sessions of school days, up to the day before, without a mark or with a blank one. They count in no other figure.',
  source: 'SI 2024/208 reg 10(1): every session is marked',
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({ over: Over.default('school year') }),
  said: ({ over }) => overSaid(over),
  find(register, { over }) {
    const span = untilYesterday(spanOf(register, over), register);
    const ids = missingSessions(register.marks, register.calendar, span);
    return {
      span,
      value: { is: 'sessions', sessions: ids.length },
      sessions: ids.map((id) => ({ id, code: '', as: 'no mark' })),
    };
  },
  daily(all, { over }) {
    const { calendar, marks, onRollTo } = all;
    const days = missingSessions(marks, calendar, { from: '', to: calendar.days.at(-1) ?? '' }).map((id) => id.slice(0, 10));
    if (days.length === 0) return () => 0;
    const span = spanOn(all, over);
    return (on) => daysWithin(days, untilYesterday(span(on), { on, onRollTo }));
  },
});

function untilYesterday({ from, to }: Span, { on, onRollTo }: Pick<PupilRegister, 'on' | 'onRollTo'>): Span {
  const ends = [to, addDays(on, -1), ...(onRollTo === null ? [] : [onRollTo])];
  return { from, to: ends.reduce((a, b) => (a < b ? a : b)) };
}
