import type { Day } from '../calendar/day.ts';
import { schoolYearOf } from '../calendar/school-calendar.ts';
import type { Choice } from './decision.ts';
import type { CaseEvent } from './event.ts';
import { type Move, movedProposals } from './move.ts';
import { type Evidence, endsDeclined, type Proposal } from './proposal.ts';
import type { CaseLetter, CaseState, RuleKnown } from './state.ts';
import { planAfter } from './support-plan.ts';

type Of<T extends CaseEvent['type']> = Extract<CaseEvent, { type: T }>;
type Fold = { [T in Exclude<CaseEvent['type'], 'opened'>]: (state: CaseState, event: Of<T>, on: Day) => Partial<CaseState> };

/** The case after one event. Pure and total: the ledger folded with this gives the state at any point of its past. */
export function evolve(state: CaseState | null, event: CaseEvent, on: Day): CaseState {
  if (event.type === 'opened') return opened(event, on);
  if (!state) throw new Error(`A case's first event is "opened", not "${event.type}"`);
  const fold = folds[event.type] as (state: CaseState, event: CaseEvent, on: Day) => Partial<CaseState>;
  return { ...state, ...fold(state, event, on) };
}

const opened = ({ stage, since, answered, said }: Of<'opened'>, on: Day): CaseState => ({
  status: 'open',
  openedOn: on,
  stage,
  stageSince: on,
  stageFrom: { attended: 0, possible: 0 },
  attendance: { attended: 0, possible: 0 },
  upTo: null,
  step: 0,
  proposals: {},
  proposed: 0,
  letters: {},
  meeting: null,
  metOn: null,
  monitoring: null,
  target: null,
  judged: null,
  reviewed: false,
  askAgainOn: null,
  beside: [],
  offers: [],
  referral: null,
  heldUntil: null,
  recovering: null,
  missing: [],
  ...(since !== undefined && { calledForSince: since }),
  ...(answered && {
    rules: Object.fromEntries(Object.entries(answered).map(([rule, day]) => [rule, known(day, said?.includes(rule))])),
  }),
});

const known = (on: Day, said = false): RuleKnown => ({ on, so: true, ...(said && { said }) });

