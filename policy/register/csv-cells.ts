import { z } from 'zod';
import { type Day, isDay } from '../calendar/day.ts';

// The message of each check is its cure: it is printed beside the row, the column and the value.

/** A cell of text, put into one Unicode form (NFC) and trimmed before it is looked at. */
export const text = (most: number) =>
  z
    .string()
    .max(most, `Shorten it to ${most} characters`)
    .regex(/^\P{Cc}*$/u, 'Take out the line break or control character')
    .refine((value) => !value.startsWith('='), 'This is a spreadsheet formula: save the file with values instead');

export const filled = (most: number) => text(most).min(1, 'Fill in this cell');

/** A cell that may be empty; then null. */
export const orNull = (most: number) => text(most).transform((value) => value || null);

const british = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/** The cure for a date that is none, with the very date if it can be told. */
function dateCure(value: string): string {
  const [, day = '', month = '', year = ''] = british.exec(value) ?? [];
  const meant = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(meant) ? `Write the date as ${meant}` : 'Write a real date as year-month-day, for example 2026-09-14';
}

export const date = z
  .string()
  .refine(isDay, { error: ({ input }) => dateCure(String(input)) })
  .transform((value): Day => value);

export const dateOrNull = z.union([z.literal('').transform(() => null), date], {
  error: ({ input }) => `${dateCure(String(input))}, or leave the cell empty`,
});

export const yesNo = z.enum(['yes', 'no'], 'Write yes or no').transform((value) => value === 'yes');

/** Several things in one cell, separated by semicolons or written on lines of their own. */
export const list = (most: number) =>
  z
    .string()
    .max(most, `Shorten it to ${most} characters`)
    .transform((value) =>
      value
        .split(/;|\r?\n/)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((parts) => parts.every((part) => /^\P{Cc}*$/u.test(part)), 'Take out the control character');
