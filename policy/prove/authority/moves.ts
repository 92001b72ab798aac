import { addDays, type Day } from '../../calendar/day.ts';
import { addSchoolDays } from '../../calendar/school-calendar.ts';
import type { By, LetterOutcome } from '../../case/input.ts';
import { type Role, roles, titleOf } from '../../people/roles.ts';
import type { AuthorityProfile } from '../../referral/authority.ts';
import type { deadlineOf } from '../../referral/deadline.ts';
import type { decide } from '../../referral/decide.ts';
import type { ReferralDecision } from '../../referral/decision.ts';
import type { ReferralEvent } from '../../referral/event.ts';
import type { evolve } from '../../referral/evolve.ts';
import type { ReferralInput } from '../../referral/input.ts';
import type { ReferralProposal } from '../../referral/proposal.ts';
import type { ReferralState } from '../../referral/state.ts';
import type { Tool } from '../../referral/words.ts';
import { Refusal } from '../../refusal.ts';
import { calendar } from '../world.ts';
import { answersTo, textId } from './answers.ts';
import { circumstancesOf, type Facts, factsSaid, otherPeriods } from './facts.ts';

/** The authority's rules as they are proved: the product's own, unless a test breaks them. */
export type Rules = { decide: typeof decide; evolve: typeof evolve; deadlineOf: typeof deadlineOf };

/** An authority with the tools that its officer uses here. */
export type World = {
  profile: AuthorityProfile;
  rules: Rules;
  tools: readonly Tool[];
  /** Everybody tries to decide, rather than only those whose decision it is. */
  everybody: boolean;
  usual: Facts;
  /** What may be so when the law is asked whether a notice may be. */
  lawful: readonly Facts[];
  /** What may be so beside whatever else happens, while a notice is asked for. */
  beside: readonly Facts[];
};

/** A referral as a proof meets it. What is so beside it is left open at each step. */
export type Situation = { state: ReferralState; on: Day };

type Said<I> = I extends unknown ? Omit<I, 'key'> : never;

/** One thing that may happen, in words, and what is so as it happens. `words` is what the person writes with it. */
export type Move = { says: string; on: Day; facts: Facts; input: Said<ReferralInput>; words: string | null };
export type Step = { says: string; after: Situation; events: ReferralEvent[] };

