import { readFileSync } from 'node:fs';
import { addDays, type Day } from '../../policy/calendar/day.ts';
import { schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import type { Role } from '../../policy/people/roles.ts';
import { readAuthority } from '../../policy/referral/authority.ts';
import type { ReferralCircumstances, ReferralParent } from '../../policy/referral/circumstances.ts';
import { deadlineOf } from '../../policy/referral/deadline.ts';
import { decide } from '../../policy/referral/decide.ts';
import type { ReferralDecision } from '../../policy/referral/decision.ts';
import type { ReferralEvent } from '../../policy/referral/event.ts';
import { evolve } from '../../policy/referral/evolve.ts';
import type { ReferralInput } from '../../policy/referral/input.ts';
import type { ReferralAction } from '../../policy/referral/proposal.ts';
import type { ReferralState } from '../../policy/referral/state.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { MarkElsewhere } from '../../policy/register/absence-elsewhere.ts';
import type { Mark } from '../../policy/register/mark.ts';
import { penaltyNoticeMarksFrom } from '../../policy/register/measures/penalty-notice-window.ts';
import { calendar } from './told-case.ts';

const profileFile = new URL('../../policy/packs/authorities/default.yaml', import.meta.url);
export const profile = readAuthority(readFileSync(profileFile, 'utf8'), 'default.yaml');

export const textId = '00000000-0000-4000-8000-000000000000';
export const aParent = (contactId: string, more: Partial<ReferralParent> = {}): ReferralParent => ({
  ...{ contactId, may: true, because: null, channel: 'post', sameAs: [], priorNotices: [], ...more },
});

type Given = {
  on: Day;
  absent?: Record<string, string>;
  born?: Day;
  flags?: string[];
  elsewhere?: MarkElsewhere[];
  parents?: ReferralParent[];
  authority?: ReferralCircumstances['authority'];
};
type Said<T> = T extends unknown ? Omit<T, 'key'> : never;

/** A referral told by hand: a pupil present but for the days or sessions named, one parent, and the national profile. */
export function aReferral(given: Given) {
  const facts = {
    absent: { ...given.absent },
    flags: given.flags ?? [],
    parents: given.parents ?? [aParent('mother')],
    onRollTo: null as Day | null,
  };
  const events: { on: Day; event: ReferralEvent }[] = [];
  let on = given.on;
  let state: ReferralState | null = null;
  let told = 0;
  let days = calendar;

  /** Read no further back than for a referral at a school (activities/matter/pupil-circumstances.ts). */
  const readFrom = (): Day =>
    penaltyNoticeMarksFrom(calendar, on) > '2026-09-02' ? penaltyNoticeMarksFrom(calendar, on) : '2026-09-02';
  const marks = (): Mark[] =>
    schoolDaysBetween(calendar, readFrom(), on).flatMap((date) =>
      (['AM', 'PM'] as const).flatMap((session) => {
        const code = facts.absent[`${date} ${session}`] ?? facts.absent[date] ?? (session === 'AM' ? '/' : '\\');
        return code === 'none' ? [] : [{ on: date, session, code }];
      }),
    );
  const circumstances = (words: string | null = null): ReferralCircumstances => ({
    ...{ authority: given.authority ?? profile, on, calendar: days, marks: marks(), elsewhere: given.elsewhere ?? [] },
    ...{
      pupil: { born: given.born ?? '2014-05-01', flags: facts.flags, onRollFrom: '2026-09-02', onRollTo: facts.onRollTo },
      parents: facts.parents,
    },
    ...{ evidence: { letters: ['letter'], caseEvents: 12 }, words, idOf: (name) => name },
  });

  function tell(said: Said<ReferralInput>, words: string | null = null): ReferralEvent[] {
    const followed = decide(state, { key: `k${told++}`, ...said } as ReferralInput, circumstances(words));
    for (const event of followed) {
      state = evolve(state, event, on);
      events.push({ on, event });
    }
    return followed;
  }

  const self = {
    facts,
    /** The school's calendar is another from now on. */
    calendarIs(other: typeof calendar) {
      days = other;
      return self;
    },
    events,
    tell,
    /** What an older Firstbell wrote into its ledger. */
    takes(event: ReferralEvent) {
      state = evolve(state, event, on);
      return self;
    },
    circumstances,
    get state(): ReferralState {
      if (!state) throw new Error('not opened');
      return state;
    },
    get on(): Day {
      return on;
    },
    /** It is another day, of which the referral has not been told. */
    set on(day: Day) {
      on = day;
    },
    get deadline() {
      return deadlineOf(self.state, circumstances());
    },
    /** Lets each day come until this one. */
    to(day: Day) {
      while (on < day) {
        on = addDays(on, 1);
        if (self.state.status === 'open') tell({ kind: 'day' });
      }
      return self;
    },
    /** Lets only the days come that the referral itself asked for. */
    wakeUntil(day: Day) {
      for (let next = self.deadline; next && next.on <= day; next = self.deadline) {
        on = next.on;
        tell({ kind: 'day' });
      }
      on = day;
      return self;
    },
    asks: () => Object.values(self.state.proposals).map(({ action }) => action.what),
    proposal(what: ReferralAction['what']) {
      const found = Object.values(self.state.proposals).find(({ action }) => action.what === what);
      if (!found) throw new Error(`nothing asks "${what}", only ${self.asks().join(', ') || 'nothing'}`);
      return found;
    },
    say(what: ReferralAction['what'], decision: ReferralDecision, { as = 'ewo', id = `the ${as}`, words = null }: By = {}) {
      const { key, version } = self.proposal(what);
      tell({ kind: 'decision', by: { id, role: as }, proposal: key, version, decision }, words);
      return self;
    },
    accepted() {
      tell({ kind: 'opened' });
      return self.say('accept referral', { choice: 'accept' });
    },
    /** A penalty notice to these parents, asked for where support is not appropriate. */
    request: (...parents: string[]) =>
      self.say('decide tool', { choice: 'tool', tool: 'penalty notice', parents, support: 'not appropriate', textId }),
    authorise: () => self.say('authorise penalty notice', { choice: 'authorise' }, { as: 'headteacher' }),
    issue: (postedOn: Day = on) => self.say('issue penalty notice', { choice: 'issue', postedOn }),
    notices: () => Object.values(self.state.notices),
    happened: (type: ReferralEvent['type']) => events.filter(({ event }) => event.type === type).map((one) => one.on),
  };
  return self;
}
type By = { as?: Role; id?: string; words?: string | null };

/** What a rule refuses, as one line; 'done' if it does not. */
export const refusalOf = (what: () => unknown): string => {
  try {
    what();
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'done';
};
