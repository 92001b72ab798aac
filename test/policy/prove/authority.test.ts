import { describe, expect, it } from '@jest/globals';
import type { PromiseId } from '../../../policy/prove/authority/promises.ts';
import { type AuthorityProof, proveAuthority } from '../../../policy/prove/authority/prove-authority.ts';
import type { AuthorityProfile } from '../../../policy/referral/authority.ts';
import type { ReferralCircumstances } from '../../../policy/referral/circumstances.ts';
import { deadlineOf } from '../../../policy/referral/deadline.ts';
import { decide } from '../../../policy/referral/decide.ts';
import type { ReferralEvent } from '../../../policy/referral/event.ts';
import { evolve } from '../../../policy/referral/evolve.ts';
import type { ReferralInput } from '../../../policy/referral/input.ts';
import type { ReferralState } from '../../../policy/referral/state.ts';
import { Refusal } from '../../../policy/refusal.ts';
import { profile } from '../../support/told-referral.ts';

const refutedIn = ({ verdicts }: AuthorityProof) => verdicts.filter(({ refuted }) => refuted !== null);

describe('what is promised of every authority', () => {
  // `firstbell prove` goes through all; the test through the first hundred and fifty situations of each two tools.
  it('is refuted by nothing under the national profile', () => {
    expect(refutedIn(proveAuthority(profile, { most: 150 }))).toEqual([]);
  });

  it('is refuted by nothing where schools issue the notices to improve, nobody stands in, and no notice has to come first', () => {
    const local: AuthorityProfile = {
      ...profile,
      'notice to improve': {
        'school weeks': { 'at least': 3, 'at most': 6 },
        'issued by': 'school',
        'before a penalty notice': false,
      },
      'stands in': {},
    };
    expect(refutedIn(proveAuthority(local, { most: 40 }))).toEqual([]);
  });

  it('is refuted with the shortest way to where it fails', () => {
    const rules = { decide: asIf((_, c) => ({ ...c, authority: notFirst })), evolve, deadlineOf };
    const [found] = refutedIn(proveAuthority(profile, { rules, until: 'notice-first' }));
    expect(found?.refuted?.path).toEqual([
      'the school refers',
      'the education welfare officer accepts the referral',
      'the education welfare officer asks for a penalty notice: sufficient support was given and did not work',
    ]);
  });
});

type Decide = typeof decide;
type Circumstances = ReferralCircumstances;

const notFirst: AuthorityProfile = {
  ...profile,
  'notice to improve': { ...profile['notice to improve'], 'before a penalty notice': false },
};

/** The rules as they are, but something that they are told is otherwise. */
const asIf =
  (otherwise: (input: ReferralInput, c: Circumstances) => Circumstances): Decide =>
  (state, input, c) =>
    decide(state, input, otherwise(input, c));

/** The rules as they are, but what they remember is otherwise. */
const remembering =
  (otherwise: (state: ReferralState, input: ReferralInput) => ReferralState): Decide =>
  (state, input, c) =>
    decide(state && otherwise(state, input), input, c);

/** The rules as they are, but something else is heard than was said; and something else may be noted than follows. */
const hearing =
  (
    otherwise: (input: ReferralInput, state: ReferralState | null) => ReferralInput,
    noted: (event: ReferralEvent, input: ReferralInput) => ReferralEvent = (event) => event,
  ): Decide =>
  (state, input, c) =>
    decide(state, otherwise(input, state), c).map((event) => noted(event, input));

/** The rules as they are, but of what follows some is left out. */
const without =
  (forgotten: (event: ReferralEvent) => boolean): Decide =>
  (state, input, c) =>
    decide(state, input, c).filter((event) => !forgotten(event));

const proposes = (event: ReferralEvent, what: string): boolean =>
  event.type === 'proposed' && event.proposal.action.what === what;

const said = (input: ReferralInput) => (input.kind === 'decision' ? input.decision : null);

const withPriors = (c: Circumstances, priors: (known: Circumstances['parents'][number]['priorNotices']) => typeof known) => ({
  ...c,
  parents: c.parents.map((one) => ({ ...one, priorNotices: priors(one.priorNotices) })),
});

