import { z } from 'zod';
import { isDay } from '../calendar/day.ts';
import { cureFor } from './cures.ts';
import { enclosureIds } from './enclosures.ts';
import { Follows, saidBefore } from './follows.ts';
import { amendable, type TemplateId } from './templates.ts';

const line = z.string().trim().min(1);
const day = z.string().refine(isDay, 'a date as YYYY-MM-DD');
const sessionOf = z.string().regex(/^\d{4}-\d{2}-\d{2} (AM|PM)$/, 'a session as YYYY-MM-DD AM or PM');
const count = z.number().int().nonnegative();

const Shared = z.object({
  ref: line,
  issuedOn: day,
  /** Whose letterhead it bears: the school's, or the authority's on what the authority issues. */
  school: z.object({ name: line, address: z.array(line).min(1), phone: line, email: line }),
  authority: line,
  signatory: z.object({ name: line, role: line }),
  recipient: z
    .object({ name: line, address: z.array(line), language: line, channel: z.enum(['email', 'post']) })
    .refine(({ channel, address }) => channel === 'email' || address.length > 0, {
      path: ['address'],
      message: 'a letter by post needs one',
    }),
  pupil: z.object({ name: line, className: line }),
  figures: z.object({
    from: day,
    asOf: sessionOf,
    attended: count,
    possible: z.number().int().positive(),
    authorised: count,
    unauthorised: count,
  }),
  /** What goes with it. Letters approved before there was anything to enclose do not say. */
  enclosures: z.array(z.enum(enclosureIds)).default([]),
  [amendable.field]: z.string().trim().min(1).max(amendable.most).nullable(),
});

const span = z.object({ from: day, until: day });
const pence = z.number().int().positive();

/** What a penalty notice costs: a lower amount if the law gives one for paying early, and the full one. */
const amounts = z.object({
  discountPence: pence.nullable(),
  discountDays: count.nullable(),
  fullPence: pence,
  fullDays: count,
});

const follows = Follows.default(saidBefore);

const counts = z.object({ attended: count, possible: z.number().int().nonnegative() });

/** What each letter needs beside the shared block (statutory.md section 6). */
export const letterFields = {
  'letter-1': Shared.extend({ support: z.array(line).min(1), follows }),
  /** Null where no time is monitored because of it, or the policy sets no target; the same of an earlier letter, where this family has had none. */
  'letter-2': Shared.extend({
    firstLetterOn: day.nullable(),
    monitoring: span.nullable(),
    targetPercent: line.nullable(),
    follows,
  }),
  'letter-3': Shared.extend({ secondLetterOn: day.nullable(), support: z.array(line).min(1), follows }),
  /** The first day of those in a row on which the child was away and nobody said why; they go up to the last session counted. */
  'unexplained-absence': Shared.extend({ awaySince: day }),
  /** The half-term that has ended last, of this school year. */
  'days-missed': Shared.extend({ halfTerm: span.extend({ attended: count, possible: z.number().int().positive() }) }),
  congratulation: Shared.extend({
    monitored: span,
    /** With what the policy left out of it, where it adjusts: "without 1 Sep 2026 to 11 Sep 2026". */
    window: z.object({ attended: count, possible: z.number().int().positive(), how: line.optional() }),
  }),
  'meeting-invitation': Shared.extend({ meeting: z.object({ on: day, at: z.iso.time() }), secondLetterOn: day.nullable() }),
  'referral-notice': Shared.extend({ referredOn: day, shared: z.array(line).min(1) }),
  'notice-to-improve': Shared.extend({
    pupilsSchool: line,
    monitoring: span,
    targetPercent: line,
    offences: z.array(line).min(1),
    supportSoFar: z.array(line).min(1),
    supportOffered: z.array(line).min(1),
    earlyGrounds: z.array(line).min(1),
    /** Each of the rule set's own; `years` in which a notice counts as the second, if the law sets that. */
    amounts: z.object({ first: amounts, second: amounts, years: count.nullable() }),
    contact: z.object({ name: line, phone: line, email: line }),
  }),
  correction: Shared.extend({
    /** The letter that it puts right: what this reader was told, and of which sessions. */
    first: counts.extend({ ref: line, issuedOn: day, from: day, asOf: sessionOf }),
    right: counts,
    /** True if the first letter would have been sent with the right figures too. */
    stands: z.boolean(),
  }),
} as const satisfies Record<TemplateId, z.ZodType>;

export type FieldsOf<T extends TemplateId> = z.infer<(typeof letterFields)[T]>;
export type SharedFields = z.infer<typeof Shared>;

/** A letter lacks something that it must say. It is stopped, with the field's name, before anybody can send it. */
export class MissingField extends Error {
  override readonly name = 'MissingField';
  readonly template: TemplateId;
  readonly field: string;
  readonly cure: string;

  constructor(template: TemplateId, field: string, why: string) {
    const cure = cureFor(field);
    super(`The letter "${template}" cannot be written: ${field} is missing or wrong (${why}). ${cure}`);
    this.template = template;
    this.field = field;
    this.cure = cure;
  }
}

/**
 * The fields of a letter, complete and checked.
 * @throws MissingField naming the first field that is not right.
 */
export function checkedFields<T extends TemplateId>(template: T, given: unknown): FieldsOf<T> {
  const parsed = letterFields[template].safeParse(given);
  if (parsed.success) return parsed.data as FieldsOf<T>;
  const [issue] = parsed.error.issues;
  throw new MissingField(template, issue?.path.join('.') || 'something', issue?.message ?? 'not given');
}
