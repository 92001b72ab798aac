import { type Condition, conditionsIn } from '../pack/condition.ts';
import { type Asked, factSaid, figureOf } from '../register/measures/catalogue.ts';
import type { Counted, Figure } from '../register/measures/figure.ts';
import type { Circumstances } from './circumstances.ts';
import { holds } from './condition.ts';
import { figureAsked, figureHolds, registerOf } from './figure-condition.ts';
import { leftOutHere } from './figures.ts';
import type { RestsOn } from './proposal.ts';
import type { Telling } from './telling.ts';

/** The figures that make a condition so, as a person reads them, each with the sessions that make it up. */
export const figuresSo = (when: Condition, c: Circumstances): RestsOn[] =>
  conditionsIn(when).flatMap(({ figure }) =>
    figure && !c.assumed && figureHolds(figure, c) ? [restingOn(figure.of, figureAsked(figure, c))] : [],
  );

/** "3 school days in a row absent without a reason, 14 Sep to 16 Sep; 10 sessions that count towards a penalty notice" */
export const whySo = (figures: readonly RestsOn[]): string => figures.map(({ says }) => says).join('; ');

/** What brings a case to a stage, and is so now, beside attendance of the school year: the figures, and attendance of other times. */
export function ledTo({ state, c }: Telling): RestsOn[] {
  const { stage } = state;
  if (c.assumed) return [];
  const { opens, stages } = c.pack;
  const ways = [
    ...opens.filter((way) => way.stage === stage),
    ...Object.values(stages).flatMap(({ next }) => next.filter(({ go }) => go === stage)),
  ];
  const held = [...ways.map(({ when }) => when), ...(stages[stage]?.['only while'] ? [stages[stage]['only while']] : [])];
  const found = held.flatMap((when) => [...figuresSo(when, c), ...attendancesOf(when, { state, c })]);
  return [...new Map(found.map((one) => [one.says, one])).values()];
}

/** Attendance of the times that a condition names, where it is what the condition asks, as the policy counts it. */
function attendancesOf(when: Condition, { state, c }: Pick<Telling, 'state' | 'c'>): RestsOn[] {
  const out = leftOutHere(c);
  return conditionsIn(when).flatMap(({ attendance }) => {
    if (!attendance?.over || !holds({ attendance }, state, c)) return [];
    const { over } = attendance;
    const asked: Asked = out ? { measure: 'adjusted-attendance', over, 'leaving out': out } : { measure: 'attendance', over };
    return [restingOn(asked, figureOf(registerOf(c), asked))];
  });
}

const restingOn = (asked: Asked, found: Figure): RestsOn => ({ says: factSaid(asked, found), sessions: toCountAgain(found) });

/** Of a share of all sessions, those that lower it; else every session of the figure. */
const toCountAgain = ({ value, sessions }: Figure): Counted[] =>
  value && ['attendance', 'answer', 'pattern', 'trend'].includes(value.is)
    ? sessions.filter(({ as }) => as === 'authorised absence' || as === 'unauthorised absence' || as === 'left out')
    : sessions;
