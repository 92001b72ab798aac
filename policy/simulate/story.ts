import type { Day } from '../calendar/day.ts';
import { CalendarEnds, type SchoolCalendar, schoolDaysBetween, schoolYearStart } from '../calendar/school-calendar.ts';
import type { Circumstances } from '../case/circumstances.ts';
import { deadlineOf } from '../case/deadline.ts';
import { tell } from '../case/decide.ts';
import type { CaseEvent } from '../case/event.ts';
import { yearFrom } from '../case/figures.ts';
import type { By, CaseInput } from '../case/input.ts';
import type { LastCase } from '../case/last-case.ts';
import { besideStage, openingStage } from '../case/opening.ts';
import { choices, type Proposal } from '../case/proposal.ts';
import { type Change, isTold, type Listening, looksAt } from '../case/register-change.ts';
import type { CaseState } from '../case/state.ts';
import type { Pack } from '../pack/pack.ts';
import { roles } from '../people/roles.ts';
import { Refusal } from '../refusal.ts';
import type { Fraction } from '../register/fraction.ts';
import type { Mark } from '../register/mark.ts';
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
 * The same as `daysTold`, of a calendar that may end too early for the policy's times.
 * @throws Refusal('NotAllowed') that says so
 */
export function storyOf(pupil: SimulatedPupil, setting: Setting): Told[] {
  try {
    return daysTold(pupil, setting);
  } catch (error) {
    if (error instanceof CalendarEnds) throw new Refusal('NotAllowed', error.message, { cause: error });
    throw error;
  }
}

/**
 * What a policy would have done for one pupil, day by day: the same `decide` and `evolve` that run a school, told what the
 * register says and what people are assumed to answer. A case that closes may be followed by another.
 */
function daysTold(pupil: SimulatedPupil, setting: Setting): Told[] {
  const told: Told[] = [];
  const circumstances = circumstancesOf(pupil, setting);
  const registers = new Map<readonly Mark[], RunningRegister>();
  const year = yearOf(pupil);
  let state: CaseState | null = null;
  let lastCase: LastCase | undefined;
  /** The day on which the open case wants to be looked at. */
  let next: Next | null = null;
  for (const on of schoolDaysBetween(setting.calendar, setting.from, setting.until)) {
    const marks = pupil.marksOn(on);
    const register = registers.get(marks) ?? runningRegister(marks, pupil, setting.calendar);
    registers.set(marks, register);
    const change = year(register, on);
    let c: Circumstances;
    if (state?.status === 'open') {
      if (!setting.everyDay && next && next.on > on && !isTold(setting.pack, listening(state, pupil, change), change)) continue;
      c = circumstances(register, on, { waitedFor: next?.deadline ?? null });
      state = answers(hear(state, c, { kind: 'register changed' }, told), c, setting, told);
    } else {
      const looks = looksAt(setting.pack, change, state !== null && state.openedOn >= schoolYearStart(on));
      const calls = looks !== null && (setting.everyDay || mayCall(looks, pupil, setting, register, on));
      if (!calls && !(state && change.corrected)) continue;
      c = circumstances(register, on, { waitedFor: null, lastCase });
      if (state && change.corrected) state = answers(hear(state, c, { kind: 'register changed' }, told), c, setting, told);
      const beside = looks === 'beside';
      if (!calls || (beside ? besideStage(c) : openingStage(c)) === null) continue;
      state = answers(hear(null, c, { kind: 'opened', ...(beside && { beside }) }, told), c, setting, told);
    }
    next = nextLook(state, c, setting);
    if (state.status === 'closed') lastCase = { closedOn: on, rules: state.rules ?? {} };
  }
  return told;
}

/** False if the figures of the year and what was missed can open no case: a pupil whom an import looks at in vain. */
const mayCall = (
  looks: 'all' | 'beside',
  pupil: SimulatedPupil,
  { pack }: Setting,
  register: RunningRegister,
  on: Day,
): boolean =>
  (looks === 'all' && (isAdjusted(pack, pupil) || ladderMayOpen(pack, register, on))) || besideMayOpen(pack, register, on);

/** What each day changes of the sessions of the school year, as an import of it would; and whether a mark was corrected with it. */
function yearOf({ onRollFrom }: Pick<SimulatedPupil, 'onRollFrom'>) {
  let known: { register: RunningRegister; from: Day; after: Fraction } | null = null;
  return (register: RunningRegister, on: Day): Change & { corrected: boolean } => {
    const from = yearFrom({ on, onRollFrom });
    const before = known?.from === from ? known.after : { attended: 0, possible: 0 };
    const corrected = known !== null && known.register !== register;
    known = { register, from, after: register.attendance({ from, to: on }) };
    return { before, after: known.after, corrected };
  };
}

/** True if the policy leaves out some of this pupil's sessions: what is counted of all of them says nothing of it. */
const isAdjusted = ({ figures }: Pack, pupil: SimulatedPupil): boolean => figures.attendance === 'adjusted' && leavesOut(pupil);

const leavesOut = ({ settlingIn = [], partTime = [] }: SimulatedPupil): boolean => settlingIn.length + partTime.length > 0;

/** What an open case waits for: its own deadline, and the first answer that somebody owes. */
type Next = { on: Day; deadline: Circumstances['waitedFor'] };

function nextLook(state: CaseState, c: Circumstances, { people }: Setting): Next | null {
  if (!isOpen(state)) return null;
  const deadline = deadlineOf(state, c);
  const replies = Object.values(state.proposals).flatMap((proposal) => {
    const reply = proposal.status === 'open' ? people(proposal, c.calendar, c.on) : null;
    const on = reply && answeredOn(proposal, reply.after, c.calendar);
    return on && on > c.on ? [on] : [];
  });
  const days = [...(deadline ? [deadline.on] : []), ...replies].sort();
  return { on: days[0] ?? c.on, deadline };
}

const listening = (
  { rules = {}, missing }: CaseState,
  pupil: SimulatedPupil,
  { corrected }: { corrected: boolean },
): Listening => ({
  waitsForMarks: missing.length > 0,
  rulesSo: Object.entries(rules).flatMap(([name, { so }]) => (so ? [name] : [])),
  adjusted: leavesOut(pupil),
  corrected,
});

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
  return (register: RunningRegister, on: Day, more: Pick<Circumstances, 'waitedFor' | 'lastCase'>): Circumstances => ({
    ...always,
    on,
    ...more,
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
