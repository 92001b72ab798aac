import type { Day } from '../calendar/day.ts';
import { movedProposals } from '../case/move.ts';
import type { IssuedNotice, ReferralEvent } from './event.ts';
import type { ReferralProposal } from './proposal.ts';
import type { Notice, ReferralState } from './state.ts';
import { proceedingsResults } from './words.ts';

type Of<T extends ReferralEvent['type']> = Extract<ReferralEvent, { type: T }>;
type Change = Partial<ReferralState>;
type Fold = { [T in Exclude<ReferralEvent['type'], 'opened'>]: (state: ReferralState, event: Of<T>, on: Day) => Change };

/** The referral after one event. Pure and total: the ledger folded with this gives the state at any point of its past. */
export function evolve(state: ReferralState | null, event: ReferralEvent, on: Day): ReferralState {
  if (event.type === 'opened') return opened(event.evidence, on);
  if (!state) throw new Error(`A referral's first event is "opened", not "${event.type}"`);
  const fold = folds[event.type] as (state: ReferralState, event: ReferralEvent, on: Day) => Change;
  return { ...state, ...fold(state, event, on) };
}

const opened = (evidence: ReferralState['evidence'], on: Day): ReferralState => ({
  status: 'open',
  openedOn: on,
  stage: 'received',
  stageSince: on,
  came: 'The school has made this referral',
  evidence,
  proposals: {},
  proposed: 0,
  tools: [],
  contract: null,
  attempts: [],
  improvement: null,
  notices: {},
  proceedings: false,
});

