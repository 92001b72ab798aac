import type { Day } from '../calendar/day.ts';
import { goingOn, nextSchoolDay, type SchoolCalendar, schoolDaysBetween } from '../calendar/school-calendar.ts';
import type { Circumstances } from '../case/circumstances.ts';
import { deadlineOf } from '../case/deadline.ts';
import { tell } from '../case/decide.ts';
import type { EarlierCase } from '../case/earlier-case.ts';
import type { ApprovedLetter, CaseEvent } from '../case/event.ts';
import { yearFrom } from '../case/figures.ts';
import type { By, CaseInput, LetterOutcome, ReferralOutcome } from '../case/input.ts';
import type { LastCase } from '../case/last-case.ts';
import { earlierLetters } from '../case/letters-had.ts';
import { besideStage, openingStage } from '../case/opening.ts';
import { namesPassing, passingFor } from '../case/passing.ts';
import { choices, type Proposal } from '../case/proposal.ts';
import { type Change, isOfThisYear, isTold, type Listening, looksAt } from '../case/register-change.ts';
import type { CaseState } from '../case/state.ts';
import { staysClosed } from '../case/stays-closed.ts';
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

/** One thing that happened in a simulated case, the day, and which of the pupil's cases it is, the first being 1. */
export type ToldOfCase = { on: Day; of: number; event: CaseEvent; referral?: undefined };
/** The same in a referral of it at the authority, by its id. */
export type ToldOfReferral = { on: Day; of: number; event: ReferralEvent; referral: string };
export type Told = ToldOfCase | ToldOfReferral;

/** What of a story happened at school. */
export const atSchool = (told: readonly Told[]): ToldOfCase[] => told.filter((one) => one.referral === undefined);
/** And what at the authority. */
export const atAuthority = (told: readonly Told[]): ToldOfReferral[] => told.filter((one) => one.referral !== undefined);

export type Setting = {
  pack: Pack;
  calendar: SchoolCalendar;
  people: People;
  /** What becomes of a letter that was approved, on the same day and in this order. It goes out, if nothing is said. */
  post?: (letter: ApprovedLetter, on: Day) => readonly LetterOutcome[];
  /** Whom the school refers to: without it a referral is the end of what is told. */
  authority?: SimulatedAuthority;
  /** What is known to come back of a referral on a day, where no authority is simulated. */
  comesBack?: (on: Day) => readonly ReferralOutcome[];
  from: Day;
  until: Day;
  /** Looks at every pupil on every day, although nothing can follow on most: what the quick way is compared with. */
  everyDay?: boolean;
};

/**
 * What a policy would have done for one pupil, day by day: the same `decide` and `evolve` that run a school and its authority, told
 * what the register says and what people are assumed to answer. A case that closes may be followed by another; it hears of corrections
 * still. As in a school, days are counted on past the last term that is known.
 */
export function storyOf(pupil: SimulatedPupil, given: Setting): Told[] {
  const setting = { ...given, calendar: goingOn(given.calendar) };
  const told: Told[] = [];
  const registers = new Map<readonly Mark[], RunningRegister>();
  const school = schoolSide(pupil, setting, told);
  const authority = setting.authority && authoritySide(pupil, setting.authority, setting.calendar);
  let known: RunningRegister | null = null;
  for (const on of schoolDaysBetween(setting.calendar, setting.from, setting.until)) {
    const marks = pupil.marksOn(on);
    const register = registers.get(marks) ?? runningRegister(marks, pupil, setting.calendar);
    registers.set(marks, register);
    if (known !== null && known !== register) authority?.corrected(on);
    known = register;
    const before = told.length;
    school.look(register, on);
    for (const outcome of setting.comesBack?.(on) ?? []) school.hearOutcome(school.latest(), outcome, register, on);
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
    for (const { of, event } of atSchool(told.slice(heard)))
      if (event.type === 'referred') authority.receive(`${of} ${event.referralId}`, school.evidence(of), today);
    heard = told.length;
    for (const { referral, event, outcome } of authority.look(today)) {
      const of = Number.parseInt(referral, 10);
      told.push({ on, of, event, referral });
      if (outcome) school.hearOutcome(of, outcome, register, on);
    }
    if (told.length === heard) return;
  }
}

/** A case as it stands, and what it waits for. */
type Running = { of: number; state: CaseState; next: Next | null };

const isDue = ({ next }: Running, on: Day): boolean => next !== null && next.on <= on;

/** True on a day whose date is told to the case. On one on which somebody answers, the case hears of the answer alone. */
const isToldTheDate = ({ next }: Running, on: Day): boolean => !!next?.deadline && next.deadline.on <= on;

