import type { By } from '../../case/input.ts';
import { isOfficer, type Role } from '../../people/roles.ts';
import type { AuthorityProfile } from '../../referral/authority.ts';
import type { ReferralEvent } from '../../referral/event.ts';
import type { ReferralState } from '../../referral/state.ts';
import type { SupportFirst } from '../../referral/words.ts';
import { against, countedBefore, knownWhenPosted, postedWithGround, wasPosted } from './ground.ts';
import type { Move, Step, World } from './moves.ts';
import type { Broken } from './promises.ts';
import { waitsBroken } from './waits.ts';

/** What one step breaks of the promises. They are said here anew, without the rules that are proved. */
export function brokenBy(world: World, before: ReferralState, move: Move, step: Step): Broken[] {
  return [
    ...step.events.flatMap((event) => [...unasked(world, move, event), ...check(world, before, move, event)]),
    ...unlookedAt(move, step),
    ...(step.after.state.status === 'closed'
      ? [...unsettled(before), ...goesOn(step.after.state)]
      : waitsBroken(world, move, step)),
  ];
}

/** A notice that was posted is recorded whatever became of its ground since; then the officer is asked whether it stands. */
function unlookedAt({ facts }: Move, { events, after }: Step): Broken[] {
  const gone = facts.sessions < 10 || facts.lookedAfter || !facts.mayWrite;
  const recorded = gone && events.some(({ type }) => type === 'penalty notice issued');
  const asked = Object.values(after.state.proposals).some(
    ({ action, status }) => action.what === 'decide tool' && status === 'open',
  );
  return recorded && !asked
    ? [{ id: 'posted', why: 'A notice that was posted has no ground any more, and nobody is asked' }]
    : [];
}

/** What a refusal breaks: a notice that has every ground is asked for, authorised and issued by whose it is. */
export function brokenByRefusal(before: ReferralState, { input, on, facts }: Move): Broken[] {
  if (input.kind !== 'decision') return [];
  const { action, role } = before.proposals[input.proposal] ?? {};
  const asked = action && 'noticeId' in action ? action.noticeId : null;
  const requestedBy = asked === null ? null : before.notices[asked]?.requestedBy;
  const { decision } = input;
  if (input.by.role !== role) return [];
  if (decision.choice === 'issue' && asked !== null && postedWithGround(before, on, decision.postedOn, facts, asked)) {
    return [
      { id: 'posted', why: `The rules do not record a notice that was posted on ${decision.postedOn}, when it had every ground` },
    ];
  }
  if (input.by.id === requestedBy || against(before, on, on, facts, asked)) return [];
  const may =
    decision.choice === 'authorise' ||
    (decision.choice === 'issue' && decision.postedOn === on) ||
    (decision.choice === 'tool' && decision.tool === 'penalty notice' && decision.support === 'not appropriate');
  return may ? [{ id: 'lawful', why: 'The rules refuse it, and every ground is there' }] : [];
}

type Type = ReferralEvent['type'];
type Of<T extends Type> = Extract<ReferralEvent, { type: T }>;
type Check<T extends Type> = (world: World, before: ReferralState, move: Move, event: Of<T>) => (Broken | false | null)[];

function check(world: World, before: ReferralState, move: Move, event: ReferralEvent): Broken[] {
  const one = checks[event.type] as Check<Type> | undefined;
  return (one?.(world, before, move, event) ?? []).filter((broken) => broken !== null && broken !== false);
}

const groundless = (before: ReferralState, { on, facts }: Move, noticeId: string, what: string, postedOn = on): Broken | null => {
  const why = against(before, on, postedOn, facts, noticeId);
  return why === null ? null : { id: why.includes('third') ? 'third' : 'ground', why: `A penalty notice is ${what}, and ${why}` };
};

const checks: { [T in Type]?: Check<T> } = {
  'penalty notice requested': (world, before, move, { noticeId }) => [
    groundless(before, move, noticeId, 'asked for'),
    noticeComesFirst(world, before, supportIn(move)) && {
      ...{ id: 'notice-first', why: 'A penalty notice is asked for, and no notice to improve went out and was not met' },
    },
  ],
  'penalty notice authorised': (world, before, move, { noticeId, authorisedBy }) => [
    groundless(before, move, noticeId, 'authorised'),
    noticeComesFirst(world, before, before.notices[noticeId]?.support) && {
      ...{ id: 'notice-first', why: 'A penalty notice is authorised, and no notice to improve went out and was not met' },
    },
    !decidedAs(move, headOf(world.profile), 'authorise') && {
      ...{ id: 'headteacher', why: `A penalty notice is authorised by the ${byOf(move)?.role ?? 'passing of time'}` },
    },
    authorisedBy === before.notices[noticeId]?.requestedBy && {
      ...{ id: 'two-people', why: 'A penalty notice is authorised by who asked for it' },
    },
  ],
  'penalty notice issued': (world, before, move, { noticeId, postedOn, discountPence, sessions }) => {
    const { status, authorisedOn, support } = before.notices[noticeId] ?? {};
    const others = Object.entries(before.notices).filter(
      ([id, one]) => id !== noticeId && one.issued && one.status !== 'withdrawn',
    );
    const relied = new Set(others.flatMap(([, one]) => one.sessions));
    const first = countedBefore(before, move.on, postedOn, move.facts.earlier) === 0;
    const posted = wasPosted(before, move.on, postedOn, noticeId);
    const asPosted = posted ? knownWhenPosted(move.facts) : move.facts;
    return [
      groundless(before, { ...move, facts: asPosted }, noticeId, 'issued', postedOn),
      !posted &&
        noticeComesFirst(world, before, support) && {
          ...{ id: 'notice-first', why: 'A penalty notice is issued, and no notice to improve went out and was not met' },
        },
      (sessions.length < 10 || sessions.some((id) => relied.has(id))) && {
        ...{ id: 'ground', why: 'A penalty notice rests on sessions of another' },
      },
      !(status === 'authorised' && authorisedOn && authorisedOn <= postedOn) && {
        ...{ id: 'headteacher', why: 'A penalty notice is posted that the headteacher had not authorised' },
      },
      first !== (discountPence !== null) && {
        ...{ id: 'third', why: `A ${first ? 'first' : 'second'} notice is${first ? ' not' : ''} offered at the lower sum` },
      },
    ];
  },
  'penalty notice paid': (_, { notices }, __, { noticeId, paidOn, pence }) => {
    const issued = notices[noticeId]?.issued;
    const lower = issued?.discountUntil && paidOn <= issued.discountUntil ? issued.discountPence : null;
    const due = issued && paidOn <= issued.fullUntil && (pence === issued.fullPence || pence === lower);
    return [!due && { id: 'payment', why: `A payment of £${pence / 100} of ${paidOn} is taken for the notice` }];
  },
  'notice to improve issued': (_, __, ___, { weeks }) => [
    (weeks < 3 || weeks > 6) && { id: 'period', why: `A notice to improve runs for ${weeks} school weeks` },
  ],
  'notice to improve judged': (_, { improvement }, { on }, { early }) => [
    early !== null &&
      !(improvement?.earlyGrounds.includes(early) && improvement.from <= on) && {
        ...{ id: 'period', why: 'A notice to improve ends early, and it did not say that it may' },
      },
  ],
};

