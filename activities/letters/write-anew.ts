import type { Day } from '../../policy/calendar/day.ts';
import { adjustedHow } from '../../policy/case/attendance-said.ts';
import { awaySince, lastHalfTerm } from '../../policy/case/counted-in-letters.ts';
import { attendanceIn } from '../../policy/case/figures.ts';
import { type FiguresMoved, figuresMoved } from '../../policy/case/figures-moved.ts';
import { timeAnew } from '../../policy/case/monitoring.ts';
import type { MonitoringDates } from '../../policy/case/move.ts';
import type { PrintedFigures } from '../../policy/case/printed-figures.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { FieldsOf, SharedFields } from '../../policy/letters/fields.ts';
import type { TemplateId } from '../../policy/letters/templates.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { Db } from '../../prisma/client.ts';
import type { LetterRow } from '../../prisma/letters.ts';
import { formsOf } from './forms.ts';
import { inTurn } from './in-turn.ts';
import { letterCircumstances } from './may-stand.ts';

type Held = Omit<LetterRow, 'attempts'>;

/** How the register has moved under what a letter of a case says; null if it has not. */
export async function movedUnder(db: Db, letter: Held, now: number): Promise<FiguresMoved | null> {
  if (letter.matterId !== letter.caseId) return null;
  const { figures } = letter.fields as SharedFields;
  return figuresMoved(figures, figures.asOf, await letterCircumstances(db, letter, now));
}

/**
 * The time of monitoring that a held letter is to tell of, if it goes today; undefined if what it says may stand.
 * @throws CalendarEnds if the next terms are not known.
 */
export async function timeMovedUnder(db: Db, letter: Held, now: number): Promise<MonitoringDates | null | undefined> {
  if (letter.matterId !== letter.caseId || letter.case.events === 0) return undefined;
  const state = letter.case.state as CaseState;
  const known = state.letters[letter.id];
  return known && timeAnew(known, state, await letterCircumstances(db, letter, now));
}

type Anew = { is: PrintedFigures | null; monitors: MonitoringDates | null | undefined };

/** A held letter with what the register has now of its sessions, or a time that is still to come, dated today: its row. Nothing else in it changes. */
export async function writtenAnew(db: Db, letter: Held, anew: Anew, now: number) {
  const fields = await fieldsAnew(db, letter, anew, now);
  const { enclosures: _, ...forms } = await inTurn(() => formsOf(letter.template as TemplateId, fields));
  return { fields, ...forms };
}

async function fieldsAnew(db: Db, letter: Held, { is, monitors }: Anew, now: number): Promise<SharedFields> {
  const c = await letterCircumstances(db, letter, now);
  const fields = letter.fields as SharedFields;
  const anew = { ...fields, issuedOn: c.on, figures: { ...fields.figures, ...is }, ...timeSaid(monitors) };
  if (letter.template === 'unexplained-absence') return { ...anew, awaySince: stillAway(awaySince(c)) } as SharedFields;
  if (letter.template === 'days-missed')
    return { ...anew, halfTerm: lastHalfTerm({ ...c, on: fields.issuedOn }) } as SharedFields;
  if (letter.template !== 'congratulation') return anew;
  const { from, until } = (fields as FieldsOf<'congratulation'>).monitored;
  const how = adjustedHow(c);
  return { ...anew, window: { ...attendanceIn(c, from, until), ...(how !== null && { how }) } } as SharedFields;
}

function stillAway(since: Day | undefined): Day {
  if (since !== undefined) return since;
  throw new Refusal(
    'NotAllowed',
    'By now the child is back, or there is a reason: this letter is not right any more. Do not send it',
  );
}

function timeSaid(monitors: Anew['monitors']): object {
  if (monitors === undefined) return {};
  return monitors ? { monitoring: { from: monitors.from, until: monitors.until } } : { monitoring: null, targetPercent: null };
}