/** The school's side of a pupil's year: a case, and after one that closed perhaps another. */
function schoolSide(pupil: SimulatedPupil, setting: Setting, told: Told[]) {
  const circumstances = circumstancesOf(pupil, setting);
  const year = yearOf(pupil);
  let last: Running | null = null;
  let lastCase: LastCase | undefined;
  /** Closed cases that wrote to the family: what went stays a fact. */
  let wrote: Running[] = [];
  const closedOn = new Map<number, Day>();
  const earlierCase = ({ of, state: { attendance, letters } }: Running): EarlierCase => ({
    ...{ closedOn: closedOn.get(of) ?? '', attendance, letters: Object.values(letters) },
  });

  const tells = (before: CaseState | null, of: number, c: Circumstances, said: Said): Running =>
    goesOn(hear(before, c, said, told, of), of, c);
  /** What people have to say by then, and what is waited for after it. */
  const goesOn = (before: CaseState, of: number, c: Circumstances): Running => {
    const state = answers(before, c, setting, told, of);
    return { of, state, next: nextLook(state, c, setting) };
  };
  const waiting = (one: Running, register: RunningRegister, on: Day) =>
    knowing(circumstances(register, on, { waitedFor: one.next?.deadline ?? null }), one.of);

  /** With what the cases before this one have written. */
  function knowing(c: Circumstances, of: number): Circumstances {
    const cases = wrote.filter((one) => one.of < of);
    return cases.length === 0 ? c : { ...c, earlierLetters: earlierLetters(cases.map(earlierCase), c) };
  }

  function settled(now: Running, on: Day): void {
    last = now;
    if (now.state.status === 'open') return;
    closedOn.set(now.of, on);
    lastCase = { closedOn: on, attendance: now.state.attendance, rules: now.state.rules ?? {} };
    wrote = wrote.filter(({ of }) => of !== now.of);
    if (Object.keys(now.state.letters).length > 0) wrote.push(now);
  }

  /** Opens a case for a concern. False if the policy opens none so. */
  function raised(register: RunningRegister, on: Day): boolean {
    const of = (last?.of ?? 0) + 1;
    const c = knowing(circumstances(register, on, { waitedFor: null, lastCase }), of);
    const input = { kind: 'concern', by: { id: 'sal', role: 'sal' }, textId: '' } as const;
    const opened = unlessRefused(() => tells(null, of, c, input));
    if (opened) settled(opened, on);
    return opened !== null;
  }

  return {
    /** Which of the pupil's cases is the latest; 0 while there is none. */
    latest: (): number => last?.of ?? 0,
    /** Tells the cases what a day brings, if they want to hear of it, or opens one if the policy calls for it. */
    look(register: RunningRegister, on: Day): void {
      const change = year(register, on);
      const kind = change.corrected ? 'register changed' : 'day';
      wrote = wrote.map((one) => {
        if (change.corrected || isToldTheDate(one, on)) return tells(one.state, one.of, waiting(one, register, on), { kind });
        return isDue(one, on) ? goesOn(one.state, one.of, waiting(one, register, on)) : one;
      });
      if (last?.state.status === 'open') {
        const hears =
          setting.everyDay || isToldTheDate(last, on) || isTold(setting.pack, listening(last.state, pupil, change), change);
        if (!hears && !isDue(last, on)) return;
        const c = waiting(last, register, on);
        return settled(hears ? tells(last.state, last.of, c, { kind: 'register changed' }) : goesOn(last.state, last.of, c), on);
      }
      if (pupil.concern?.includes(on) && raised(register, on)) return;
      const had = last !== null && lastCase !== undefined && isOfThisYear({ ...lastCase, openedOn: last.state.openedOn }, on);
      const looks = looksAt(setting.pack, change, { hadCase: had, adjusted: leavesOut(pupil), corrected: change.corrected });
      if (looks === null || !(setting.everyDay || mayCall(looks, pupil, setting, register, on))) return;
      const of = (last?.of ?? 0) + 1;
      const c = knowing(circumstances(register, on, { waitedFor: null, lastCase }), of);
      const beside = looks === 'beside' || staysClosed(c);
      if ((beside ? besideStage(c) : openingStage(c)) === null) return;
      settled(tells(null, of, c, { kind: 'opened', ...(beside && { beside }) }), on);
    },
    /** What goes with a referral: the letters of the case that went out, and how far it had come. */
    evidence(of: number) {
      const events = atSchool(told).flatMap((one) => (one.of === of ? [one.event] : []));
      const letters = events.flatMap((event) =>
        event.type === 'letter outcome' && event.outcome === 'sent' ? [event.letterId] : [],
      );
      return { letters, caseEvents: events.length };
    },
    /** Tells the case what came of its referral. What an earlier case would only note is left out. */
    hearOutcome(of: number, outcome: ReferralOutcome, register: RunningRegister, on: Day): void {
      if (last?.of !== of) return;
      const referralId = last.state.referral?.id ?? '';
      const after = tells(last.state, of, waiting(last, register, on), { kind: 'referral outcome', referralId, outcome });
      if (last.state.status === 'open') return settled(after, on);
      last = after;
      wrote = wrote.map((one) => (one.of === of ? after : one));
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
  let known: { register: RunningRegister; from: Day; after: Fraction; lates: number } | null = null;
  return (register: RunningRegister, on: Day): Change & { corrected: boolean } => {
    const from = yearFrom({ on, onRollFrom });
    const { after: before, lates } = known?.from === from ? known : { after: { attended: 0, possible: 0 }, lates: 0 };
    const corrected = known !== null && known.register !== register;
    const span = { from, to: on };
    known = { register, from, after: register.attendance(span), lates: register.lates(span) };
    return { before, after: known.after, late: known.lates > lates, corrected };
  };
}

/** True if the policy leaves out some of this pupil's sessions: what is counted of all of them says nothing of it. */
const isAdjusted = ({ figures }: Pack, pupil: SimulatedPupil): boolean => figures.attendance === 'adjusted' && leavesOut(pupil);

const leavesOut = ({ settlingIn = [], partTime = [] }: SimulatedPupil): boolean => settlingIn.length + partTime.length > 0;

/** What a case waits for: its own deadline, and the first answer that somebody owes. Null for a closed one that asks for nothing. */
type Next = { on: Day; deadline: Circumstances['waitedFor'] };

function nextLook(state: CaseState, c: Circumstances, { people }: Setting): Next | null {
  const deadline = deadlineOf(state, c);
  const replies = Object.values(state.proposals).flatMap((proposal) => {
    const reply = proposal.status === 'open' ? people(proposal, c.calendar, c.on) : null;
    const on = reply && saidOn(proposal, reply.after, state, c);
    return on && on > c.on ? [on] : [];
  });
  const [on] = [...(deadline ? [deadline.on] : []), ...replies].sort();
  return on === undefined ? null : { on, deadline };
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

type Said = CaseInput extends infer I ? (I extends CaseInput ? Omit<I, 'key'> : never) : never;

function hear(before: CaseState | null, c: Circumstances, said: Said, told: Told[], of: number): CaseState {
  const { events, state } = tell(before, { key: '', ...said } as CaseInput, c);
  for (const event of events) told.push({ on: c.on, of, event });
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
  const passes = namesPassing(pack);
  return (register: RunningRegister, on: Day, more: Pick<Circumstances, 'waitedFor' | 'lastCase'>): Circumstances => ({
    ...always,
    on,
    ...more,
    flags: passes ? [...flags, ...passingFor({ ...pupil, on, marks: register.upTo(on) })] : flags,
    marks: register.upTo(on),
    numberOf: register.numberOf,
    counted: adjusted ? undefined : ({ from, to }) => register.attendance({ from, to: to < on ? to : on }),
  });
}

/**
 * Lets everybody answer whose time has come, until nobody has anything more to say. Who is refused, as an approval is while marks
 * are missing, has not decided: they are asked again when the case is looked at next.
 */
function answers(before: CaseState, c: Circumstances, { people, post = goesOut }: Setting, told: Told[], of: number): CaseState {
  let state = before;
  const refused = new Set<string>();
  for (let said = true; said; ) {
    said = false;
    for (const proposal of Object.values(state.proposals)) {
      const decision = refused.has(proposal.key) ? null : decisionOn(proposal, state, c, people);
      if (!decision) continue;
      const input = { kind: 'decision' as const, by: by(proposal), proposal: proposal.key, version: proposal.version, decision };
      const already = told.length;
      const after = unlessRefused(() => hear(state, c, input, told, of));
      said = true;
      if (!after) {
        refused.add(proposal.key);
        break;
      }
      state = after;
      const letters = told.slice(already).flatMap(({ event }) => (event.type === 'letters approved' ? event.letters : []));
      for (const letter of letters)
        for (const outcome of post(letter, c.on))
          state = hear(state, c, { kind: 'letter outcome', letterId: letter.letterId, outcome }, told, of);
      break;
    }
  }
  return state;
}

const goesOut = (): readonly LetterOutcome[] => ['sent'];

function decisionOn(proposal: Proposal, state: CaseState, c: Circumstances, people: People) {
  if (proposal.status !== 'open') return null;
  const reply = people(proposal, c.calendar, c.on);
  if (!reply || c.on < saidOn(proposal, reply.after, state, c)) return null;
  return choices[proposal.action.what].includes(reply.decision.choice) ? reply.decision : null;
}

/**
 * The day on which a proposal is answered. A case is referred once a day: what the authority sends back on the same day would
 * otherwise come and go for ever where everybody decides at once.
 */
function saidOn({ action, madeOn }: Proposal, after: number, { referral }: CaseState, { calendar }: Circumstances): Day {
  const again = action.what === 'referral' && referral?.on === madeOn;
  return again && after === 0 ? nextSchoolDay(calendar, madeOn) : answeredOn({ madeOn }, after, calendar);
}

const by = ({ role, key }: Proposal): By => ({ id: `${role} ${key}`, role });
