import { z } from 'zod';
import type { Day } from '../calendar/day.ts';
import { isPupilFlag, pupilFlags } from '../people/flags.ts';
import { yearGroup } from '../people/year-group.ts';
import { Refusal } from '../refusal.ts';
import { codeOn, isMissing, lateCodes } from './codes.ts';
import { date, dateOrNull, filled, list, orNull, text, yesNo } from './csv-cells.ts';
import { wrongUpn } from './upn.ts';

const number = filled(40);

const upn = z.string().superRefine((value, ctx) => {
  const wrong = wrongUpn(value);
  if (wrong) ctx.addIssue({ code: 'custom', message: wrong });
});

const flags = list(400).refine((all) => all.every(isPupilFlag), {
  error: `Use only these flags: ${Object.keys(pupilFlags).join('; ')}`,
});

const language = z
  .string()
  .transform((value) => value || 'en')
  .refine(
    (value) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value),
    'Write the language as its short code, for example pl or en-GB',
  );

const email = orNull(254).refine(
  (value) => value === null || z.email().safeParse(value).success,
  'Write one e-mail address, for example name@example.com, or leave the cell empty',
);

const dual = z
  .enum(['main', 'subsidiary', ''], 'Write main or subsidiary, or leave the cell empty')
  .transform((of) => of || null);

/** One row of the pupils file. A column that is left out says nothing: what is known stays. Without it leavers would be back, and flags gone. */
const pupils = z
  .object({
    admission_no: number,
    upn,
    legal_name: filled(120),
    chosen_name: text(120).optional(),
    date_of_birth: date,
    year_group: yearGroup,
    class: filled(20),
    on_roll_from: date,
    on_roll_to: dateOrNull.optional(),
    flags: flags.optional(),
    dual_registration: dual.optional(),
    other_school: orNull(120).optional(),
    home_authority: orNull(120).optional(),
    part_time_from: dateOrNull.optional(),
    part_time_until: dateOrNull.optional(),
    part_time_review: dateOrNull.optional(),
    integration_from: dateOrNull.optional(),
    integration_until: dateOrNull.optional(),
  })
  .superRefine((row, ctx) => {
    const wrong = (column: string, message: string) => ctx.addIssue({ code: 'custom', path: [column], message });
    if (row.on_roll_to && row.on_roll_to < row.on_roll_from)
      wrong('on_roll_to', 'It is before on_roll_from: mend one of the two');
    if (row.date_of_birth >= row.on_roll_from) wrong('date_of_birth', 'It is after on_roll_from: mend one of the two');
    if (row.other_school && !row.dual_registration)
      wrong('dual_registration', 'Write main or subsidiary: what this school is to the pupil beside the other one');
    if (row.part_time_review && !row.part_time_from)
      wrong('part_time_from', 'Write the first day of the agreement whose review this is');
    for (const what of ['part_time', 'integration'] as const) {
      const found = wrongSpan(row[`${what}_from`] ?? null, row[`${what}_until`] ?? null, what);
      if (found) wrong(...found);
    }
  });

/** A time at part of the timetable, or of settling in, is agreed from a day until a day (SI 2024/208 reg 11(6) for the first). */
function wrongSpan(from: Day | null, until: Day | null, what: string): [column: string, cure: string] | null {
  if (from && !until) return [`${what}_until`, 'Write the last day: this is for a time only'];
  if (until && !from) return [`${what}_from`, 'Write the first day'];
  if (from && until && until < from) return [`${what}_until`, `It is before ${what}_from: mend one of the two`];
  return null;
}

/** An empty cell says nothing of the address, and neither does a column that is not there. */
const addressSafe = z
  .enum(['yes', 'no', ''], 'Write yes or no, or leave the cell empty')
  .transform((value) => (value === '' ? undefined : value === 'yes'));

const channel = z.enum(['email', 'post', ''], 'Write email or post, or leave the cell empty').transform((value) => value || null);

/** What may be sent. Where nobody says, it is left open: see import-contacts.ts. */
const permission = z.enum(['full', 'letters-only', 'none'], 'Write full, letters-only or none');

/**
 * One row of the contacts file: one person and one child. A column that is left out says nothing: what is known stays, so that
 * an export without e-mail addresses or court orders takes none of them away.
 */
