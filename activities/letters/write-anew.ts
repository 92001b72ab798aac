import { attendanceIn } from '../../policy/case/figures.ts';
import { type FiguresMoved, figuresMoved } from '../../policy/case/figures-moved.ts';
import type { PrintedFigures } from '../../policy/case/printed-figures.ts';
import type { FieldsOf, SharedFields } from '../../policy/letters/fields.ts';
import type { TemplateId } from '../../policy/letters/templates.ts';
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

/** A held letter with the figures that the register has now of its sessions, dated today: its row. Nothing else in it changes. */
export async function writtenAnew(db: Db, letter: Held, is: PrintedFigures, now: number) {
  const fields = await fieldsAnew(db, letter, is, now);
  const { enclosures: _, ...forms } = await inTurn(() => formsOf(letter.template as TemplateId, fields));
  return { fields, ...forms };
}

async function fieldsAnew(db: Db, letter: Held, is: PrintedFigures, now: number): Promise<SharedFields> {
  const c = await letterCircumstances(db, letter, now);
  const fields = letter.fields as SharedFields;
  const anew = { ...fields, issuedOn: c.on, figures: { ...fields.figures, ...is } };
  if (letter.template !== 'congratulation') return anew;
  const { from, until } = (fields as FieldsOf<'congratulation'>).monitored;
  return { ...anew, window: attendanceIn(c, from, until) } as SharedFields;
}
