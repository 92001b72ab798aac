import { mustComeBack } from '../calendar/hold.ts';
import type { Role } from '../people/roles.ts';
import { Refusal } from '../refusal.ts';
import { begin, beginForConcern } from './begin.ts';
import type { Circumstances } from './circumstances.ts';
import { closeByPerson } from './close.ts';
import type { Choice } from './decision.ts';
import { decideProposal } from './decisions.ts';
import type { CaseEvent } from './event.ts';
import type { By, CaseInput } from './input.ts';
import { comeBack, leave } from './leaving.ts';
import { answerQuestion, letterEnded } from './letter-outcome.ts';
import { movePolicy } from './move-policy.ts';
import { noteSupport } from './note-support.ts';
import { saidOf } from './on-roll.ts';
import { besideStage, openingStage } from './opening.ts';
import { overtaken } from './overtaken.ts';
import { questionLetters } from './question-letters.ts';
import { recordedSince } from './recorded-since.ts';
import { referralOutcome } from './referral-outcome.ts';
import { reopen } from './reopen.ts';
import { replan } from './replan.ts';
import { settle } from './settle.ts';
import { reminders } from './standing.ts';
import type { CaseState } from './state.ts';
import { stepBack } from './step-back.ts';
import { type Telling, telling } from './telling.ts';

/**
 * What follows when a case is told one thing: the events, in order. Pure: the same state, input and circumstances
 * always give the same events.
 * @throws Refusal when a person asked for something that the rules do not allow; then nothing follows.
 */
export const decide = (state: CaseState | null, input: CaseInput, c: Circumstances): CaseEvent[] => tell(state, input, c).events;

/** The same, with the state after those events: for whoever goes on from it at once. */
export function tell(before: CaseState | null, input: CaseInput, c: Circumstances): Pick<Telling, 'events' | 'state'> {
  const t = telling(before, c);
  if (before?.status === 'open') leave(t);
  if (input.kind === 'opened' || input.kind === 'concern') {
    if (before) throw new Error('A case is opened once');
    if (input.kind === 'concern') beginForConcern(t, input.by);
    else begin(t, input.beside ? besideStage(c) : openingStage(c));
  } else if (t.state.status === 'open') hear(t, input);
  else if (input.kind === 'reopen') {
    leads(input.by, 'open a closed case again');
    reopen(t, input.stage);
  } else if (input.kind !== 'on the roll again' || !comeBack(t)) {
    toClosed(t, input);
    return t;
  }
  settle(t);
  return t;
}

/**
 * News that a closed case may still hear is noted; what a person asks of it is refused. Its letters stay facts: where the
 * register is corrected under them, that is noted and a correction put before somebody, who is reminded as in a case that runs.
 */
function toClosed(t: Telling, input: CaseInput): void {
  if (input.kind === 'letter outcome') letterEnded(t, input, t.c.words);
  else if (input.kind === 'letter answered') answerQuestion(t, input);
  else if (input.kind === 'referral outcome') referralOutcome(t, input);
  else if (input.kind === 'decision' && input.proposal in t.state.proposals) decideOnClosed(t, input);
  else if ('by' in input) throw new Refusal('Closed', `${closedSaid(t.state)}. Nothing more can be decided on it`);
  else if (!isNews(input)) return;
  questionLetters(t);
  overtaken(t);
  recordedSince(t);
  reminders(t);
}

/** What the register and the clock say by themselves. */
const isNews = ({ kind }: CaseInput): boolean => kind === 'register changed' || kind === 'on the roll again' || kind === 'day';

const closedSaid = ({ leftOn }: CaseState): string =>
  leftOn === undefined ? 'This case is closed' : `${saidOf(leftOn)}, and the case is closed with that`;

/** What may still be said to a proposal of a closed case: nothing there comes back on another day. */
export const onClosed: readonly Choice[] = ['approve', 'decline'];

function decideOnClosed(t: Telling, input: Extract<CaseInput, { kind: 'decision' }>): void {
  if (!onClosed.includes(input.decision.choice))
    throw new Refusal('NotAllowed', 'The case is closed, so this cannot wait: approve it, or decline it with a reason');
  decideProposal(t, input);
}

function hear(t: Telling, input: Exclude<CaseInput, { kind: 'opened' | 'concern' }>): void {
  switch (input.kind) {
    case 'decision':
      return decideProposal(t, input);
    case 'letter outcome':
      return letterEnded(t, input, t.c.words);
    case 'letter answered':
      if (input.how === 'send') leads(input.by, 'let a letter go without its ground');
      return answerQuestion(t, input);
    case 'referral outcome':
      return referralOutcome(t, input);
    case 'support':
      return noteSupport(t, input);
    case 'note':
      return t.add({ type: 'noted', words: t.c.words });
    case 'hold':
      leads(input.by, 'hold a case');
      mustComeBack(t.c, input.until);
      return t.add({ type: 'held', until: input.until, words: t.c.words });
    case 'resume':
      leads(input.by, 'resume a case');
      return t.add({ type: 'resumed', why: 'A person resumed it' });
    case 'move policy':
      leads(input.by, 'move a case to another version of the policy');
      return movePolicy(t, input.to, input.stage);
    case 'step back':
      leads(input.by, 'put a case back');
      return stepBack(t, input.to);
    case 'close':
      leads(input.by, 'close a case');
      return closeByPerson(t);
    case 'reopen':
      throw new Refusal('Stale', 'This case is open: look at it again');
    case 'calendar changed':
      return replan(t);
    case 'register changed':
    case 'on the roll again':
    case 'day':
      return;
  }
}

/** Holding, putting back, closing and opening again a whole case, and letting a letter go without its ground, are for those who lead on attendance. */
export const leading: readonly Role[] = ['sal', 'headteacher'];

function leads({ role }: By, what: string): void {
  if (!leading.includes(role)) {
    throw new Refusal('Forbidden', `To ${what} is for the senior attendance lead or the headteacher`);
  }
}
