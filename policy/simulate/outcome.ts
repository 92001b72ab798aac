import { addDays, type Day, mondayOf } from '../calendar/day.ts';
import type { CaseEvent } from '../case/event.ts';
import type { Action, Proposal } from '../case/proposal.ts';
import type { Pack } from '../pack/pack.ts';
import type { TaskKind } from '../pack/step.ts';
import type { Role } from '../people/roles.ts';
import type { ReferralEvent } from '../referral/event.ts';
import type { ReferralProposal } from '../referral/proposal.ts';
import type { Assumptions } from './assumptions.ts';
import { atAuthority, atSchool } from './story.ts';
import type { SimulatedStory } from './year.ts';

/** What is counted: what a school does, then what an authority does. */
export const kinds = [
  ...(['call', 'letter', 'meeting', 'visit', 'task', 'referral', 'notice request'] as const),
  ...(['contract', 'notice to improve', 'penalty notice'] as const),
];
export type Kind = (typeof kinds)[number];

/** "letters", "notices to improve" */
export const several = (kind: Kind): string => (kind === 'notice to improve' ? 'notices to improve' : `${kind}s`);

/** What a policy did in a year. Weeks are named by their Monday; `among` counts pupils. */
export type Outcome = {
  policy: string;
  title: string;
  pupils: number;
  cases: number;
  pupilsWithCase: number;
  closed: number;
  /** How often each thing was done, in all and by week. */
  done: Record<Kind, number>;
  byWeek: Record<Day, Record<Kind, number>>;
  /** Decisions, and minutes of deciding and doing, by role and week, and the weeks in which a role had too few hours. */
  decisions: Partial<Record<Role, Record<Day, number>>>;
  minutes: Partial<Record<Role, Record<Day, number>>>;
  overfull: { role: Role; week: Day; hours: number; has: number }[];
  /** By what is known of pupils: how many there are, how many had a case, a letter, a referral. */
  groups: { group: string; pupils: number; withCase: number; letters: number; referrals: number }[];
  /** Days from the case to the first help that reached the family: of how many cases it did, and the median of theirs. */
  daysToHelp: { cases: number; helped: number; median: number | null };
};

/** What is said to a proposal, and may end it. */
const ends: ReadonlySet<string> = new Set(['decided', 'called', 'meeting recorded', 'letters approved', 'referred']);

/** As often as anything was done before it is counted. */
export const nothing = (): Record<Kind, number> => ({
  ...{ call: 0, letter: 0, meeting: 0, visit: 0, task: 0, referral: 0, 'notice request': 0 },
  ...{ contract: 0, 'notice to improve': 0, 'penalty notice': 0 },
});

/** Counts what happened in each story as it comes, and holds only the counts. */
export function counting({ pack: policy, title }: Pick<Pack, 'pack' | 'title'>, assumptions: Assumptions) {
  const outcome: Outcome = {
    ...{
      policy,
      title,
      pupils: 0,
      cases: 0,
      pupilsWithCase: 0,
      closed: 0,
      done: nothing(),
      byWeek: {},
      decisions: {},
      minutes: {},
      overfull: [],
      groups: [],
    },
    daysToHelp: { cases: 0, helped: 0, median: null },
  };
  const groups = new Map<string, Outcome['groups'][number]>();
  const waits: number[] = [];
  const add = (kind: Kind, on: Day): void => {
    outcome.done[kind]++;
    const week = mondayOf(on);
    const counts = outcome.byWeek[week] ?? nothing();
    outcome.byWeek[week] = counts;
    counts[kind]++;
  };

  /** The same of what happened at the authority. */
  function addThere(told: SimulatedStory['told']): void {
    const asked = new Map<string, ReferralProposal>();
    for (const { on, event, referral } of atAuthority(told)) {
      const kind = kindThere[event.type];
      if (kind) add(kind, on);
      if (event.type === 'proposed') asked.set(`${referral} ${event.proposal.key}`, event.proposal);
      const proposal = isDecision(event) ? asked.get(`${referral} ${event.key}`) : undefined;
      if (proposal) spend(outcome, proposal.role, on, assumptions.minutes[minutesThere[proposal.action.what]]);
    }
  }

  return {
    add({ pupil, told }: SimulatedStory): void {
      outcome.pupils++;
      /** What is proposed and not yet answered, by its case: each case names its proposals anew. */
      const open = new Map<string, Proposal>();
      const count = { letters: 0, referrals: 0, cases: 0 };
      let openedOn: Day | null = null;
      for (const { on, of, event } of atSchool(told)) {
        if (event.type === 'opened') {
          outcome.cases++;
          count.cases++;
          openedOn = on;
          outcome.daysToHelp.cases++;
        }
        if (event.type === 'closed') outcome.closed++;
        if (event.type === 'proposed') open.set(`${of} ${event.proposal.key}`, event.proposal);
        const key = 'key' in event && ends.has(event.type) ? `${of} ${event.key}` : '';
        const ended = open.get(key);
        if (!ended) continue;
        open.delete(key);
        spend(outcome, ended.role, on, assumptions.minutes[minutesOf(ended.action)]);
        if (event.type === 'decided' && event.choice !== 'done') continue;
        const kind = kindOf(ended.action);
        if (!kind) continue;
        add(kind, on);
        if (kind === 'letter') count.letters++;
        if (kind === 'referral') count.referrals++;
        if (helps(event, ended.action) && openedOn !== null) {
          waits.push(daysBetween(openedOn, on));
          openedOn = null;
        }
      }
      addThere(told);
      if (count.cases > 0) outcome.pupilsWithCase++;
      for (const group of groupsOf(pupil)) {
        const so = groups.get(group) ?? { group, pupils: 0, withCase: 0, letters: 0, referrals: 0 };
        groups.set(group, so);
        so.pupils++;
        if (count.cases > 0) so.withCase++;
        if (count.letters > 0) so.letters++;
        if (count.referrals > 0) so.referrals++;
      }
    },
    /** What it came to, once all were counted. */
    result(): Outcome {
      waits.sort((a, b) => a - b);
      return {
        ...outcome,
        overfull: overfull(outcome, assumptions),
        groups: [...groups.values()].sort((a, b) => a.group.localeCompare(b.group, 'en')),
        daysToHelp: { ...outcome.daysToHelp, helped: waits.length, median: waits[waits.length >> 1] ?? null },
      };
    },
  };
}

