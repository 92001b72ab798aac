import { codesOf } from '../register/code-sets.ts';
import { attendedClasses, codesIn } from '../register/codes.ts';
import type { Asked } from '../register/measures/catalogue.ts';
import type { Condition } from './condition.ts';

/**
 * True of a condition that a session which was attended may make so: it asks that attendance be good, that little was missed or few
 * came late, for with the days fewer of them are counted, that sessions were attended, or how a span went of which that session is the
 * newest. Of many lates a late itself tells.
 */
export function mayBeginAttended(when: Condition, turned = false): boolean {
  const { attendance, figure, all = [], any = [], not } = when;
  return (
    (attendance !== undefined && attendanceMay(attendance, turned)) ||
    (figure !== undefined && figureMay(figure, turned)) ||
    [...all, ...any].some((one) => mayBeginAttended(one, turned)) ||
    (not !== undefined && mayBeginAttended(not, !turned))
  );
}

function attendanceMay(asked: NonNullable<Condition['attendance']>, turned: boolean): boolean {
  const {
    over,
    above,
    below,
    'at least': least,
    'at most': most,
    'in band': band,
    'risen by': risen,
    'fallen by': fallen,
    'risen in': rising,
  } = asked;
  const good = turned ? [below, most, fallen] : [above, least, risen];
  return [over, band, rising, ...good].some((said) => said !== undefined);
}

function figureMay(asked: NonNullable<Condition['figure']>, turned: boolean): boolean {
  const { of, is, 'at least': least, 'more than': more, 'at most': most, 'fewer than': fewer } = asked;
  const [many, fewest] = [least ?? more, most ?? fewer];
  const few = !turned && growsFrom(of, least, more) ? undefined : fewest;
  return is !== undefined || (turned ? many : few) !== undefined || ((turned ? few : many) !== undefined && countsAttended(of));
}

/** True where some are asked for of what only grows in a year: a new year, which begins with none, makes it no more so than a session does. */
const growsFrom = (of: Asked, least = 0, more = -1): boolean => of.over === 'school year' && Math.max(least, more + 1) > 0;

const attended = codesIn(...attendedClasses);

/** True of a measure that grows with sessions attended. */
const countsAttended = (of: Asked): boolean =>
  of.measure.endsWith('attendance') ||
  (of.measure === 'coded-sessions' && attended.some((code) => codesOf(of.codes as Parameters<typeof codesOf>[0]).has(code)));
