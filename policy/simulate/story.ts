import type { Day } from '../calendar/day.ts';
import { type SchoolCalendar, schoolDaysBetween, schoolYearStart } from '../calendar/school-calendar.ts';
import type { Circumstances } from '../case/circumstances.ts';
import { deadlineOf } from '../case/deadline.ts';
import { tell } from '../case/decide.ts';
import type { CaseEvent } from '../case/event.ts';
import { yearFrom } from '../case/figures.ts';
import type { By, CaseInput, ReferralOutcome } from '../case/input.ts';
import type { LastCase } from '../case/last-case.ts';
import { besideStage, openingStage } from '../case/opening.ts';
import { choices, type Proposal } from '../case/proposal.ts';
import { type Change, isTold, type Listening, looksAt } from '../case/register-change.ts';
import type { CaseState } from '../case/state.ts';
import type { Pack } from '../pack/pack.ts';
import { roles } from '../people/roles.ts';
import type { ReferralEvent } from '../referral/event.ts';
import type { Fraction } from '../register/fraction.ts';
import type { Mark } from '../register/mark.ts';
import { authoritySide, type SimulatedAuthority } from './authority-side.ts';
import { besideMayOpen, ladderMayOpen } from './may-be-so.ts';
import { answeredOn, type People } from './people.ts';
import type { SimulatedPupil } from './pupil.ts';
import { type RunningRegister, runningRegister } from './running-register.ts';
import { unlessRefused } from './unless-refused.ts';

/** One thing that happened in a simulated case, and the day. */
export type ToldOfCase = { on: Day; event: CaseEvent; referral?: undefined };
/** The same in a referral at the authority, by its id. */
export type ToldOfReferral = { on: Day; event: ReferralEvent; referral: string };
export type Told = ToldOfCase | ToldOfReferral;

/** What of a story happened at school. */
export const atSchool = (told: readonly Told[]): ToldOfCase[] => told.filter((one) => one.referral === undefined);
/** And what at the authority. */
export const atAuthority = (told: readonly Told[]): ToldOfReferral[] => told.filter((one) => one.referral !== undefined);

export type Setting = {
  pack: Pack;
  calendar: SchoolCalendar;
  people: People;
  /** Whom the school refers to: without it a referral is the end of what is told. */
  authority?: SimulatedAuthority;
  from: Day;
  until: Day;
  /** Looks at every pupil on every day, although nothing can follow on most: what the quick way is compared with. */
  everyDay?: boolean;
};

/**
 * What a policy would have done for one pupil, day by day: the same `decide` and `evolve` that run a school and its authority, told
 * what the register says and what people are assumed to answer. A case that closes may be followed by another.
 */
export function storyOf(pupil: SimulatedPupil, setting: Setting): Told[] {
  const told: Told[] = [];
  const registers = new Map<readonly Mark[], RunningRegister>();
  const school = schoolSide(pupil, setting, told);
  const authority = setting.authority && authoritySide(pupil, setting.authority, setting.calendar);
  for (const on of schoolDaysBetween(setting.calendar, setting.from, setting.until)) {
    const marks = pupil.marksOn(on);
    const register = registers.get(marks) ?? runningRegister(marks, pupil, setting.calendar);
    registers.set(marks, register);
    const before = told.length;
    school.look(register, on);
    if (authority && (told.length > before || authority.waits(on))) goThere({ school, authority, told, before }, register, on);
  }
  return told;
}

type BothSides = {
  school: ReturnType<typeof schoolSide>;
  authority: ReturnType<typeof authoritySide>;
  told: Told[];
  /** How much had been told before this day. */
  before: number;
};