/** Tasks that are done with the family or for the child; others look, ask, or tell somebody else. */
const helping: ReadonlySet<TaskKind> = new Set([
  ...(['contact', 'home visit', 'welfare check', 'check-in', 'support plan', 'attendance plan', 'attendance contract'] as const),
  ...(['early help', 'adjustments', 'part-time timetable', 'catch-up work', 'panel', 'praise'] as const),
]);

/** True of what reaches the family: a call that was answered, a meeting that was held, a task that was done with them. */
const helps = (event: CaseEvent, action: Action): boolean =>
  (event.type === 'called' && event.reached) ||
  (event.type === 'meeting recorded' && event.happened === 'held') ||
  (event.type === 'decided' && event.choice === 'done' && action.what === 'task' && helping.has(action.task));

/** What happens at the authority that is counted. */
const kindThere: Partial<Record<ReferralEvent['type'], Kind>> = {
  'contract agreed': 'contract',
  'notice to improve issued': 'notice to improve',
  'penalty notice issued': 'penalty notice',
};

/** Somebody has said something to what was asked there, other than that it is to wait. */
const isDecision = (event: ReferralEvent): event is Extract<ReferralEvent, { key: string }> =>
  'key' in event &&
  event.key !== null &&
  !['withdrawn', 'reopened', 'reminded', 'escalated'].includes(event.type) &&
  !(event.type === 'decided' && event.choice === 'hold');

type Minutes = keyof Assumptions['minutes'];

/** What it takes to decide on each thing that is asked there. */
const minutesThere: Record<ReferralProposal['action']['what'], Minutes> = {
  ...{ 'accept referral': 'referral', 'decide tool': 'other', 'unpaid notice': 'other', 'record proceedings': 'other' },
  ...{ 'agree contract': 'contract', 'review contract': 'contract' },
  ...{ 'issue notice to improve': 'notice', 'judge notice to improve': 'notice' },
  ...{ 'authorise penalty notice': 'notice', 'issue penalty notice': 'notice', 'posted or not': 'notice' },
};

const minutesOf = ({ what }: Action): Minutes =>
  what === 'call' || what === 'letter' || what === 'meeting' || what === 'task' || what === 'referral' ? what : 'other';

/** What a thing that was done is counted as; null for what only looks or asks. */
export function kindOf(action: Action): Kind | null {
  if (action.what === 'call' || action.what === 'letter' || action.what === 'meeting' || action.what === 'referral')
    return action.what;
  if (action.what !== 'task') return null;
  if (action.task === 'home visit' || action.task === 'welfare check') return 'visit';
  return action.task === 'penalty notice request' ? 'notice request' : 'task';
}

/** Counts a decision and the minutes it takes, in its week. */
function spend({ decisions, minutes }: Outcome, role: Role, on: Day, took: number): void {
  const week = mondayOf(on);
  for (const [of, n] of [
    [decisions, 1],
    [minutes, took],
  ] as const) {
    const weeks = of[role] ?? {};
    of[role] = weeks;
    weeks[week] = (weeks[week] ?? 0) + n;
  }
}

const overfull = ({ minutes }: Outcome, { hoursAWeek }: Assumptions): Outcome['overfull'] =>
  (Object.entries(minutes) as [Role, Record<Day, number>][]).flatMap(([role, weeks]) => {
    const has = hoursAWeek[role];
    if (has === undefined) return [];
    return Object.entries(weeks)
      .filter(([, spent]) => spent > has * 60)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([week, spent]) => ({ role, week, hours: Math.round(spent / 6) / 10, has }));
  });

/** What the groups' names begin with that between them have every pupil once. */
export const yearGroups = 'Year ';

const groupsOf = ({ flags, yearGroup }: { flags: readonly string[]; yearGroup?: number | undefined }): string[] => [
  ...flags,
  ...(yearGroup === undefined ? [] : [`${yearGroups}${String(yearGroup).padStart(2, '0')}`]),
];

function daysBetween(from: Day, to: Day): number {
  let n = 0;
  for (let day = from; day < to; day = addDays(day, 1)) n++;
  return n;
}
