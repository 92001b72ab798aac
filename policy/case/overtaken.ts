import { longDay } from '../calendar/day.ts';
import { type Fraction, isSame } from '../register/fraction.ts';
import type { Circumstances } from './circumstances.ts';
import { isOut } from './condition.ts';
import { attendanceUpTo } from './figures.ts';
import { approverOf, groundHolds, sessions } from './ground.ts';
import { judgedNow, lastKnown } from './judged.ts';
import { propose, soon } from './propose.ts';
import type { Corrects } from './relied.ts';
import type { CaseLetter } from './state.ts';
import type { Telling } from './telling.ts';
import { withdraw } from './withdraw.ts';

type Known = CaseLetter & { id: string; relied: NonNullable<CaseLetter['relied']> };

/** Late corrections reach the case with what changed and what had relied on it: the letters that went, and the target that was judged. */
export function overtaken(t: Telling): void {
  overtakenLetters(t);
  overtakenJudgement(t);
}

/** What was decided on a judgement stays; whoever reads the case sees that its figures are others now. */
function overtakenJudgement(t: Telling): void {
  const { judged } = t.state;
  if (!judged) return;
  const is = judgedNow(judged, t.c);
  if (isSame(is, lastKnown(judged))) return;
  t.add({ type: 'judgement overtaken', from: judged.from, until: judged.until, was: judged.window, is });
}

/**
 * A letter that has gone stays a fact. When the register comes to say something else of the sessions it rested on, that is
 * noted, once a change; if it would not have been sent with the right figures, a correction is put before whoever approved it.
 */
function overtakenLetters(t: Telling): void {
  const moved = Object.values(t.state.letters).filter((letter) => isOvertaken(letter, t.c));
  for (const said of new Set(moved.map(saidTogether))) compare(t, lettersThatSay(t, said));
}

/** The register says something else of a letter that went than was known of it until now. */
function isOvertaken(letter: CaseLetter, c: Circumstances): boolean {
  const { relied, now = relied?.attendance } = letter;
  if (!isOut(letter) || !now) return false;
  const is = saidNow(letter, c);
  return is !== null && !isSame(now, is);
}

const saidNow = ({ relied }: Pick<CaseLetter, 'relied'>, c: Circumstances): Fraction | null =>
  relied && relied.upTo !== null ? attendanceUpTo(c, relied.upTo) : null;

/** One decision's letters say the same, but for one that was held and written anew. */
const saidTogether = ({ proposal, relied }: CaseLetter): string =>
  `${proposal} ${relied?.attendance.attended}/${relied?.attendance.possible}`;

/** The letters of one decision that went: each parent's own, resting on the same figures. */
const lettersThatSay = ({ state }: Telling, said: string): Known[] =>
  Object.entries(state.letters).flatMap(([id, letter]): Known[] =>
    saidTogether(letter) === said && isOut(letter) && letter.relied ? [{ ...letter, id, relied: letter.relied }] : [],
  );

function compare(t: Telling, letters: readonly Known[]): void {
  const now = comparedNow(t, letters);
  if (!now) return;
  const { was, is, upTo, stands } = now;
  const news = letters.filter(({ now: known = was }) => !isSame(known, is));
  if (news.length === 0) return;
  t.add({ type: 'letters overtaken', letters: news.map(({ id }) => id), was, is, upTo, stands });
  withdrawn(t, letters, isSame(was, is) ? 'The register says again what the letter said' : 'The register changed again');
  owe(t, letters);
}

/** What these letters said, what the register says now of the same sessions, and whether they would have been sent with that. */
function comparedNow({ state, c }: Telling, [first]: readonly Known[]): Omit<Corrects, 'letters'> | null {
  const upTo = first?.relied.upTo ?? null;
  const is = first ? saidNow(first, c) : null;
  if (!first || upTo === null || is === null) return null;
  const stands = first.template === 'correction' || groundHolds(first, state, c, is);
  return { was: first.relied.attendance, is, upTo, stands };
}

/** Puts a correction of these letters before whoever approved them, to each reader who is owed one. */
function owe(t: Telling, letters: readonly Known[]): void {
  const now = comparedNow(t, letters);
  const owed = now ? letters.filter((letter) => owesCorrection(letter, now.is, now.stands)) : [];
  if (now && owed[0]) offer(t, owed[0], { letters: owed.map(({ id }) => id), ...now });
}

/** A reader who was told wrong figures that mattered is told the right ones, once; one who had a correction, that it changed. */
function owesCorrection({ template, corrected }: Known, is: Fraction, stands: boolean): boolean {
  if (template === 'correction') return false;
  return corrected ? !isSame(corrected, is) : !stands;
}

/**
 * A correction that reached nobody has put nothing right. Whoever was to read it is written to again, unless the register says by
 * now what they know; what was asked about on top of it is asked about anew.
 */
export function correctionFailed(t: Telling, failed: CaseLetter): void {
  const { letters, proposals } = t.state;
  const sameReader = Object.entries(letters).filter(
    ([, { contactId, relied }]) => contactId === failed.contactId && relied?.upTo === failed.relied?.upTo,
  );
  const ids = sameReader.flatMap(([id, { corrected }]) => (corrected && isSaid(failed, corrected) ? [id] : []));
  if (ids.length === 0) return;
  const before = sameReader.map(([, one]) => one).filter((one) => one.template === 'correction' && isOut(one));
  const corrected = before.sort((a, b) => (a.on < b.on ? 1 : -1))[0]?.relied?.attendance ?? null;
  t.add({ type: 'correction failed', letters: ids, corrected });
  const asked = Object.values(proposals).flatMap(({ action }) => ('corrects' in action && action.corrects?.letters) || []);
  const again = asked.some((id) => ids.includes(id)) ? [...ids, ...asked] : ids;
  for (const said of new Set(ids.flatMap((id) => letters[id] ?? []).map(saidTogether))) {
    const told = lettersThatSay(t, said).filter(({ id }) => again.includes(id));
    withdrawn(t, told, 'A correction before it reached nobody');
    owe(t, told);
  }
}

const isSaid = ({ relied }: CaseLetter, figures: Fraction): boolean => relied !== undefined && isSame(relied.attendance, figures);

/** What was to be said of these letters is not said so any more. */
function withdrawn(t: Telling, letters: readonly Known[], why: string): void {
  const ids = letters.map(({ id }) => id);
  for (const { key, action } of Object.values(t.state.proposals)) {
    if (action.what !== 'letter' || !action.corrects?.letters.some((id) => ids.includes(id))) continue;
    withdraw(t, key, why);
  }
}

function offer(t: Telling, letter: Known, corrects: Corrects): void {
  const { was, is, stands } = corrects;
  propose(t, {
    action: { what: 'letter', template: 'correction', enclose: [], corrects },
    ...approverOf(t.c.pack, letter),
    why: `The register was corrected after the letter of ${longDay(letter.on)}. It said ${sessions(was)}, the register now says ${sessions(is)}${stands ? '' : ', and with that it would not have been sent'}`,
    due: soon,
    step: null,
    inFull: true,
  });
}

/** True if a letter of the stage would not have been sent with the figures that the register has now of its sessions. */
export const wasMistaken = ({ state, c }: Telling): boolean =>
  Object.values(state.letters).some(
    (letter) => letter.relied?.stage === state.stage && letter.now && !groundHolds(letter, state, c, letter.now),
  );
