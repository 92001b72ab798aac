import { longDay } from '../calendar/day.ts';
import type { Pack } from '../pack/pack.ts';
import type { Stage } from '../pack/stage.ts';
import { decider } from '../pack/step.ts';
import { type Fraction, isSame, shown } from '../register/fraction.ts';
import { attendanceNowSaid } from './attendance-said.ts';
import type { Circumstances } from './circumstances.ts';
import { holds } from './condition.ts';
import { delicateSince } from './delicate.ts';
import { attendanceOn, attendanceUpTo } from './figures.ts';
import { movedSaid } from './figures-moved.ts';
import { namesPastTime } from './monitoring.ts';
import { leftSaid } from './on-roll.ts';
import type { PrintedFigures } from './printed-figures.ts';
import type { CaseLetter, CaseState } from './state.ts';

/**
 * Why a letter that has not left has nothing to stand on any more, as a person reads it; null if it has. What its stage asks
 * ("only while") is looked at with the marks as they are now, of a pupil who is on the roll; a correction stands on the register
 * saying what it says.
 */
export function groundGone(letter: CaseLetter, state: CaseState, c: Circumstances): string | null {
  if (letter.template === 'correction') return saysOtherwise(letter, c);
  const known = leftSaid(c) ?? delicateSince(letter, c);
  if (known !== null) return known;
  const attendance = attendanceOn(c, c.on);
  if (groundHolds(letter, state, c, attendance)) return null;
  const then = letter.relied ? `; the letter was approved at ${shown(letter.relied.attendance)}` : '';
  return `${attendanceNowSaid(attendance, c)} (${sessions(attendance)})${then}`;
}

/**
 * Why a letter that has not left is held until a person has said whether it goes; null if nothing keeps it. A ground that a
 * person did without is not asked about again; figures that would be wrong are, whoever has approved them.
 */
export function whyHeld(letter: CaseLetter, state: CaseState, c: Circumstances, says: Saying = sayingOf(letter)): string | null {
  const gone = says.confirmed ? null : groundGone(letter, state, c);
  if (gone !== null) return gone;
  // A correction says other figures than those that every letter bears: its ground is that they are right.
  const { figures, asOf } = letter.template === 'correction' ? nothing : says;
  return (figures && asOf !== null ? movedSaid(figures, asOf, c) : null) ?? timeGone(letter, state, c);
}

/** What a letter prints, up to which session, and whether a person said that it goes: as its case knows it, or as it is written. */
export type Saying = { confirmed: boolean; figures: PrintedFigures | null; asOf: string | null };

const nothing = { figures: null, asOf: null };

const sayingOf = ({ confirmed, relied }: CaseLetter): Saying => ({
  ...{ confirmed: confirmed === true, figures: relied?.said ?? null, asOf: relied?.upTo ?? null },
});

function timeGone(letter: CaseLetter, state: CaseState, c: Circumstances): string | null {
  if (!letter.monitors || !namesPastTime(letter, state, c)) return null;
  return `It says that attendance is monitored from ${longDay(letter.monitors.from)}, and that day is past: if it goes, it is written anew with a time that is still to come`;
}

/** Whether a letter of this stage would be sent at this attendance. A stage without a ground of its own asks for none. */
export function groundHolds(letter: CaseLetter, state: CaseState, c: Circumstances, attendance: Fraction): boolean {
  const ground = stageSending(c.pack, letter)?.['only while'];
  return !ground || holds(ground, { ...state, attendance }, c);
}

function saysOtherwise({ relied }: CaseLetter, c: Circumstances): string | null {
  if (!relied || relied.upTo === null) return null;
  const now = attendanceUpTo(c, relied.upTo);
  if (now === null || isSame(now, relied.attendance)) return null;
  return `The register changed again: it now says ${sessions(now)}; the letter says ${sessions(relied.attendance)}`;
}

/** "34 of 36 sessions" */
export const sessions = ({ attended, possible }: Fraction): string => `${attended} of ${possible} sessions`;

/** The stage that sends the letter: the one it was approved in, or for older letters the first whose step it is. */
function stageSending({ stages }: Pack, { relied, template }: CaseLetter): Stage | undefined {
  return relied ? stages[relied.stage] : Object.values(stages).find((stage) => stepOf(stage, template));
}

const stepOf = (stage: Stage, template: string) => stage.do.find((step) => 'letter' in step && step.letter.template === template);

/** The pack's name of the person who approved such a letter, and the clause it is sent under. */
export function approverOf(pack: Pack, letter: CaseLetter): { person: string; clause: string } {
  const stage = stageSending(pack, letter);
  const step = stage && stepOf(stage, letter.template);
  const leads = Object.entries(pack.people).find(([, { role }]) => role === 'sal') ?? Object.entries(pack.people)[0];
  if (!leads) throw new Error(`The pack ${pack.pack} names nobody`);
  return { person: step ? decider(step) : leads[0], clause: stage?.source ?? pack.source };
}