/** Takes what the school refers to the authority, and what comes of referrals back to the case, until neither has more to say. */
function goThere({ school, authority, told, before }: BothSides, register: RunningRegister, on: Day): void {
  const today = { on, marks: register.upTo(on) };
  for (let heard = before; ; ) {
    for (const { event } of atSchool(told.slice(heard)))
      if (event.type === 'referred') authority.receive(school.referral(event.referralId), school.evidence(), today);
    heard = told.length;
    for (const { referral, event, outcome } of authority.look(today)) {
      told.push({ on, event, referral });
      if (outcome) school.hearOutcome(referral, outcome, register, on);
    }
    if (told.length === heard) return;
  }
}

/** The school's side of a pupil's year: a case, and after one that closed perhaps another. */
function schoolSide(pupil: SimulatedPupil, setting: Setting, told: Told[]) {
  const circumstances = circumstancesOf(pupil, setting);
  const year = yearOf(pupil);
  let state: CaseState | null = null;
  let lastCase: LastCase | undefined;
  let cases = 0;
  /** Where the present case begins in what is told. */
  let begun = 0;
  /** The day on which the open case wants to be looked at. */
  let next: Next | null = null;

  function settled(c: Circumstances, now: CaseState): void {
    state = now;
    next = nextLook(now, c, setting);
    if (now.status === 'closed') lastCase = { closedOn: c.on, rules: now.rules ?? {} };
  }

  return {
    /** Tells the case what a day brings, if it wants to hear of it, or opens one if the policy calls for it. */
    look(register: RunningRegister, on: Day): void {
      const change = year(register, on);
      if (state?.status === 'open') {
        if (!setting.everyDay && next && next.on > on && !isTold(setting.pack, listening(state, pupil, change), change)) return;
        const c = circumstances(register, on, { waitedFor: next?.deadline ?? null });
        return settled(c, answers(hear(state, c, { kind: 'register changed' }, told), c, setting, told));
      }
      const looks = looksAt(setting.pack, change, state !== null && state.openedOn >= schoolYearStart(on));
      const calls = looks !== null && (setting.everyDay || mayCall(looks, pupil, setting, register, on));
      if (!calls && !(state && change.corrected)) return;
      const c = circumstances(register, on, { waitedFor: null, lastCase });
      if (state && change.corrected) state = answers(hear(state, c, { kind: 'register changed' }, told), c, setting, told);
      const beside = looks === 'beside';
      if (!calls || (beside ? besideStage(c) : openingStage(c)) === null) return;
      cases++;
      begun = told.length;
      settled(c, answers(hear(null, c, { kind: 'opened', ...(beside && { beside }) }, told), c, setting, told));
    },
    /** What a referral of the present case is called among those of the pupil. */
    referral: (id: string): string => `${cases} ${id}`,
    /** What goes with a referral: the letters of the case that went out, and how far it had come. */
    evidence() {
      const events = atSchool(told.slice(begun)).map(({ event }) => event);
      const letters = events.flatMap((event) =>
        event.type === 'letter outcome' && event.outcome === 'sent' ? [event.letterId] : [],
      );
      return { letters, caseEvents: events.length };
    },
    /** Tells the case what came of its referral. What an earlier case would only note is left out. */
    hearOutcome(referral: string, outcome: ReferralOutcome, register: RunningRegister, on: Day): void {
      if (!state || !referral.startsWith(`${cases} `)) return;
      const c = circumstances(register, on, { waitedFor: next?.deadline ?? null });
      const referralId = state.referral?.id ?? '';
      const after = answers(hear(state, c, { kind: 'referral outcome', referralId, outcome }, told), c, setting, told);
      if (state.status === 'open') settled(c, after);
      else state = after;
    },
  };
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

function decisionOn(proposal: Proposal, c: Circumstances, people: People) {
  if (proposal.status !== 'open') return null;
  const reply = people(proposal, c.calendar, c.on);
  if (!reply || c.on < answeredOn(proposal, reply.after, c.calendar)) return null;
  return choices[proposal.action.what].includes(reply.decision.choice) ? reply.decision : null;
}

const by = ({ role, key }: Proposal): By => ({ id: `${role} ${key}`, role });