const folds: Fold = {
  proposed: (state, { proposal }) => ({
    proposals: { ...state.proposals, [proposal.key]: proposal },
    proposed: state.proposed + 1,
  }),
  withdrawn: (state, { key }) => without(state, key),
  reopened: (state, { key, why }) =>
    change(state, key, (old) => ({ status: 'open', heldUntil: null, version: old.version + 1, changed: why })),
  replanned: (state, { moves }) => {
    const judged = moves.find((move) => move.what === 'notice judged');
    const review = moves.find((move) => move.what === 'review');
    return {
      proposals: movedProposals(state.proposals, moves),
      ...(review ? { reviewClosed: review.on } : {}),
      ...(judged && state.improvement ? { improvement: { ...state.improvement, judgedOn: judged.is } } : {}),
    };
  },
  reminded: (state, { key }) => change(state, key, () => ({ reminded: true })),
  escalated: (state, { key, role }) => change(state, key, () => ({ alsoRole: role })),
  decided: (state, { key, choice, until }) =>
    choice === 'hold'
      ? change(state, key, () => ({ status: 'held', heldUntil: until }))
      : { ...without(state, key), came: 'The last step was declined' },
  accepted: (state, { key }, on) => ({
    ...without(state, key),
    stage: 'accepted',
    stageSince: on,
    came: 'The referral is accepted',
  }),
  returned: (state, { key }, on) => ({ ...without(state, key), stage: 'returned', stageSince: on }),
  'tool decided': (state, { key, tool }, on) => ({
    ...without(state, key),
    stage: tool,
    stageSince: on,
    tools: [...state.tools, { tool, on }],
    proceedings: tool === 'education supervision order' || tool === 'prosecution to consider',
  }),
  'contract agreed': (state, event) => {
    const { type: _type, key, words: _words, ...contract } = event;
    return { ...without(state, key), contract: { ...contract, reviewed: [], status: 'running' } };
  },
  'contract not agreed': (state, { key, on, why }) => ({
    ...without(state, key),
    attempts: [...state.attempts, { on, why }],
    came: why === 'refused' ? 'A parent refused an attendance contract' : 'Nobody came to agree an attendance contract',
  }),
  'contract reviewed': (state, { key, met, last }, on) => ({
    ...without(state, key),
    contract: state.contract && {
      ...state.contract,
      reviewed: [...state.contract.reviewed, { on, met }],
      status: met ? (last ? 'kept' : 'running') : 'not kept',
    },
    came: met ? 'The attendance contract was kept' : 'The attendance contract was not kept',
  }),
  'notice to improve issued': (state, event) => {
    const { key, letters, from, until, judgedOn, weeks, target, earlyGrounds } = event;
    const period = { from, until, judgedOn, weeks, target, earlyGrounds };
    const waiting = Object.fromEntries(letters.map(({ letterId }) => [letterId, 'waiting' as const]));
    return { ...without(state, key), improvement: { ...period, letters: waiting, window: null, status: 'running' } };
  },
  'letter outcome': ({ improvement }, { letterId, outcome }) =>
    improvement && letterId in improvement.letters
      ? { improvement: { ...improvement, letters: { ...improvement.letters, [letterId]: outcome } } }
      : {},
  'notice to improve fell': (_, { why }) => ({ improvement: null, came: why }),
  'notice to improve ended': ({ improvement }) => ({ improvement: improvement && { ...improvement, status: 'ended' } }),
  'contract ended': ({ contract }) => ({ contract: contract && { ...contract, status: 'ended' } }),
  'notice to improve measured': ({ improvement }, { window }) => ({
    improvement: improvement && { ...improvement, window, status: 'measured' },
  }),
  'notice to improve judged': (state, { key, improved }) => ({
    ...(key === null ? {} : without(state, key)),
    improvement: state.improvement && { ...state.improvement, status: improved ? 'improved' : 'not improved' },
    came: improved ? 'Attendance improved under the notice' : 'Attendance did not improve under the notice',
  }),
  'penalty notice requested': (state, { noticeId, contactId, requestedBy, support, sessions, weeks }, on) => ({
    notices: {
      ...state.notices,
      [noticeId]: {
        contactId,
        requestedBy,
        ...(support && { support }),
        authorisedOn: null,
        sessions,
        weeks,
        status: 'requested',
        statusOn: on,
        issued: null,
        paidPence: 0,
      },
    },
  }),
  'penalty notice authorised': (state, { key, noticeId }, on) => ({
    ...without(state, key),
    ...notice(state, noticeId, { status: 'authorised', authorisedOn: on }, on),
  }),
  'penalty notice not authorised': (state, { key, noticeId }, on) => ({
    ...without(state, key),
    ...notice(state, noticeId, { status: 'not authorised' }, on),
    came: 'The headteacher did not authorise the penalty notice',
  }),
  'penalty notice lapsed': (state, { noticeId, why }, on) => ({
    ...notice(state, noticeId, { status: 'lapsed' }, on),
    came: why,
  }),
  'penalty notice without ground': (state, { noticeId }, on) => notice(state, noticeId, { groundGone: on }),
  'penalty notice with ground again': (state, { noticeId }) => notice(state, noticeId, { groundGone: undefined }),
  'penalty notice issued': (state, event, on) => {
    const { type: _type, key, ...issued } = event;
    const { sessions, weeks }: IssuedNotice = issued;
    return {
      ...without(state, key),
      ...notice(state, issued.noticeId, { status: 'issued', issued, sessions, weeks }, on),
    };
  },
  'penalty notice found to be a third': (state, { noticeId }, on) => notice(state, noticeId, { third: on }),
  'penalty notice no third any more': (state, { noticeId }) => notice(state, noticeId, { third: undefined }),
  'penalty notice paid': (state, { noticeId, pence }, on) => ({
    ...notice(state, noticeId, { status: 'paid', paidPence: pence }, on),
    came: 'The penalty notice is paid',
  }),
  'penalty notice unpaid': (state, { noticeId }, on) => notice(state, noticeId, { status: 'unpaid' }, on),
  'penalty notice withdrawn': (state, { noticeId }, on) => ({
    ...notice(state, noticeId, { status: 'withdrawn' }, on),
    came: 'The penalty notice was withdrawn',
  }),
  'penalty notice prosecuted': (state, { noticeId }, on) => ({
    ...notice(state, noticeId, { status: 'prosecuted' }, on),
    stage: 'prosecution to consider',
    stageSince: on,
    proceedings: true,
  }),
  'penalty notice not prosecuted': (state, { noticeId }, on) =>
    notice(state, noticeId, { status: 'unpaid', heardOn: undefined }, on),
  'penalty notice acquitted': (state, { noticeId }, on) => notice(state, noticeId, { status: 'acquitted' }, on),
  'proceedings recorded': (state, { key, result, notices = [] }, on) => ({
    ...without(state, key),
    ...(notices.length > 0 && { notices: heard(state.notices, notices, on) }),
    proceedings: false,
    came: proceedingsResults[result],
  }),
  noted: () => ({}),
  closed: (_, { how }, on) => ({
    status: 'closed',
    stage: how === 'returned' ? 'returned' : 'closed',
    stageSince: on,
    proposals: {},
  }),
};

function change(state: ReferralState, key: string, to: (old: ReferralProposal) => Partial<ReferralProposal>): Change {
  const old = state.proposals[key];
  return old ? { proposals: { ...state.proposals, [key]: { ...old, ...to(old) } } } : {};
}

function without(state: ReferralState, key: string): Pick<ReferralState, 'proposals'> {
  const { [key]: _gone, ...proposals } = state.proposals;
  return { proposals };
}

const heard = (notices: ReferralState['notices'], ids: readonly string[], heardOn: Day): ReferralState['notices'] =>
  Object.fromEntries(Object.entries(notices).map(([id, one]) => [id, ids.includes(id) ? { ...one, heardOn } : one]));

/** `on` is the day of a new status. */
function notice({ notices }: ReferralState, id: string, to: Partial<Notice>, on?: Day): Pick<ReferralState, 'notices'> {
  const old = notices[id];
  return { notices: old ? { ...notices, [id]: { ...old, ...to, ...(on && { statusOn: on }) } } : notices };
}