const contacts = z
  .object({
    contact_no: orNull(40).optional(),
    admission_no: number,
    title: orNull(30).optional(),
    full_name: filled(120),
    relationship: filled(60),
    parental_responsibility: yesNo,
    lives_with: yesNo,
    permission: permission.optional(),
    priority: z
      .string()
      .regex(/^[1-9]\d?$/, 'Write a number from 1 to 99')
      .transform(Number),
    email: email.optional(),
    phone: orNull(40).optional(),
    address: list(400).optional(),
    postcode: orNull(12).optional(),
    language: language.optional(),
    restriction: orNull(200).optional(),
    restriction_from: dateOrNull.optional(),
    restriction_until: dateOrNull.optional(),
    restriction_document: orNull(200).optional(),
    restriction_read_by: orNull(120).optional(),
    restriction_reviewer: orNull(120).optional(),
    restriction_review: dateOrNull.optional(),
    address_safe: addressSafe.optional(),
    channel: channel.optional(),
  })
  .superRefine((row, ctx) => {
    const { restriction, restriction_from: from, restriction_until: until } = row;
    const { restriction_reviewer: reviewer, restriction_review: review } = row;
    const rest = [from, until, row.restriction_document, row.restriction_read_by, reviewer, review];
    if (!restriction && rest.some((cell) => cell))
      ctx.addIssue({ code: 'custom', path: ['restriction'], message: 'Say what the restriction is, or empty its other columns' });
    if (from && until && until < from)
      ctx.addIssue({
        code: 'custom',
        path: ['restriction_until'],
        message: 'It is before restriction_from: mend one of the two',
      });
  });

const session = z
  .string()
  .toUpperCase()
  .pipe(z.enum(['AM', 'PM'], 'Write AM or PM'));

/** The longest that a session can be waited for: who comes later was not late for it. */
export const mostMinutesLate = 480;

/** Systems print 0, or nothing, beside who was not late. */
const minutesLate = z
  .string()
  .regex(/^\d{0,3}$/, 'Write whole minutes, for example 15, or leave the cell empty')
  .transform(Number)
  .refine((minutes) => minutes <= mostMinutesLate, `Write at most ${mostMinutesLate} minutes`);

/** One row of the marks file: one pupil and one session. A missing mark is '-', and 0 minutes late are not known. */
const marks = z
  .object({
    admission_no: number,
    date,
    session,
    code: z.string().transform((code) => (isMissing(code) ? '-' : code)),
    minutes_late: minutesLate.optional(),
    reason: orNull(300).default(null),
  })
  .superRefine(({ code, date: on, minutes_late: minutes }, ctx) => {
    if (minutes && !lateCodes.has(code))
      ctx.addIssue({
        code: 'custom',
        path: ['minutes_late'],
        message: 'Only L and U have minutes: empty this cell, or mend the code',
      });
    const wrong = isMissing(code) ? null : wrongCode(code, on);
    if (wrong !== null) ctx.addIssue({ code: 'custom', path: ['code'], message: wrong });
  });

function wrongCode(code: string, on: string): string | null {
  try {
    codeOn(code, on);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

export type PupilRow = z.infer<typeof pupils>;
export type ContactRow = z.infer<typeof contacts>;
export type MarkRow = z.infer<typeof marks>;

/** What may be imported, and the form of a row of each. docs/import-forms.md is the same in words. */
export const csvForms = { pupils, contacts, marks } as const;
export type ImportKind = keyof typeof csvForms;
export const importKinds = Object.keys(csvForms) as ImportKind[];

/** The columns of a form in their order, and which of them a file may leave out: what it does not say stays as it is known. */
export const columnsOf = (kind: ImportKind): { all: string[]; optional: string[] } => ({
  all: Object.keys(csvForms[kind].shape),
  optional: Object.entries(csvForms[kind].shape).flatMap(([column, { type }]) => (omissible.has(type) ? [column] : [])),
});

const omissible: ReadonlySet<string> = new Set(['optional', 'default']);

/** How many of the columns that a form cannot do without a row of cells names, and how many there are. */
export function likenessTo(kind: ImportKind, cells: readonly string[]): { named: number; of: number } {
  const { all, optional } = columnsOf(kind);
  const needed = new Set(all.filter((column) => !optional.includes(column)));
  const named = new Set(cells.map((cell) => cell.trim().toLowerCase()).filter((cell) => needed.has(cell)));
  return { named: named.size, of: needed.size };
}

/** True of a row that names more than half of them: it is the heading of our own form, whatever else is wrong with it. */
export function isHeadingOf(kind: ImportKind, cells: readonly string[]): boolean {
  const { named, of } = likenessTo(kind, cells);
  return named * 2 > of;
}
