import type { Day } from '../calendar/day.ts';
import { type SchoolCalendar, schoolDaysBetween } from '../calendar/school-calendar.ts';
import type { Circumstances } from '../case/circumstances.ts';
import { deadlineOf } from '../case/deadline.ts';
import { tell } from '../case/decide.ts';
import type { CaseEvent } from '../case/event.ts';
import { attendanceOn, yearFrom } from '../case/figures.ts';
import type { By, CaseInput } from '../case/input.ts';
import { openingStage } from '../case/opening.ts';
import { choices, type Proposal } from '../case/proposal.ts';
import type { CaseState } from '../case/state.ts';
import type { Pack } from '../pack/pack.ts';
import { crossed, looksAtAbsences, looksAtAnyMark, looksAtEveryMark, restsOnTotals } from '../pack/thresholds.ts';
import { roles } from '../people/roles.ts';
import { Refusal } from '../refusal.ts';
import type { Fraction } from '../register/fraction.ts';
import type { Mark } from '../register/mark.ts';
import { remembered } from '../remembered.ts';
import { besideMayOpen, ladderMayOpen } from './may-be-so.ts';
import { answeredOn, type People } from './people.ts';
import type { SimulatedPupil } from './pupil.ts';
import { type RunningRegister, runningRegister } from './running-register.ts';

/** One thing that happened in a simulated case, and the day. */
export type Told = { on: Day; event: CaseEvent };

export type Setting = {
  pack: Pack;
  calendar: SchoolCalendar;
  people: People;
  from: Day;
  until: Day;
  /** Looks at every pupil on every day, although nothing can follow on most: what the quick way is compared with. */
  everyDay?: boolean;
};

/**
 * What a policy would have done for one pupil, day by day: the same `decide` and `evolve` that run a school, told what the
 * register says and what people are assumed to answer. A case that closes may be followed by another.
 */
export function storyOf(pupil: SimulatedPupil, setting: Setting): Told[] {
  const told: Told[] = [];
  const circumstances = circumstancesOf(pupil, setting);
  const registers = new Map<readonly Mark[], RunningRegister>();
  let state: CaseState | null = null;
  let before: RunningRegister | null = null;
  /** Whether a case was called for when that was looked at last, and the day on which the open case wants to be looked at. */
  let called = false;
  let next: Next | null = null;
  for (const on of schoolDaysBetween(setting.calendar, setting.from, setting.until)) {
    const marks = pupil.marksOn(on);
    const register = registers.get(marks) ?? runningRegister(marks, pupil, setting.calendar);
    registers.set(marks, register);
    const corrected = before !== null && before !== register;
    before = register;
    if (isOpen(state)) {
      if (!setting.everyDay && !corrected && next && nothingFollows(state, next, setting, register, on, pupil)) continue;
      const c = circumstances(register, on, next?.deadline ?? null);
      state = answers(hear(state, c, { kind: 'register changed' }, told), c, setting, told);
      next = nextLook(state, c, setting);
      called = true;
      continue;
    }
    if (!setting.everyDay && !corrected && nothingCalls(pupil, setting, register, on)) {
      called = false;
      continue;
    }
    const c = circumstances(register, on, null);
    if (state && corrected) state = answers(hear(state, c, { kind: 'register changed' }, told), c, setting, told);
    const calls = openingStage(c) !== null;
    // A case that was closed opens again only when attendance comes to where one opens, and not where it has stayed.
    const opens = calls && (state === null || !called);
    called = calls;
    if (!opens) continue;
    state = answers(hear(null, c, { kind: 'opened' }, told), c, setting, told);
    next = nextLook(state, c, setting);
  }
  return told;
}

/** True if neither the figures of the year nor a session missed can open a case: the pupils whom an import does not look at. */
function nothingCalls(pupil: SimulatedPupil, { pack }: Setting, register: RunningRegister, on: Day): boolean {
  if (isAdjusted(pack, pupil)) return false;
  if (looksAtAbsences(pack) && (looksAtAnyMark(pack) || register.missed(on)) && besideMayOpen(pack, register, on)) return false;
  return !ladderMayOpen(pack, register, on);
}

/** True if the policy leaves out some of this pupil's sessions: what is counted of all of them says nothing of it. */
const isAdjusted = ({ figures }: Pack, { settlingIn = [], partTime = [] }: SimulatedPupil): boolean =>
  figures.attendance === 'adjusted' && settlingIn.length + partTime.length > 0;

/** What an open case waits for: its own deadline, and the first answer that somebody owes. */
type Next = { on: Day; deadline: Circumstances['waitedFor']; attendance: Fraction };

