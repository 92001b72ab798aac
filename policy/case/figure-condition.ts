import type { Condition } from '../pack/condition.ts';
import { figureOf } from '../register/measures/catalogue.ts';
import type { Figure, Value } from '../register/measures/figure.ts';
import { standsOutFrom } from '../register/measures/weekday-pattern.ts';
import { type PupilRegister, pupilRegister } from '../register/pupil-register.ts';
import { remembered } from '../remembered.ts';
import type { Circumstances } from './circumstances.ts';

type Asked = NonNullable<Condition['figure']>;

export const registerOf = remembered((c: Circumstances): PupilRegister => pupilRegister(c));
const figuresOf = remembered((_c: Circumstances) => new Map<Asked['of'], Figure>());

/** The figure that a condition asks for, counted once in the same circumstances. */
export function figureAsked({ of }: Asked, c: Circumstances): Figure {
  const counted = figuresOf(c);
  const known = counted.get(of);
  if (known) return known;
  const figure = figureOf(registerOf(c), of);
  counted.set(of, figure);
  return figure;
}

/** True if a measure comes to what the condition asks. What cannot be said, or rests on too few sessions, is never so. */
export function figureHolds(asked: Asked, c: Circumstances): boolean {
  if (c.assumed) return c.assumed.figure(asked);
  const counted = c.numberOf?.(asked.of, c.on) ?? null;
  if (counted !== null) return !Number.isNaN(counted) && comesTo(asked, counted);
  const { value, enough } = figureAsked(asked, c);
  return value !== null && enough && comesTo(asked, numberOf(value), isSo(value));
}

/** True if this number is what the condition asks; `so` is the answer of a measure that gives one. */
export function comesTo(asked: Asked, n: number, so = false): boolean {
  const { 'at least': least, 'more than': more, 'at most': most, 'fewer than': fewer, is } = asked;
  return (
    (least === undefined || n >= least) &&
    (more === undefined || n > more) &&
    (most === undefined || n <= most) &&
    (fewer === undefined || n < fewer) &&
    (is === undefined || so === (is === 'so'))
  );
}

/** The number of a value: sessions, spells, minutes or school days. What has none is compared with nothing. */
function numberOf(value: Value): number {
  if ('sessions' in value) return value.sessions;
  if (value.is === 'spells') return value.spells;
  if (value.is === 'minutes') return value.minutes;
  return value.is === 'school days' || value.is === 'run' ? value.days : Number.NaN;
}

function isSo(value: Value): boolean {
  if (value.is === 'answer') return value.yes;
  if (value.is === 'pattern') return value.oneIn >= standsOutFrom;
  return value.is === 'trend' ? value.going === 'down' : false;
}
