import { readFileSync } from 'node:fs';
import { addDays, type Day } from '../../policy/calendar/day.ts';
import type { Period } from '../../policy/calendar/period.ts';
import { addSchoolDays, type SchoolCalendar, schoolCalendar, schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import type { Circumstances } from '../../policy/case/circumstances.ts';
import { deadlineOf } from '../../policy/case/deadline.ts';
import { decide } from '../../policy/case/decide.ts';
import type { Decision } from '../../policy/case/decision.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { evolve } from '../../policy/case/evolve.ts';
import type { CaseInput } from '../../policy/case/input.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import { readPack } from '../../policy/pack/read.ts';
import { type Role, schoolRoles } from '../../policy/people/roles.ts';
import type { Mark } from '../../policy/register/mark.ts';

export const packFile = new URL('../../policy/packs/gloucestershire.yaml', import.meta.url);
export const gloucestershire = readPack(readFileSync(packFile, 'utf8'), 'gloucestershire.yaml');
/** Its ladder by itself: what stands beside every stage is told by the pack's own examples. */
const ladder: Pack = { ...gloucestershire, alongside: [] };

const part = (kind: Period['kind'], from: Day, to: Day): Period => ({ kind, from, to, label: kind });
export const periods: readonly Period[] = [
  part('term', '2026-09-02', '2026-12-18'),
  part('half-term', '2026-10-26', '2026-10-30'),
  part('term', '2027-01-04', '2027-03-25'),
  part('half-term', '2027-02-15', '2027-02-19'),
  part('term', '2027-04-12', '2027-07-21'),
  part('half-term', '2027-05-31', '2027-06-04'),
  part('term', '2027-09-02', '2027-12-17'),
];
export const calendar = schoolCalendar(periods);

type Given = {
  absent?: Record<string, string>;
  on: Day;
  flags?: string[];
  parents?: Circumstances['recipients'];
  pack?: Pack;
  colleagues?: Role[];
  /** What else the rules look at, otherwise than of most pupils. */
  more?: Partial<Circumstances>;
};

const oneParent: Circumstances['recipients'] = [{ contactId: 'mother', may: true, because: null, channel: 'email' }];

/** A case told by hand: a pupil present but for the sessions named ("2026-09-14" for a day, "2026-09-14 AM" for half). */
export function aCase(given: Given) {
  const absent: Record<string, string> = { ...given.absent };
  const events: { on: Day; event: CaseEvent }[] = [];
  let on = given.on;
  let state: CaseState | null = null;
  let told = 0;
  let days = calendar;
  /** What the case waited for when it was last told something. */
  let waitedFor: Circumstances['waitedFor'] = null;

  const circumstances = (words: string | null = null): Circumstances => ({
    pack: given.pack ?? ladder,
    on,
    calendar: days,
    waitedFor,
    marks: marksTo(on),
    onRollFrom: '2026-09-02',
    onRollTo: null,
    flags: given.flags ?? [],
    recipients: given.parents ?? oneParent,
    colleagues: given.colleagues ?? schoolRoles,
    words,
    idOf: (name) => name,
    ...given.more,
  });

  function marksTo(day: Day): Mark[] {
    return schoolDaysBetween(calendar, '2026-09-02', day).flatMap((date) =>
      (['AM', 'PM'] as const).flatMap((session) => {
        const code = absent[`${date} ${session}`] ?? absent[date] ?? (session === 'AM' ? '/' : '\\');
        return code === 'none' ? [] : [{ on: date, session, code }];
      }),
    );
  }

  type Said = CaseInput extends infer I ? (I extends CaseInput ? Omit<I, 'key'> : never) : never;
  function tell(said: Said, words: string | null = null): CaseEvent[] {
    const input = { key: `k${told++}`, ...said } as CaseInput;
    const closedOn = events.findLast(({ event }) => event.type === 'closed')?.on;
    const followed = decide(state, input, { ...circumstances(words), ...(said.kind === 'reopen' && { closedOn }) });
    for (const event of followed) {
      state = evolve(state, event, on);
      events.push({ on, event });
    }
    waitedFor = state && deadlineOf(state, circumstances());
    return followed;
  }

  const self = {
    events,
    get state(): CaseState {
      if (!state) throw new Error('not opened');
      return state;
    },
    get on(): Day {
      return on;
    },
    tell,
    absent,
    /** The school's calendar is another from now on. */
    calendarIs(other: SchoolCalendar) {
      days = other;
      return self;
    },
    circumstances,
    open: () => tell({ kind: 'opened' }),
    /** Lets each day come, as the stepped clock does, until this one. */
    to(day: Day) {
      while (on < day) {
        on = addDays(on, 1);
        if (state?.status === 'open') tell({ kind: 'day' });
      }
      return self;
    },
    /** Lets only the days come that the case itself asked for. */
    wakeUntil(day: Day) {
      for (;;) {
        const next = deadlineOf(self.state, circumstances());
        if (!next || next.on > day) break;
        on = next.on;
        tell({ kind: 'day' });
      }
      on = day;
      return self;
    },
    proposals: () =>
      Object.values(self.state.proposals).map(({ action }) =>
        'template' in action ? action.template : 'script' in action ? action.script : action.what,
      ),
    proposal(what: string) {
      const found = Object.values(self.state.proposals).find(
        ({ action }) =>
          ('template' in action ? action.template : action.what) === what || ('script' in action && action.script === what),
      );
      if (!found) throw new Error(`nothing proposes "${what}", only ${self.proposals().join(', ') || 'nothing'}`);
      return found;
    },
    say(what: string, decision: Decision, as: Role = 'sal', words: string | null = null) {
      const { key, version } = self.proposal(what);
      return tell({ kind: 'decision', by: { id: `the ${as}`, role: as }, proposal: key, version, decision }, words);
    },
    /** Approves a letter, and lets it be sent. */
    send(template: string, as: Role = 'sal') {
      const inAWeek = { on: addSchoolDays(days, addDays(on, 6), 1), at: '15:30' };
      const meeting = template === 'meeting-invitation' ? { meeting: inAWeek } : {};
      for (const event of self.say(template, { choice: 'approve', ...meeting }, as)) {
        if (event.type !== 'letters approved') continue;
        for (const { letterId } of event.letters) tell({ kind: 'letter outcome', letterId, outcome: 'sent' });
      }
      return self;
    },
    happened: (type: CaseEvent['type']) => events.filter(({ event }) => event.type === type).map((one) => one.on),
  };
  return self;
}