/** One session more than there is, on the newest day. */
const oneMore = (c: Circumstances): Circumstances => {
  const last = c.marks.findLastIndex(({ code }) => code === '/' || code === '\\');
  return { ...c, marks: c.marks.map((mark, i) => (i === last ? { ...mark, code: 'O' } : mark)) };
};

type Fault = readonly [
  name: string,
  promise: PromiseId,
  broken: Decide | Partial<AuthorityProfile> | { deadlineOf: typeof deadlineOf },
];

const faults: readonly Fault[] = [
  ['an officer stands in for the headteacher', 'headteacher', { 'stands in': { headteacher: 'ewo', ewo: 'ewo-lead' } }],
  ['the lead of the officers stands in for the headteacher', 'headteacher', { 'stands in': { headteacher: 'ewo-lead' } }],
  ['nine sessions are enough', 'ground', asIf((_, c) => oneMore(c))],
  [
    'nobody is asked of a notice whose session was corrected after the post',
    'posted',
    (state, input, c) => {
      const events = decide(state, input, c);
      const recorded = events.some(({ type }) => type === 'penalty notice issued');
      return recorded ? events.filter((event) => !proposes(event, 'decide tool')) : events;
    },
  ],
  [
    'a notice that was posted is judged by what is so when it is recorded',
    'posted',
    (state, input, c) => {
      if (said(input)?.choice === 'issue' && c.pupil.flags.includes('looked-after')) throw new Refusal('NotAllowed', 'No');
      return decide(state, input, c);
    },
  ],
  [
    'a notice to improve or a contract runs on after the end of its referral',
    'settled',
    without(({ type }) => type === 'notice to improve ended' || type === 'contract ended'),
  ],
  ['a looked-after child is as any other', 'ground', asIf((_, c) => ({ ...c, pupil: { ...c.pupil, flags: [] } }))],
  ['a child of three is as any other', 'ground', asIf((_, c) => ({ ...c, pupil: { ...c.pupil, born: '2017-01-15' } }))],
  [
    'who may not be written to is fined',
    'ground',
    asIf((_, c) => ({ ...c, parents: c.parents.map((one) => ({ ...one, may: true })) })),
  ],
  ['notices of other referrals are not known', 'third', asIf((_, c) => withPriors(c, () => []))],
  [
    'withdrawn notices count',
    'lawful',
    asIf((_, c) => withPriors(c, (known) => known.map((one) => ({ ...one, status: 'paid' })))),
  ],
  ['a notice to improve need not come first', 'notice-first', asIf((_, c) => ({ ...c, authority: notFirst }))],
  [
    'a notice to improve that never went is taken as gone',
    'notice-first',
    remembering((state) =>
      state.improvement
        ? { ...state, improvement: { ...state.improvement, letters: { letter: 'sent', ...gone(state.improvement.letters) } } }
        : state,
    ),
  ],
  [
    'a request is authorised by itself',
    'headteacher',
    (state, input, c) => {
      const events = decide(state, input, c);
      const asked = events.find((event) => proposes(event, 'authorise penalty notice'));
      if (asked?.type !== 'proposed' || asked.proposal.action.what !== 'authorise penalty notice') return events;
      const { key, action } = asked.proposal;
      return [
        ...events,
        { type: 'penalty notice authorised', key, noticeId: action.noticeId, authorisedBy: 'nobody', words: null },
      ];
    },
  ],
  [
    'who asked for a notice authorises it',
    'two-people',
    hearing(
      (input) =>
        said(input)?.choice === 'authorise' && 'by' in input && input.by ? { ...input, by: { ...input.by, id: 'x' } } : input,
      (event, input) =>
        event.type === 'penalty notice authorised' && 'by' in input && input.by ? { ...event, authorisedBy: input.by.id } : event,
    ),
  ],
  [
    'anybody decides',
    'approval',
    hearing((input, state) => {
      const role = input.kind === 'decision' ? state?.proposals[input.proposal]?.role : undefined;
      return input.kind === 'decision' && role ? { ...input, by: { ...input.by, role } } : input;
    }),
  ],
  [
    'anybody closes',
    'approval',
    hearing((input) => (input.kind === 'close' ? { ...input, by: { id: 'x', role: 'ewo' } } : input)),
  ],
  [
    'half a payment is taken',
    'payment',
    hearing(
      (input) => (input.kind === 'payment' ? { ...input, pence: 16_000 } : input),
      (event, input) =>
        event.type === 'penalty notice paid' && input.kind === 'payment' ? { ...event, pence: input.pence } : event,
    ),
  ],
  [
    'a notice to improve runs for two weeks',
    'period',
    hearing(
      (input) => {
        const decision = said(input);
        return input.kind === 'decision' && decision?.choice === 'issue notice'
          ? { ...input, decision: { ...decision, weeks: 3 } }
          : input;
      },
      (event, input) => {
        const decision = said(input);
        return event.type === 'notice to improve issued' && decision?.choice === 'issue notice'
          ? { ...event, weeks: decision.weeks }
          : event;
      },
    ),
  ],
  [
    'a notice to improve ends early on any ground',
    'period',
    hearing(
      (input) => (input.kind === 'end notice early' ? { ...input, ground: 'no-engagement' } : input),
      (event, input) =>
        event.type === 'notice to improve judged' && input.kind === 'end notice early'
          ? { ...event, early: input.ground }
          : event,
    ),
  ],
  [
    'no further action leaves a notice owed',
    'settled',
    remembering((state, input) => (endsIt(input) ? { ...state, notices: {} } : state)),
  ],
  [
    'no further action forgets proceedings',
    'settled',
    remembering((state, input) => (endsIt(input) ? { ...state, proceedings: false, proposals: onlyTool(state) } : state)),
  ],
  [
    'a notice to improve is never judged',
    'wait-ends',
    without((event) => event.type === 'notice to improve measured' || proposes(event, 'judge notice to improve')),
  ],
  [
    'an unpaid notice is asked about by nobody',
    'wait-ends',
    without((event) => event.type === 'penalty notice unpaid' || proposes(event, 'unpaid notice')),
  ],
  ['a contract is never reviewed', 'wait-ends', without((event) => proposes(event, 'review contract'))],
  ['what is held stays held', 'wait-ends', without((event) => event.type === 'reopened')],
  ['nobody is asked what is done next', 'deadline', without((event) => proposes(event, 'decide tool'))],
  ['nothing looks at a referral again', 'deadline', { deadlineOf: () => null }],
  [
    'a request outlives its ground',
    'taken-back',
    without((event) => event.type === 'withdrawn' || event.type === 'penalty notice lapsed'),
  ],
  [
    'an unpaid notice cannot be withdrawn',
    'way-out',
    (state, input, c) => {
      if (said(input)?.choice === 'withdraw' || input.kind === 'withdraw notice') throw new Refusal('NotAllowed', 'Never');
      return decide(state, input, c);
    },
  ],
];

