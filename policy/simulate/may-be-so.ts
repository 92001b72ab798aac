import type { Day } from '../calendar/day.ts';
import { inPartOfYear } from '../calendar/day-names.ts';
import { comesTo } from '../case/figure-condition.ts';
import { asksOfLastDays } from '../case/rule-so.ts';
import type { Condition } from '../pack/condition.ts';
import type { Pack } from '../pack/pack.ts';
import { liesIn } from '../pack/thresholds.ts';
import type { RunningRegister } from './running-register.ts';

/** False if no rule beside the ladder can call for a case on a day, by the figures alone: all else that it asks is taken to be so. */
export const besideMayOpen = ({ alongside, 'alongside opens': beside }: Pack, register: RunningRegister, on: Day): boolean =>
  beside !== undefined &&
  alongside.some(
    (rule) => rule.for === 'every pupil' && mayBeSo(rule.when, register, asksOfLastDays(rule) ? (register.newest(on) ?? on) : on),
  );

/** The same of the ladder, by attendance and by the part of the year alone. */
export const ladderMayOpen = (pack: Pack, register: RunningRegister, on: Day): boolean =>
  pack.opens.some(
    ({ when: { attendance, today } }) =>
      (!today?.from || !today.to || inPartOfYear(on, today.from, today.to)) &&
      (!attendance || liesIn(pack, attendance, register.over(attendance.over ?? 'school year', on))),
  );

function mayBeSo({ figure, all = [], any }: Condition, register: RunningRegister, on: Day): boolean {
  const n = figure ? register.numberOf(figure.of, on) : null;
  return (
    (!figure || n === null || comesTo(figure, n)) &&
    all.every((one) => mayBeSo(one, register, on)) &&
    (!any || any.some((one) => mayBeSo(one, register, on)))
  );
}
