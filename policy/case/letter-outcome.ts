import { putBack } from './decisions.ts';
import { attendanceUpTo } from './figures.ts';
import type { CaseInput, LetterNews } from './input.ts';
import { hasFailed } from './letter-standing.ts';
import { isLetterWait, timeAnew } from './monitoring.ts';
import { correctionFailed } from './overtaken.ts';
import { stageOf } from './stage.ts';
import type { CaseLetter, CaseState } from './state.ts';
import type { Telling } from './telling.ts';
import { withdraw } from './withdraw.ts';

type Ended = Pick<LetterNews, 'letterId' | 'outcome'>;

/**
 * Notes how a letter ended, with what a person wrote of it. If none of a step's letters will reach anybody, and the case is open
 * and still in the stage that sent them, the step is asked about again as soon as the policy says, and what was built on them falls: the
 * steps after it that are proposed, and a monitoring that counts from it. What a later letter rests on is owed before that one.
 */
export function letterEnded(t: Telling, { letterId, outcome }: Ended, words: string | null): void {
  const letter = t.state.letters[letterId];
  if (!letter || letter.outcome === outcome) return;
  t.add({ type: 'letter outcome', letterId, outcome, ...(words !== null && { words }) });
  if (letter.template === 'correction' && hasFailed(outcome)) return correctionFailed(t, letter);
  if (t.state.status === 'closed') return;
  const same = Object.values(t.state.letters).filter(({ proposal }) => proposal === letter.proposal);
  if (!same.every((other) => hasFailed(other.outcome))) return;
  if (!isOfThisStage(letter, t.state) || isBehind(letter, t.state)) return;
  const step = stageOf(t).do.findIndex((one) => 'letter' in one && one.letter.template === letter.template);
  if (step >= 0) fall(t, step, outcome === 'recalled' ? 'The letter was recalled' : 'The letter reached nobody');
}

/** A stage may send what an earlier one has sent, and may be entered again: what came of those letters is nothing to it. */
const isOfThisStage = ({ relied, on }: CaseLetter, { stage, stageSince }: CaseState): boolean =>
  (relied === undefined || relied.stage === stage) && on >= stageSince;

/** A meeting that was held needs no invitation any more. */
const isBehind = ({ template }: CaseLetter, { metOn }: CaseState): boolean => template === 'meeting-invitation' && metOn !== null;

function fall(t: Telling, from: number, why: string): void {
  const { wait } = stageOf(t);
  for (const { key, step, stage } of Object.values(t.state.proposals)) {
    if (step !== null && step > from && stage === t.state.stage) withdraw(t, key, why);
  }
  if (t.state.monitoring && wait && isLetterWait(wait)) t.add({ type: 'monitoring ended', why });
  putBack(t, from, why, t.c.pack.waiting['ask again after a failed letter']);
}

/**
 * Notes what a person said of a letter that was held. What was declined is stopped; what goes goes with figures that this
 * person knew of, written anew if they had changed, so no correction is proposed for them.
 */
export function answerQuestion(t: Telling, input: Extract<CaseInput, { kind: 'letter answered' }>): void {
  const { letterId, how, back, said } = input;
  const letter = t.state.letters[letterId];
  const upTo = letter?.relied?.upTo ?? null;
  const now = how === 'send' && upTo !== null ? attendanceUpTo(t.c, upTo) : null;
  const { monitors = how === 'send' && letter ? timeAnew(letter, t.state, t.c) : undefined } = input;
  const anew = { ...(now && { now }), ...(said && { said }), ...(monitors !== undefined && { monitors }) };
  t.add({ type: 'question answered', letterId, how, back, words: t.c.words, ...anew });
  if (how === 'do not send') letterEnded(t, { letterId, outcome: 'stopped' }, null);
}
