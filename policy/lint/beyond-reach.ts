import { counted } from '../counted.ts';
import type { Condition } from '../pack/condition.ts';
import { type Over, overDuring } from '../register/measures/over.ts';
import { partsOf } from './parts-of.ts';
import { firstReachedAt, isEmpty, rangeOf } from './range.ts';

/** How much of each measure one school day can have, of those that count days, sessions or spells. */
const aDay: Record<string, readonly [n: number, unit: 'day' | 'session' | 'spell']> = {
  ...{
    'days-missed': [1, 'day'],
    'illness-days': [1, 'day'],
    'current-absent-run': [1, 'day'],
    'longest-absent-run': [1, 'day'],
    'absence-spells': [1, 'spell'],
  },
  ...{ 'coded-sessions': [2, 'session'], 'sessions-missed': [2, 'session'] },
  ...{ 'authorised-absence': [2, 'session'], 'unauthorised-absence': [2, 'session'] },
  ...{ 'late-before-close': [2, 'session'], 'late-after-close': [2, 'session'] },
};

/** School days that a time by its name has at the most, with some to spare: a year has 190, a term seldom more than 75. */
const longest = { 'school year': 195, 'previous school year': 195, term: 85, 'half-term': 45 } as const;

/** Why a condition asks more than any register has in the time that it counts over; nothing if it does not. */
export const beyondReach = (when: Condition): string[] =>
  partsOf(when).flatMap(({ attendance, figure }) => [
    ...(attendance?.over === undefined ? [] : attendanceBeyond(attendance, attendance.over)),
    ...(figure ? figureBeyond(figure) : []),
  ]);

function figureBeyond({ of, 'at least': least, 'more than': more }: NonNullable<Condition['figure']>): string[] {
  const [each, unit] = aDay[of.measure] ?? [];
  const over = (of.over ?? 'school year') as Over;
  const days = schoolDaysOf(over);
  const asked = least ?? (more === undefined ? undefined : more + 1);
  if (each === undefined || unit === undefined || days === null || asked === undefined || asked <= each * days) return [];
  return [`It asks for ${asked}, and there are never more than ${counted(each * days, unit)} ${overDuring(over)}`];
}

function attendanceBeyond(asked: NonNullable<Condition['attendance']>, over: Over): string[] {
  const days = schoolDaysOf(over);
  const range = rangeOf(asked);
  if (days === null || isEmpty(range) || firstReachedAt(range, 1, 2 * days) !== null) return [];
  return [`No attendance ${overDuring(over)} lies there: there are never more than ${counted(2 * days, 'session')}`];
}

function schoolDaysOf(over: Over): number | null {
  if (typeof over === 'string') return over === 'whole record' ? null : longest[over];
  if ('schoolDays' in over) return over.schoolDays;
  return 'schoolWeeks' in over ? 5 * over.schoolWeeks : null;
}