const folds: Fold = {
  'attendance noted': (_, { attendance, upTo, how }) => ({ attendance, upTo, how }),
  'stage entered': (state, { stage, attendance, until }, on) => ({
    stage,
    stageSince: on,
    stageFrom: attendance,
    step: 0,
    metOn: null,
    agreedTarget: undefined,
    monitoring: null,
    target: null,
    ...stageForgets(state),
    ...(until !== undefined && { backUntil: until }),
    reviewed: false,
    askAgainOn: null,
    beside: [],
  }),
  'policy moved': (_, { step }) => ({ step }),
  'stepped back': () => ({}),
  proposed: (state, { proposal }) => ({
    proposals: { ...state.proposals, [proposal.key]: proposal },
    proposed: state.proposed + 1,
    beside:
      proposal.step === null && proposal.rule === undefined && isBeside(proposal)
        ? [...state.beside, proposal.evidence.clause]
        : state.beside,
  }),
  revised: (state, { key, version, attendance, upTo, how, sentence, changed, sessions, since, mayWrite }) =>
    change(state, key, (old) => ({
      ...{
        version,
        sentence,
        changed,
        evidence: { ...withoutHow(old.evidence), attendance, upTo, ...(how !== undefined && { how }) },
      },
      ...(sessions && { action: { what: 'missing marks', sessions } }),
      ...(since && { since: [...(old.since ?? []), ...since] }),
      ...(mayWrite && { mayWrite: [...mayWrite] }),
    })),
  withdrawn: (state, { key, anew }) => ({
    ...without(state, key),
    ...(anew && { beside: state.beside.filter((clause) => clause !== state.proposals[key]?.evidence.clause) }),
  }),
  reopened: (state, { key, why }) =>
    change(state, key, (old) => ({ status: 'open', heldUntil: null, version: old.version + 1, changed: why })),
  reminded: (state, { key }) => change(state, key, () => ({ reminded: true })),
  escalated: (state, { key, role }) => change(state, key, () => ({ alsoRole: role })),
  decided: (state, { key, choice, until, looked, said }, on) => {
    if (choice === 'hold') return change(state, key, () => ({ status: 'held', heldUntil: until }));
    if (choice === 'ask') return change(state, key, () => ({ status: 'asked' }));
    const proposal = state.proposals[key];
    const reviewed = state.reviewed || (proposal?.action.what === 'review' && choice === 'done');
    const step = proposal && ends(proposal, choice) ? state.step + 1 : state.step;
    return {
      ...without(state, key),
      reviewed,
      ...(looked && { looked: [...looked] }),
      step,
      ...(proposal && choice === 'decline' && lookedAt(state, proposal, on)),
      ...(said && proposal && saidSo(state, proposal, on)),
    };
  },
  'letters approved': (state, { key, template, letters, meeting, relied, corrects, monitors }, on) => ({
    ...without(state, key),
    step: isOwnStep(state.proposals[key]) ? state.step + 1 : state.step,
    meeting: meeting ?? state.meeting,
    letters: {
      ...lettersWith(state, corrects?.letters ?? [], (old) => (corrects ? { ...old, corrected: corrects.is } : old)).letters,
      ...Object.fromEntries(
        letters.map(({ letterId, contactId }) => [
          letterId,
          {
            ...{ template, proposal: key, outcome: 'waiting' as const, on },
            ...(relied && { relied, contactId }),
            ...(monitors && { monitors }),
          },
        ]),
      ),
    },
  }),
  'letter outcome': (state, { letterId, outcome }, on) => lettersWith(state, [letterId], (old) => ({ ...old, outcome, on })),
  'question answered': (state, { letterId, how, back, now, said, monitors }) =>
    lettersWith(state, [letterId], (old) => {
      if (how !== 'send') return old;
      // News that it has gone may be heard before the word that let it go.
      const relied = said && now && old.relied ? { relied: { ...old.relied, attendance: now, said } } : {};
      const outcome = old.outcome === 'questioned' ? back : old.outcome;
      const { monitors: named, ...rest } = old;
      const time = monitors === undefined ? named : (monitors ?? undefined);
      return { ...rest, ...(time && { monitors: time }), confirmed: true, ...(now && { now }), ...relied, outcome };
    }),
  'correction failed': (state, { letters, corrected }) =>
    lettersWith(state, letters, ({ corrected: _, ...old }) => ({ ...old, ...(corrected && { corrected }) })),
  'letters overtaken': (state, { letters, is }) => lettersWith(state, letters, (old) => ({ ...old, now: is })),
  'step passed over': ({ step }) => ({ step: step + 1 }),
  'rule met': (state, { rule, of }, on) => ({ rules: { ...state.rules, [rule]: { on: of ?? on, so: true } } }),
  'rule over': (state, { rule }, on) => ({ rules: { ...state.rules, [rule]: { on: state.rules?.[rule]?.on ?? on, so: false } } }),
  'new school year': (_, { year }) => ({ schoolYear: year }),
  'wait over': () => ({ monitoring: null, waited: true }),
  'step put back': (_, { step, askAgainOn, after }, on) => ({
    ...{ step, askAgainOn },
    ...(after !== undefined && { askAgain: { since: on, after } }),
  }),
  called: (state, { key, reached, step }, on) => ({
    ...without(state, key),
    step: state.proposals[key]?.step === null ? state.step : state.step + 1,
    ...(typeof step === 'number' && { lastCall: reached ? 'reached' : 'not reached', calledOn: on }),
  }),
  'meeting recorded': (state, { key, happened, on, target, step }) =>
    step === null
      ? without(state, key)
      : {
          ...without(state, key),
          ...{ step: state.step + 1, metOn: on, agreedTarget: target },
          ...(step !== undefined && { met: happened }),
        },
  'support offered': (state, { offers, on }) => ({
    offers: on === undefined ? [...state.offers, ...offers] : planAfter(state.offers, offers, on),
  }),
  'support noted': (state, { support, response, on }) => ({
    offers: planAfter(state.offers, [{ kind: support, response }], on),
  }),
  'monitoring began': (_, { from, until, judgedOn, target, anew }) => ({
    monitoring: { from, until, judgedOn, target, ...(anew && { anew }) },
  }),
  'target agreed': ({ monitoring }, { target }) => ({ monitoring: monitoring && { ...monitoring, target } }),
  'monitoring ended': () => ({ monitoring: null }),
  'target judged': (state, { met, window, target, how }) => ({
    target: met ? 'met' : 'not met',
    judged: state.monitoring && {
      from: state.monitoring.from,
      until: state.monitoring.until,
      window,
      ...(met && { target }),
      ...(how !== undefined && { how }),
    },
    monitoring: null,
  }),
  'judgement overtaken': ({ judged }, { is }) => ({ judged: judged && { ...judged, now: is } }),
  'marks missing': (_, { sessions }) => ({ missing: sessions }),
  referred: (state, { key, referralId }, on) => ({
    ...without(state, key),
    step: state.proposals[key]?.step === null ? state.step : state.step + 1,
    referral: { id: referralId, on, status: 'made' },
  }),
  'referral outcome': (state, { outcome }) => {
    const status = { accepted: 'accepted', returned: 'returned', ended: 'ended' } as const;
    if (!state.referral || !(outcome.what in status)) return {};
    return { referral: { ...state.referral, status: status[outcome.what as keyof typeof status] } };
  },
  recovering: (_, { since, closesOn }) => ({ recovering: { since, closesOn } }),
  'no longer recovering': () => ({ recovering: null }),
  replanned: (state, { moves }) => replanned(state, moves),
  held: (_, { until }) => ({ heldUntil: until }),
  resumed: () => ({ heldUntil: null }),
  noted: () => ({}),
  closed: ({ rules }, { leftOn, interrupted, unanswered }) => ({
    ...{ status: 'closed', proposals: {}, monitoring: null, heldUntil: null, recovering: null },
    ...(leftOn !== undefined && { leftOn }),
    ...(interrupted && { interrupted }),
    ...(unanswered && { rules: { ...rules, ...notSo(rules, unanswered) } }),
  }),
  'case reopened': ({ leftOn, interrupted }, { goesOn }, on) => ({
    ...{ status: 'open', reopenedOn: on, schoolYear: schoolYearOf(on) },
    ...(leftOn !== undefined && { leftOn: undefined }),
    ...(goesOn && interrupted),
    ...(interrupted && { interrupted: undefined }),
  }),
};