function nextLook(state: CaseState, c: Circumstances, { people }: Setting): Next | null {
  if (!isOpen(state)) return null;
  const deadline = deadlineOf(state, c);
  const replies = Object.values(state.proposals).flatMap((proposal) => {
    const reply = proposal.status === 'open' ? people(proposal, c.calendar, c.on) : null;
    const on = reply && answeredOn(proposal, reply.after, c.calendar);
    return on && on > c.on ? [on] : [];
  });
  const days = [...(deadline ? [deadline.on] : []), ...replies].sort();
  return { on: days[0] ?? c.on, deadline, attendance: attendanceOn(c, c.on) };
}

/** True if the pack looks at every mark only for pupils who have something to leave out, and this one has nothing. */
const onlyAdjusts = (pack: Pack, pupil: SimulatedPupil): boolean => !isAdjusted(pack, pupil) && !looksAtEveryMark(asMarked(pack));

const asMarked = remembered((pack: Pack): Pack => ({ ...pack, figures: { ...pack.figures, attendance: 'as marked' } }));

/**
 * True if the register says nothing that the pack looks at, no day has come, and nobody owes an answer: a case is told of what an
 * import would tell it of, and of its own days.
 */
function nothingFollows(
  { rules, missing }: CaseState,
  { on: due, attendance }: Next,
  { pack }: Setting,
  register: RunningRegister,
  on: Day,
  pupil: SimulatedPupil,
): boolean {
  if (due <= on || missing.length > 0 || (looksAtEveryMark(pack) && !onlyAdjusts(pack, pupil))) return false;
  const mayEnd = Object.entries(rules ?? {}).some(([name, { so }]) => so && !restsOnTotals(pack, name));
  if (looksAtAbsences(pack) && (mayEnd || looksAtAnyMark(pack) || register.missed(on))) return false;
  const from = yearFrom({ on, onRollFrom: pupil.onRollFrom });
  return !crossed(pack, attendance, register.attendance({ from, to: on }));
}

const isOpen = (state: CaseState | null): state is CaseState => state?.status === 'open';

type Said = CaseInput extends infer I ? (I extends CaseInput ? Omit<I, 'key'> : never) : never;

function hear(before: CaseState | null, c: Circumstances, said: Said, told: Told[]): CaseState {
  const { events, state } = tell(before, { key: '', ...said } as CaseInput, c);
  for (const event of events) told.push({ on: c.on, event });
  return state;
}

/** What the rules may look at on any day: most of it is the same all year. What is not has its place already, which makes copying quick. */
function circumstancesOf(pupil: SimulatedPupil, { pack, calendar }: Setting) {
  const { onRollFrom, onRollTo, flags, born, yearGroup, settlingIn, partTime, recipients } = pupil;
  const adjusted = isAdjusted(pack, pupil);
  const always: Circumstances = {
    ...{ pack, calendar, words: null, idOf: (name: string) => name, colleagues: roles },
    ...{ onRollFrom, onRollTo, flags, born, yearGroup, settlingIn, partTime, recipients },
    ...{ on: '', waitedFor: null, marks: [], counted: undefined, numberOf: () => null },
  };
  return (register: RunningRegister, on: Day, waitedFor: Circumstances['waitedFor']): Circumstances => ({
    ...always,
    on,
    waitedFor,
    marks: register.upTo(on),
    numberOf: register.numberOf,
    counted: adjusted ? undefined : ({ from, to }) => register.attendance({ from, to: to < on ? to : on }),
  });
}

/**
 * Lets everybody answer whose time has come, until nobody has anything more to say. Who is refused, as an approval is while marks
 * are missing, has not decided: they are asked again when the case is looked at next.
 */
function answers(before: CaseState, c: Circumstances, { people }: Setting, told: Told[]): CaseState {
  let state = before;
  const refused = new Set<string>();
  for (let said = true; said; ) {
    said = false;
    for (const proposal of Object.values(state.proposals)) {
      const decision = refused.has(proposal.key) ? null : decisionOn(proposal, c, people);
      if (!decision) continue;
      const input = { kind: 'decision' as const, by: by(proposal), proposal: proposal.key, version: proposal.version, decision };
      const already = told.length;
      const after = unlessRefused(() => hear(state, c, input, told));
      said = true;
      if (!after) {
        refused.add(proposal.key);
        break;
      }
      state = after;
      for (const { event } of told.slice(already))
        if (event.type === 'letters approved')
          for (const { letterId } of event.letters)
            state = hear(state, c, { kind: 'letter outcome', letterId, outcome: 'sent' }, told);
      break;
    }
  }
  return state;
}

function unlessRefused<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function decisionOn(proposal: Proposal, c: Circumstances, people: People) {
  if (proposal.status !== 'open') return null;
  const reply = people(proposal, c.calendar, c.on);
  if (!reply || c.on < answeredOn(proposal, reply.after, c.calendar)) return null;
  return choices[proposal.action.what].includes(reply.decision.choice) ? reply.decision : null;
}

const by = ({ role, key }: Proposal): By => ({ id: `${role} ${key}`, role });