/** The headteacher, and whoever of the school stands in. No officer of the authority does. */
function headOf({ 'stands in': standsIn }: AuthorityProfile): Role[] {
  const other = standsIn.headteacher;
  return other === undefined || isOfficer(other) ? ['headteacher'] : ['headteacher', other];
}

/** True if a notice to improve has to come first here, and none went out and was not met. */
function noticeComesFirst({ profile }: World, { improvement }: ReferralState, support: SupportFirst | undefined): boolean {
  if (!profile['notice to improve']['before a penalty notice'] || support === 'not appropriate') return false;
  const wentOut = Object.values(improvement?.letters ?? {}).some((one) => one === 'sent' || one === 'posted');
  return !(improvement?.status === 'not improved' && wentOut);
}

const supportIn = ({ input }: Move): SupportFirst | undefined =>
  input.kind === 'decision' && input.decision.choice === 'tool' ? input.decision.support : undefined;

/** What only a person does: as whom, and by saying what. */
const asked: { [T in Type]?: { as: Role | 'issuer'; by: readonly string[] } } = {
  accepted: { as: 'ewo', by: ['accept'] },
  returned: { as: 'ewo', by: ['return'] },
  'tool decided': { as: 'ewo', by: ['tool'] },
  'contract agreed': { as: 'ewo', by: ['agreed'] },
  'contract reviewed': { as: 'ewo', by: ['reviewed'] },
  'notice to improve issued': { as: 'issuer', by: ['issue notice'] },
  'notice to improve judged': { as: 'ewo', by: ['judged', 'end notice early'] },
  'penalty notice requested': { as: 'ewo', by: ['tool'] },
  'penalty notice not authorised': { as: 'headteacher', by: ['decline'] },
  'penalty notice issued': { as: 'ewo', by: ['issue'] },
  'penalty notice paid': { as: 'ewo', by: ['payment'] },
  'penalty notice withdrawn': { as: 'ewo', by: ['withdraw', 'withdraw notice'] },
  'penalty notice prosecuted': { as: 'ewo', by: ['prosecute'] },
  'proceedings recorded': { as: 'ewo', by: ['proceedings'] },
  closed: { as: 'ewo', by: ['return', 'tool', 'close'] },
};

function unasked({ profile }: World, move: Move, { type }: ReferralEvent): Broken[] {
  const rule = asked[type];
  if (!rule) return [];
  const issuer = profile['notice to improve']['issued by'] === 'school' ? 'headteacher' : 'ewo';
  const role = rule.as === 'issuer' ? issuer : rule.as;
  const standsIn = profile['stands in'][role];
  if (decidedAs(move, standsIn ? [role, standsIn] : [role], ...rule.by)) return [];
  return [{ id: 'approval', why: `It comes to "${type}", which is the ${role}'s to decide` }];
}

const byOf = ({ input }: Move): By | null => ('by' in input && input.by ? input.by : null);

function decidedAs(move: Move, as: readonly Role[], ...saying: readonly string[]): boolean {
  const { input } = move;
  const by = byOf(move);
  return by !== null && as.includes(by.role) && saying.includes(input.kind === 'decision' ? input.decision.choice : input.kind);
}

/** What is left undone by an end: a notice that is neither paid nor withdrawn, proceedings of which nobody said what came. */
function unsettled({ notices, proceedings, proposals }: ReferralState): Broken[] {
  const owed = Object.values(notices).some(({ status }) => status === 'issued' || status === 'unpaid');
  const atCourt = proceedings || Object.values(proposals).some(({ action }) => action.what === 'record proceedings');
  return [
    ...(owed ? [{ id: 'settled', why: 'The referral ends, and a penalty notice is neither paid nor withdrawn' } as const] : []),
    ...(atCourt ? [{ id: 'settled', why: 'The referral ends, and nobody said what came of the proceedings' } as const] : []),
  ];
}

/** What nobody judges any more once its referral has ended. */
const goesOn = ({ improvement, contract }: ReferralState): Broken[] =>
  improvement?.status === 'running' || improvement?.status === 'measured' || contract?.status === 'running'
    ? [{ id: 'settled', why: 'The referral ends, and a notice to improve or a contract runs on that nobody judges' }]
    : [];
