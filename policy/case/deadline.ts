import type { Day } from '../calendar/day.ts';
import { addSchoolDays, nextSchoolDay } from '../calendar/school-calendar.ts';
import type { Circumstances } from './circumstances.ts';
import { lastSent } from './condition.ts';
import { letterFreeOn } from './next-step.ts';
import { stageOf } from './stage.ts';
import type { CaseState } from './state.ts';
import { telling } from './telling.ts';

/** The next day on which the case wants to be woken although nobody spoke, and why. Null only for a closed case. */
export type Deadline = { on: Day; why: string };

/** The earliest day after today on which something could follow by itself. Every open case has one: no case is lost. */
export function deadlineOf(state: CaseState, c: Circumstances): Deadline | null {
  if (state.status === 'closed') return null;
  const hold = state.heldUntil;
  if (hold !== null && hold > c.on) return { on: hold, why: 'The case is held until then' };
  const future = [...proposalDays(state, c), ...caseDays(state, c), ...ruleDays(state, c)].filter(({ on }) => on > c.on);
  future.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return future[0] ?? { on: addSchoolDays(c.calendar, c.on, 10), why: 'The case is looked at again' };
}

function caseDays({ monitoring, recovering, askAgainOn, missing }: CaseState, c: Circumstances): Deadline[] {
  return [
    ...(monitoring ? [{ on: monitoring.judgedOn, why: 'The monitoring period is judged' }] : []),
    ...(recovering ? [{ on: recovering.closesOn, why: 'The case closes if attendance holds' }] : []),
    ...(askAgainOn === null ? [] : [{ on: askAgainOn, why: 'The step is asked about again' }]),
    ...(missing.length > 0 ? [{ on: nextSchoolDay(c.calendar, c.on), why: 'Missing marks are looked for again' }] : []),
  ];
}

function proposalDays({ proposals }: CaseState, { calendar, pack }: Circumstances): Deadline[] {
  return Object.values(proposals).flatMap(({ status, heldUntil, reminded, remindOn, alsoRole, madeOn, person }) => {
    if (status === 'held') return heldUntil === null ? [] : [{ on: heldUntil, why: 'A held decision comes back' }];
    if (status === 'asked') return [];
    return [
      ...(reminded ? [] : [{ on: remindOn, why: `The ${person} is reminded` }]),
      ...(alsoRole !== null
        ? []
        : [
            {
              on: addSchoolDays(calendar, madeOn, pack.waiting['escalate after']),
              why: `Asked of whoever stands in for the ${person}`,
            },
          ]),
    ];
  });
}

function ruleDays(state: CaseState, c: Circumstances): Deadline[] {
  const t = telling(state, c);
  const { 'review every': review, next, alongside, do: steps } = stageOf(t);
  const rules = [...next, ...alongside].flatMap(({ when }) => {
    const letter = when['letter sent'];
    const sent = letter && lastSent(state, letter.template);
    return [
      ...(letter && sent ? [addSchoolDays(c.calendar, sent.on, letter['at least'])] : []),
      ...(when['in stage'] === undefined ? [] : [addSchoolDays(c.calendar, state.stageSince, when['in stage'])]),
    ];
  });
  const step = steps[state.step];
  const free = step && 'letter' in step ? letterFreeOn(t) : null;
  return [
    ...rules.map((on) => ({ on, why: 'The next step of the policy may be due' })),
    ...(free === null ? [] : [{ on: free, why: 'The next letter may be proposed' }]),
    ...(review === undefined ? [] : [{ on: nextReview(state, c, review), why: 'The case is reviewed' }]),
  ];
}

/** The first of the stage's review days that lies after today. */
function nextReview({ stageSince }: CaseState, c: Circumstances, every: number): Day {
  let on = stageSince;
  while (on <= c.on) on = addSchoolDays(c.calendar, on, every);
  return on;
}
