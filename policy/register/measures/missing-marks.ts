import { z } from 'zod';
import { addDays, type Day } from '../../calendar/day.ts';
import { type SchoolCalendar, schoolDaysBetween } from '../../calendar/school-calendar.ts';
import { isMissing } from '../codes.ts';
import { type Mark, type Span, sessionId } from '../mark.ts';
import { measure } from './measure.ts';
import { Over, overSaid, spanOf } from './over.ts';

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
    const { from, to } = spanOf(register, over);
    const yesterday = addDays(register.on, -1);
    const { onRollTo } = register;
    const last = [to, yesterday, ...(onRollTo === null ? [] : [onRollTo])].reduce((a, b) => (a < b ? a : b));
    const span = { from, to: last };
    const ids = missingSessions(register.marks, register.calendar, span);
    return {
      span,
      value: { is: 'sessions', sessions: ids.length },
      sessions: ids.map((id) => ({ id, code: '', as: 'no mark' })),
    };
  },
});
