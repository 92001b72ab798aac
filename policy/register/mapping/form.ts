import { z } from 'zod';
import { date, dateOrNull, yesNo } from '../csv-cells.ts';
import { columnsOf, csvForms, type ImportKind } from '../csv-forms.ts';

const shapeOf = (kind: ImportKind): Record<string, z.ZodType> => csvForms[kind].shape;

/** The part of a form's cell that says what it is, without what makes it optional. */
function bare(cell: z.ZodType | undefined): z.ZodType | undefined {
  return cell instanceof z.ZodDefault || cell instanceof z.ZodOptional ? bare(cell.unwrap() as z.ZodType) : cell;
}

export const isDateField = (kind: ImportKind, field: string): boolean => {
  const cell = bare(shapeOf(kind)[field]);
  return cell === date || cell === dateOrNull;
};

export const isYesNoField = (kind: ImportKind, field: string): boolean => bare(shapeOf(kind)[field]) === yesNo;

/** The columns that a form cannot do without: they may not be left out, and an empty cell in them is refused. */
export function neededFields(kind: ImportKind): string[] {
  const { all, optional } = columnsOf(kind);
  return all.filter((field) => !optional.includes(field) && !shapeOf(kind)[field]?.safeParse('').success);
}
