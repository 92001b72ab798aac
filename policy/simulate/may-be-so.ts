import type { Day } from '../calendar/day.ts';
import { comesTo } from '../case/figure-condition.ts';
import type { Condition } from '../pack/condition.ts';
import type { Pack } from '../pack/pack.ts';
import type { RunningRegister } from './running-register.ts';

/** False if no rule beside the ladder can call for a case on a day, by the figures alone: all else that it asks is taken to be so. */
export const besideMayOpen = ({ alongside, 'alongside opens': beside }: Pack, register: RunningRegister, on: Day): boolean =>
  beside !== undefined && alongside.some(({ when, for: whom }) => whom === 'every pupil' && mayBeSo(when, register, on));

function mayBeSo({ figure, all = [], any }: Condition, register: RunningRegister, on: Day): boolean {
  const n = figure ? register.numberOf(figure.of, on) : null;
  return (
    (!figure || n === null || comesTo(figure, n)) &&
    all.every((one) => mayBeSo(one, register, on)) &&
    (!any || any.some((one) => mayBeSo(one, register, on)))
  );
}