const gone = (letters: NonNullable<ReferralState['improvement']>['letters']) =>
  Object.fromEntries(Object.keys(letters).map((id) => [id, 'sent' as const]));
const endsIt = (input: ReferralInput): boolean => {
  const decision = said(input);
  return decision?.choice === 'tool' && decision.tool === 'no action';
};
const onlyTool = ({ proposals }: ReferralState) =>
  Object.fromEntries(Object.entries(proposals).filter(([, { action }]) => action.what === 'decide tool'));

function proofOf(broken: Fault[2], until: PromiseId): AuthorityProof {
  const rules = { decide, evolve, deadlineOf };
  if (typeof broken === 'function') return proveAuthority(profile, { rules: { ...rules, decide: broken }, until });
  if ('deadlineOf' in broken) return proveAuthority(profile, { rules: { ...rules, ...broken }, until });
  return proveAuthority({ ...profile, ...broken }, { until });
}

describe(`${faults.length} faults seeded into an authority's rules`, () => {
  it.each(faults)('%s: %s is refuted', (_name, promise, broken) => {
    const found = refutedIn(proofOf(broken, promise));
    expect(found.map(({ id }) => id)).toContain(promise);
    for (const { refuted } of found) expect(refuted?.path.length).toBeGreaterThan(0);
  });
});
