import { addSchoolDays } from '../calendar/school-calendar.ts';
import type { Condition } from '../pack/condition.ts';
import { type Fraction, isAtLeast, isAtMost, isBelow } from '../register/fraction.ts';
import type { Circumstances } from './circumstances.ts';
import type { CaseLetter, CaseState } from './state.ts';

type Known = Pick<CaseState, 'attendance' | 'stageFrom' | 'stageSince' | 'letters' | 'target' | 'referral'>;

/** True if all that the condition names is so. A percentage of too few sessions is never "so": it says little. */
export function holds(when: Condition, state: Known, c: Circumstances): boolean {
  const days = (from: string, n: number) => c.on >= addSchoolDays(c.calendar, from, n);
  const letter = when['letter sent'];
  const sent = letter && lastSent(state, letter.template);
  return (
    (!when.attendance || attendanceHolds(when.attendance, state, c.pack.figures['at least'])) &&
    (!letter || (sent !== undefined && days(sent.on, letter['at least']))) &&
    (when['in stage'] === undefined || days(state.stageSince, when['in stage'])) &&
    (!when.target || state.target === when.target) &&
    (!when.referral || state.referral?.status === when.referral)
  );
}

function attendanceHolds(when: NonNullable<Condition['attendance']>, { attendance, stageFrom }: Known, atLeast: number): boolean {
  if (attendance.possible < atLeast) return false;
  const { below, 'at most': atMost, 'at least': least, 'risen by': risen, 'fallen by': fallen } = when;
  return (
    (below === undefined || isBelow(attendance, below)) &&
    (atMost === undefined || isAtMost(attendance, atMost)) &&
    (least === undefined || isAtLeast(attendance, least)) &&
    (risen === undefined || movedBy(stageFrom, attendance, risen)) &&
    (fallen === undefined || movedBy(attendance, stageFrom, fallen))
  );
}

/** True if attendance is at least so many hundredths of a percent higher in `to` than in `from`. Integers only. */
function movedBy(from: Fraction, to: Fraction, hundredths: number): boolean {
  if (from.possible === 0) return false;
  const difference = to.attended * from.possible - from.attended * to.possible;
  return difference * 10_000 >= hundredths * from.possible * to.possible;
}

/** The newest letter of a template that reached its way out of the building. */
export function lastSent({ letters }: Pick<CaseState, 'letters'>, template: string): CaseLetter | undefined {
  return Object.values(letters)
    .filter((letter) => letter.template === template && isOut(letter))
    .sort((a, b) => (a.on < b.on ? 1 : -1))[0];
}

/** True once a letter has been sent or posted. */
export const isOut = ({ outcome }: CaseLetter): boolean => outcome === 'sent' || outcome === 'posted';
