import { addDays, type Day } from '../calendar/day.ts';
import { hasCome, inOrder, type Moment } from '../calendar/moment.ts';
import { addSchoolDays, nextSchoolDay, schoolDaysBetween, schoolYearOf, schoolYearStart } from '../calendar/school-calendar.ts';
import { ruleName } from '../pack/stage.ts';
import type { Step } from '../pack/step.ts';
import type { Circumstances } from './circumstances.ts';
import { daysOf } from './condition-days.ts';
import { isYetToLeave } from './letter-standing.ts';
import { letterFreeOn } from './next-step.ts';
import { goesOnInHold, type Proposal } from './proposal.ts';
import { againOn } from './rule-so.ts';
import { stageOf } from './stage.ts';
import { standInAsked } from './standing.ts';
import type { CaseState } from './state.ts';
import { telling } from './telling.ts';

/**
 * The next day on which the case wants to be woken although nobody spoke, at which time if not before school, and why. Null only for
 * a closed case that asks for nothing.
 */
export type Deadline = Moment & { why: string };

/** Why a case is woken when nothing is waited for: so many days from whenever it was last looked at. */
export const onlyLooked = 'The case is looked at again';

/**
 * The earliest day after today, or time of today still to come, at which something could follow by itself. Every open case has one:
 * no case is lost. Of a closed one only those are reminded whom it still asks for something, as for a correction of a letter.
 */
export function deadlineOf(state: CaseState, c: Circumstances): Deadline | null {
  if (state.status === 'closed') return earliest(proposalDays(state, c), c);
  const hold = state.heldUntil;
  const held = hold !== null && hold > c.on ? { on: hold, why: 'The case is held until then' } : null;
  const moments = held ? [held, ...beside(state, c)] : [...proposalDays(state, c), ...caseDays(state, c), ...ruleDays(state, c)];
  const next = earliest(moments, c) ?? { on: addSchoolDays(c.calendar, c.on, 10), why: onlyLooked };
  return earliest([...leaving(c), ...newYear(state, c), next], c);
}

const earliest = (moments: readonly Deadline[], c: Circumstances): Deadline | null =>
  moments.filter((moment) => !hasCome(moment, c)).sort(inOrder)[0] ?? null;

const leaving = ({ onRollTo }: Circumstances): Deadline[] =>
  onRollTo === null ? [] : [{ on: addDays(onRollTo, 1), why: 'The pupil has left the school: the case closes' }];

/** The first day of school in September, where the policy says what a new school year does: nothing else need be due by then. */
function newYear({ schoolYear, openedOn }: CaseState, { pack, calendar, on }: Circumstances): Deadline[] {
  if (!pack['year end']) return [];
  const isNoted = schoolYearOf(on) === (schoolYear ?? schoolYearOf(openedOn));
  const after = isNoted ? addDays(schoolYearStart(addDays(schoolYearStart(on), 366)), -1) : on;
  if (!calendar.goesOn && after >= (calendar.days.at(-1) ?? '')) return [];
  return [{ on: nextSchoolDay(calendar, after), why: 'A new school year begins' }];
}

/** What a hold does not stop. */
function beside(state: CaseState, c: Circumstances): Deadline[] {
  const proposals = Object.entries(state.proposals).filter(([, proposal]) => goesOnInHold(proposal));
  return [...proposalDays({ ...state, proposals: Object.fromEntries(proposals) }, c), ...alwaysDays(state, c)];
}

function caseDays(state: CaseState, c: Circumstances): Deadline[] {
  const { monitoring, recovering, askAgainOn, backUntil, missing, letters } = state;
  const named = monitoring ? [] : Object.values(letters).flatMap((one) => (isYetToLeave(one) ? (one.monitors?.from ?? []) : []));
  return [
    ...named.map((from) => ({ on: nextSchoolDay(c.calendar, from), why: 'A letter that has not left names a day that is past' })),
    ...(monitoring ? [{ on: monitoring.judgedOn, why: 'The monitoring period is judged' }] : []),
    ...(recovering ? [{ on: recovering.closesOn, why: 'The case closes if attendance holds' }] : []),
    ...(askAgainOn === null ? [] : [{ on: askAgainOn, why: 'The step is asked about again' }]),
    ...(backUntil === undefined ? [] : [{ on: backUntil, why: 'The stage it was put back to may be left again' }]),
    ...(missing.length > 0 ? [{ on: nextSchoolDay(c.calendar, c.on), why: 'Missing marks are looked for again' }] : []),
  ];
}

function proposalDays({ proposals }: CaseState, c: Circumstances): Deadline[] {
  return Object.values(proposals).flatMap((proposal) => {
    const { status, heldUntil, reminded, remindOn, remindAt, alsoRole, person } = proposal;
    if (status === 'held') return heldUntil === null ? [] : [{ on: heldUntil, why: 'A held decision comes back' }];
    if (status === 'asked') return [];
    return [
      ...(reminded ? [] : [{ on: remindOn, at: remindAt, why: `The ${person} is reminded${timeSaid(remindAt)}` }]),
      ...(alsoRole === null ? [standInDay(proposal, c)] : []),
    ];
  });
}

function standInDay(proposal: Proposal, c: Circumstances): Deadline {
  const asked = standInAsked(proposal, c);
  return { ...asked, why: `Asked of whoever stands in for the ${proposal.person}${timeSaid(asked.at)}` };
}

const timeSaid = (at: string | undefined): string => (at === undefined ? '' : ` at ${at}`);

function ruleDays(state: CaseState, c: Circumstances): Deadline[] {
  const t = telling(state, c);
  const { 'review every': review, next, alongside, do: steps } = stageOf(t);
  const rules = [...next, ...alongside].flatMap(({ when }) => daysOf(when, state, c));
  const step = steps[state.step];
  const asksForLetter = (rule: { do: readonly Step[] }) => rule.do.some((one) => 'letter' in one);
  const mayWrite = (step && 'letter' in step) || alongside.some(asksForLetter) || c.pack.alongside.some(asksForLetter);
  const free = mayWrite ? letterFreeOn(t) : null;
  return [
    ...rules.map((on) => ({ on, why: 'The next step of the policy may be due' })),
    ...alwaysDays(state, c),
    ...(free === null ? [] : [{ on: free, why: 'The next letter may be proposed' }]),
    ...(review === undefined ? [] : [{ on: nextReview(state, c, review), why: 'The case is reviewed' }]),
  ];
}

/** When a rule beside every stage may become so, or is to be asked about again. */
const alwaysDays = (state: CaseState, c: Circumstances): Deadline[] =>
  c.pack.alongside.flatMap((rule) => {
    const known = state.rules?.[ruleName(rule)];
    const days = daysOf(rule.when, state, c);
    const again = known?.so && !known.said ? againOn(rule, known.on, c.calendar) : null;
    return (again === null ? days : [...days, again]).map((on) => ({ on, why: 'A rule of the policy may be due' }));
  });

/** The first of the stage's review days that lies after today. */
function nextReview({ stageSince }: CaseState, c: Circumstances, every: number): Day {
  const gone = schoolDaysBetween(c.calendar, stageSince, c.on).filter((day) => day !== stageSince).length;
  return addSchoolDays(c.calendar, stageSince, every * (Math.floor(gone / every) + 1));
}
