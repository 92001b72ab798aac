import { type Day, longDay } from '../../policy/calendar/day.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { type Fraction, isSame } from '../../policy/register/fraction.ts';
import type { Kept } from '../ledger/story.ts';
import { sessionsOf } from '../web/shapes.ts';

type Asked = Pick<Proposal, 'key' | 'rule' | 'evidence' | 'madeOn'>;
type Since = { state: Pick<CaseState, 'rules'>; events: readonly Kept[]; now: Fraction; today: Day };

/**
 * What is otherwise today than on the day on which a thing was proposed, or last revised, whose sentence still says it as it was
 * then; null if nothing is. What a rule asked of one day is still to be done although it is so no more.
 */
export function changedSince({ key, rule, evidence, madeOn }: Asked, { state, events, now, today }: Since): string | null {
  const then = events.findLast(({ event }) => event.type === 'revised' && 'key' in event && event.key === key)?.on ?? madeOn;
  if (then >= today) return null;
  const over = rule === undefined || state.rules?.[rule]?.so !== false ? undefined : events.findLast(isOver(rule));
  const said = [
    ...(over
      ? [`What it rests on is so no more since ${longDay(over.on)}: it waits until somebody has done it or says why not`]
      : []),
    ...(isSame(evidence.attendance, now) ? [] : [`Attended by now: ${sessionsOf(now)}`]),
  ];
  return said.length === 0 ? null : `This says how it was on ${longDay(then)}. ${said.join('. ')}`;
}

const isOver =
  (rule: string) =>
  ({ event }: Kept): boolean =>
    event.type === 'rule over' && 'rule' in event && event.rule === rule;