/** Tells a referral one thing; null if the rules refuse it. */
export function told({ profile, rules, usual }: World, state: ReferralState | null, move: Move): Step | null {
  const { on, facts, input, words } = move;
  const against = factsSaid(facts, usual);
  const says = against.length === 0 ? move.says : `${move.says} (${against.join(', ')})`;
  try {
    const c = circumstancesOf(profile, state, on, facts, words);
    const events = rules.decide(state, { key: says, ...input } as ReferralInput, c);
    const after = events.reduce<ReferralState | null>((so, event) => rules.evolve(so, event, on), state);
    return after && { says, events, after: { state: after, on } };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

export const officer: By = { id: 'the education welfare officer', role: 'ewo' };
export const personOf = (role: Role): By => (role === 'ewo' ? officer : { id: `the ${titleOf(role)}`, role });

/** Everything that may happen next on the day itself: people decide, whoever they are; letters end; payments come. */
export function movesFrom(world: World, { state, on }: Situation): Move[] {
  const beside = besideOf(world, state);
  const moves = [
    ...Object.values(state.proposals).flatMap((proposal) => decisions(world, state, on, proposal)),
    ...letterMoves(state, on),
    ...Object.keys(state.notices).flatMap((noticeId) => noticeMoves(world, state, on, noticeId)),
    ...officerMoves(world, state, on),
  ].map((event): Move => ({ facts: world.usual, ...event }));
  const told: Event = here(on, 'what is so is told', { kind: 'register changed' });
  return [...moves, ...beside.map((facts): Move => ({ ...told, facts }))];
}

/** What can make a difference beside whatever else happens: to a notice that is asked for, and to a period that is judged. */
export const besideOf = ({ usual, beside }: World, { notices, improvement }: ReferralState): readonly Facts[] => [
  ...(Object.values(notices).some(({ status }) => status === 'requested' || status === 'authorised') ? beside : [usual]),
  ...(improvement?.status === 'running' ? otherPeriods(usual) : []),
];

/** A move whose facts are the usual ones, unless it says otherwise. */
type Event = Omit<Move, 'facts'> & Partial<Pick<Move, 'facts'>>;
const here = (on: Day, says: string, input: Move['input'], words: string | null = 'why'): Event => ({ says, on, input, words });

export const decides = ({ key, version }: ReferralProposal, by: By, decision: ReferralDecision): Move['input'] => ({
  ...{ kind: 'decision', by, proposal: key, version, decision },
});

/** Every answer to a proposal: by whose it is, under all facts that its rules ask about, and by others. */
function decisions(world: World, state: ReferralState, on: Day, proposal: ReferralProposal): Event[] {
  return answersTo(proposal, state, on, world.tools).flatMap(({ says, decision, words = 'why' }) =>
    deciders(world, proposal).flatMap((by): Event[] => {
      const who =
        by.id === officer.id && by.role !== officer.role ? `${by.id}, now ${titleOf(by.role)},` : `the ${titleOf(by.role)}`;
      const move = here(on, `${who} ${says}`, decides(proposal, by, decision), words);
      return by.role === proposal.role && asksTheLaw(decision) ? world.lawful.map((facts) => ({ ...move, facts })) : [move];
    }),
  );
}

/** Whose decision it is and who stands in, and all others where they are tried. Who asked for a notice tries with the role to authorise it. */
function deciders({ profile, everybody }: World, { action, role }: ReferralProposal): By[] {
  const standsIn = profile['stands in'][role];
  const people = (everybody ? roles : [role, ...(standsIn ? [standsIn] : [])]).map(personOf);
  if (action.what !== 'authorise penalty notice') return people;
  return [...people.map(({ id, role }) => ({ id: `another than ${id}`, role })), { id: action.requestedBy, role }];
}

const asksTheLaw = (decision: ReferralDecision): boolean =>
  decision.choice === 'authorise' ||
  decision.choice === 'issue' ||
  (decision.choice === 'tool' && decision.tool === 'penalty notice' && decision.support !== undefined);

const letterEnds: Partial<Record<LetterOutcome | 'waiting', readonly LetterOutcome[]>> = {
  waiting: ['sent', 'recalled', 'refused', 'to-print'],
  'to-print': ['posted', 'stopped'],
  sent: ['bounced'],
  posted: ['bounced'],
};

const letterMoves = ({ improvement }: ReferralState, on: Day): Event[] =>
  Object.entries(improvement?.letters ?? {}).flatMap(([letterId, now]) =>
    (letterEnds[now] ?? []).map((outcome) =>
      here(on, `the letter with the notice to improve is ${outcome}`, { kind: 'letter outcome', letterId, outcome }),
    ),
  );

/** What may be recorded of an issued notice, and what may not. */
function noticeMoves(world: World, { notices }: ReferralState, on: Day, noticeId: string): Event[] {
  const issued = notices[noticeId]?.issued;
  if (!issued) return [];
  const last = on > issued.fullUntil ? [issued.fullUntil] : [];
  const { discountPence, fullPence } = issued;
  return officers(world).flatMap((by) => [
    ...[on, ...last].flatMap((paidOn) =>
      [discountPence ?? 8_000, fullPence, 4_000].map((pence) =>
        here(on, `£${pence / 100} of ${paidOn} is recorded by the ${titleOf(by.role)}`, {
          ...{ kind: 'payment', by, noticeId, paidOn, pence },
        }),
      ),
    ),
    ...(['material-error', 'not-prosecuting'] as const).map((ground) =>
      here(on, `the ${titleOf(by.role)} withdraws a notice: ${ground}`, {
        kind: 'withdraw notice',
        by,
        noticeId,
        ground,
        textId,
      }),
    ),
  ]);
}

/** The officer, and where others are tried somebody who is none. */
const officers = ({ everybody }: World): By[] => [officer, ...(everybody ? [personOf('headteacher')] : [])];

const officerMoves = (world: World, { improvement }: ReferralState, on: Day): Event[] =>
  officers(world).flatMap((by) => {
    const who = `the ${titleOf(by.role)}`;
    return [
      here(on, `${who} looks again at what is done`, { kind: 'reconsider', by, textId }),
      here(on, `${who} closes the referral`, { kind: 'close', by, textId }),
      ...(improvement
        ? (['no-engagement', 'holiday-taken'] as const).map((ground) =>
            here(on, `${who} ends the notice to improve early: ${ground}`, { kind: 'end notice early', by, ground, textId }),
          )
        : []),
    ];
  });

/** What puts a decision off. It is tried in every situation, and what follows is the same referral a little later. */
export const holds = ({ usual }: World, { state, on }: Situation): Move[] =>
  Object.values(state.proposals).map((proposal) => {
    const hold = { choice: 'hold', until: addSchoolDays(calendar, on, 3), textId } as const;
    const says = `${proposal.action.what}: held for three school days`;
    return { ...here(on, says, decides(proposal, personOf(proposal.role), hold)), facts: usual };
  });

/** Lets the next day come on which something could follow or a date of the referral passes; null if there is none. */
export function dayMove({ profile, rules, usual }: World, { state, on }: Situation, facts: Facts = usual): Move | null {
  const next = rules.deadlineOf(state, circumstancesOf(profile, state, on, facts));
  if (!next) return null;
  const [day = next.on] = [next.on, ...passing(state).filter((one) => one > on)].sort();
  return { ...here(day, day === next.on ? `on ${day}: ${next.why}` : `${day} comes`, { kind: 'day' }), facts };
}

/** Days that make a difference though nothing follows on them by itself. */
const passing = ({ improvement, notices }: ReferralState): Day[] => [
  ...(improvement?.status === 'running' ? [improvement.from] : []),
  ...Object.values(notices).flatMap(({ status, issued }) =>
    status === 'issued' && issued?.discountUntil ? [addDays(issued.discountUntil, 1)] : [],
  ),
];