const notSo = (rules: CaseState['rules'], names: readonly string[]): NonNullable<CaseState['rules']> =>
  Object.fromEntries(names.flatMap((name) => (rules?.[name] ? [[name, { on: rules[name].on, so: false }] as const] : [])));

/** What a stage's own rule beside the ladder puts before somebody: remembered by its clause, so that it is asked once a stage. */
const isBeside = ({ action }: Proposal): boolean =>
  ['call', 'meeting', 'task', 'permission', 'referral', 'referral request'].includes(action.what) ||
  (action.what === 'letter' && !action.corrects);

/** Where somebody looked and wants no letter, what asked for one beside the ladder has its answer: it is not asked again at once. */
function lookedAt({ beside, rules }: CaseState, { action, step, rule, evidence }: Proposal, on: Day): Partial<CaseState> {
  if (action.what !== 'review' || step !== null) return {};
  return rule === undefined ? { beside: [...beside, evidence.clause] } : { rules: { ...rules, [rule]: { on, so: true } } };
}

/** Who was asked whether it is so has said yes: that stands, whatever the figures come to, until what it asks for is done. */
function saidSo({ rules }: CaseState, { rule }: Proposal, on: Day): Partial<CaseState> {
  if (rule === undefined) return {};
  return { rules: { ...rules, [rule]: { on, so: true, ...rules?.[rule], said: true } } };
}

/** True of the letter that the step is about, and not of one that should have gone before it. */
const isOwnStep = (proposal: Proposal | undefined): boolean =>
  proposal?.step !== null && !(proposal?.action.what === 'letter' && proposal.action.owed);

/** Whether the step of a proposal is behind the case with this choice. What may not be left is asked again, and not ended. */
function ends({ action, step }: Proposal, choice: Choice): boolean {
  if (step === null) return false;
  return choice === 'decline' ? endsDeclined(action) : action.what === 'task' && choice === 'done';
}

/** What a stage remembers of its own and the next one does not. Older states do not have it. */
const stageForgets = ({ waited, met, lastCall, calledOn, backUntil, looked, askAgain }: CaseState): Partial<CaseState> => ({
  ...(waited && { waited: undefined }),
  ...(looked && { looked: undefined }),
  ...(askAgain && { askAgain: undefined }),
  ...(met && { met: undefined }),
  ...(lastCall && { lastCall: undefined }),
  ...(calledOn && { calledOn: undefined }),
  ...(backUntil !== undefined && { backUntil: undefined }),
});

/** The dates that a case keeps, as they are after moves. */
function replanned(state: CaseState, moves: readonly Move[]): Partial<CaseState> {
  const to: Partial<CaseState> = { proposals: movedProposals(state.proposals, moves) };
  for (const move of moves) {
    if (move.what === 'monitoring' && state.monitoring) to.monitoring = { ...state.monitoring, ...move.is };
    if (move.what === 'closing' && state.recovering) to.recovering = { ...state.recovering, closesOn: move.is };
    if (move.what === 'asked again') to.askAgainOn = move.is;
    if (move.what === 'put back') to.backUntil = move.is;
    if (move.what === 'meeting') to.meetingClosed = move.on;
  }
  return to;
}

const withoutHow = ({ how: _, ...evidence }: Evidence) => evidence;

function change(state: CaseState, key: string, to: (old: Proposal) => Partial<Proposal>): Partial<CaseState> {
  const old = state.proposals[key];
  return old ? { proposals: { ...state.proposals, [key]: { ...old, ...to(old) } } } : {};
}

function lettersWith(
  { letters }: CaseState,
  ids: readonly string[],
  to: (old: CaseLetter) => CaseLetter,
): Pick<CaseState, 'letters'> {
  const changed = ids.flatMap((id) => (letters[id] ? [[id, to(letters[id])] as const] : []));
  return { letters: { ...letters, ...Object.fromEntries(changed) } };
}

function without(state: CaseState, key: string): Pick<CaseState, 'proposals'> {
  const { [key]: _gone, ...proposals } = state.proposals;
  return { proposals };
}
