import type { Day } from '../calendar/day.ts';
import { type SchoolCalendar, schoolDaysBetween } from '../calendar/school-calendar.ts';
import type { Circumstances } from '../case/circumstances.ts';
import { deadlineOf } from '../case/deadline.ts';
import { decide } from '../case/decide.ts';
import type { CaseEvent } from '../case/event.ts';
import { evolve } from '../case/evolve.ts';
import type { By, CaseInput } from '../case/input.ts';
import { openingStage } from '../case/opening.ts';
import { choices, type Proposal } from '../case/proposal.ts';
import type { CaseState } from '../case/state.ts';
import type { Pack } from '../pack/pack.ts';
import { roles } from '../people/roles.ts';
import { answeredOn, type People } from './people.ts';
import type { SimulatedPupil } from './pupil.ts';

/** One thing that happened in a simulated case, and the day. */
export type Told = { on: Day; event: CaseEvent };

type Setting = { pack: Pack; calendar: SchoolCalendar; people: People; from: Day; until: Day };

/**
 * What a policy would have done for one pupil, day by day: the same `decide` and `evolve` that run a school, told each school day
 * what the register says and what people are assumed to answer. A case that closes may be followed by another.
 */
export function storyOf(pupil: SimulatedPupil, { pack, calendar, people, from, until }: Setting): Told[] {
  const told: Told[] = [];
  let state: CaseState | null = null;
  let inputs = 0;
  let before: Circumstances | null = null;

  const tell = (c: Circumstances, input: DistributiveOmit<CaseInput, 'key'>): CaseEvent[] => {
    const events = decide(state, { key: String(inputs++), ...input } as CaseInput, c);
    for (const event of events) {
      state = evolve(state, event, c.on);
      told.push({ on: c.on, event });
    }
    return events;
  };
  const isOpen = () => (state as CaseState | null)?.status === 'open';

  for (const on of schoolDaysBetween(calendar, from, until)) {
    const c = circumstances(pupil, { pack, calendar }, on, waitedFor(state, before));
    if (isOpen()) tell(c, { kind: 'register changed' });
    else if (openingStage(c) !== null && mayReopen(state, c, before)) {
      state = null;
      tell(c, { kind: 'opened' });
    }
    for (let asked = true; asked && isOpen(); ) asked = answerAll(state as unknown as CaseState, c, people, tell);
    before = c;
  }
  return told;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Tell = (c: Circumstances, input: DistributiveOmit<CaseInput, 'key'>) => CaseEvent[];

const circumstances = (
  pupil: SimulatedPupil,
  { pack, calendar }: Pick<Setting, 'pack' | 'calendar'>,
  on: Day,
  waited: Circumstances['waitedFor'],
): Circumstances => ({
  ...{ pack, calendar, on, waitedFor: waited, words: null, idOf: (name) => name },
  marks: pupil.marksOn(on).filter((mark) => mark.on <= on),
  ...{ onRollFrom: pupil.onRollFrom, onRollTo: pupil.onRollTo, flags: pupil.flags, born: pupil.born, yearGroup: pupil.yearGroup },
  ...{ settlingIn: pupil.settlingIn, partTime: pupil.partTime, recipients: pupil.recipients, colleagues: roles },
});

const waitedFor = (state: CaseState | null, c: Circumstances | null) => (state && c ? deadlineOf(state, c) : null);

/** A case that was closed opens again only when attendance comes to where one opens, and not where it has stayed. */
const mayReopen = (state: CaseState | null, _c: Circumstances, before: Circumstances | null): boolean =>
  state === null || before === null || openingStage(before) === null;

/** Answers what is due to be answered today. True if somebody said something, so that more may have followed. */
function answerAll({ proposals }: CaseState, c: Circumstances, people: People, tell: Tell): boolean {
  for (const proposal of Object.values(proposals)) {
    if (proposal.status !== 'open') continue;
    const reply = people(proposal, c.calendar);
    if (!reply || c.on < answeredOn(proposal, reply.after, c.calendar)) continue;
    if (!choices[proposal.action.what].includes(reply.decision.choice)) continue;
    for (const event of tell(c, {
      kind: 'decision',
      by: by(proposal),
      proposal: proposal.key,
      version: proposal.version,
      decision: reply.decision,
    }))
      if (event.type === 'letters approved')
        for (const { letterId } of event.letters) tell(c, { kind: 'letter outcome', letterId, outcome: 'sent' });
    return true;
  }
  return false;
}

const by = ({ role, key }: Proposal): By => ({ id: `${role} ${key}`, role });
