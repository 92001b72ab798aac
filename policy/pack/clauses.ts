import { z } from 'zod';
import { templateIds } from '../letters/templates.ts';
import { percentage } from './amount.ts';
import { cohortNames } from './condition.ts';
import { Example } from './example.ts';
import { source } from './source.ts';
import { Statements } from './statements.ts';

/** A range of attendance with declared ends. A band without an upper end reaches to 100%, one without a lower to 0%. */
export const Band = z.strictObject({
  says: z.string().optional(),
  'at least': percentage.optional(),
  above: percentage.optional(),
  'at most': percentage.optional(),
  below: percentage.optional(),
  days: z
    .strictObject({ from: z.number(), to: z.number().optional() })
    .optional()
    .describe('The days missed in a school year that the policy names beside it. Nothing rests on them.'),
  source: source.optional(),
});
export type Band = z.infer<typeof Band>;

/** What the policy does otherwise for some children. */
export const Cohort = z.strictObject({
  for: cohortNames,
  source,
  'no letters': z
    .union([z.literal(true), z.array(z.enum(templateIds)).min(1)])
    .optional()
    .describe('These letters are passed over for them.'),
  'review by': z.string().optional().describe('Who looks before any letter goes.'),
});
export type Cohort = z.infer<typeof Cohort>;

/** A letter of ours under the name that the policy gives it. */
const Document = z.strictObject({
  called: z.string(),
  source,
  to: z.enum(['each parent who may be written to']).default('each parent who may be written to'),
  by: z
    .array(z.enum(['email', 'post']))
    .min(1)
    .default(['email', 'post'])
    .describe('In the order in which it is tried. Whoever can be reached by none of them gets it as any other letter.'),
});

/** How leave in term time is asked for and decided. */
const Leave = z.strictObject({
  source,
  notice: z.string().optional().describe('How long before: "2 weeks".'),
  'asked by': z.string().optional().describe('Which parent, and when.'),
  form: z.enum(['in writing', 'a form for each parent']).optional(),
  'decided by': z.string(),
  'refused if': z.array(z.string()).default([]).describe('What the policy names as a reason to refuse. A person still decides.'),
  'after the fact': z.enum(['never']).optional(),
  appeal: z.enum(['none', 'to the governors']).optional(),
  'penalty notice': z.string().optional().describe('What the policy says of one. Never automatic.'),
});

export const cadences = ['day', 'week', 'fortnight', 'half-term', 'term', 'year'] as const;

const Review = z.strictObject({
  every: z.enum(cadences),
  says: z.string(),
  by: z.string(),
  for: z.array(z.string()).optional().describe('Who gets to read it.'),
  source,
});

const Reward = z.strictObject({
  every: z.enum(cadences).optional().describe('How often it is looked for. Left out: each half-term.'),
  when: z.string(),
  says: z.string(),
  source,
});

/** What a new school year does to what is open. Years and counts that the law keeps go on whatever a policy says. */
const YearEnd = z.strictObject({
  source,
  'open cases': z
    .union([z.literal('stay where they are'), z.literal('are looked at'), z.strictObject({ 'go to': z.string() })])
    .describe('On the first day of school in September.'),
  'looked at by': z.string().optional(),
});

/** What a holiday does to a time of waiting. School days and school weeks are never counted over one. */
const Waits = z.strictObject({
  'over holidays': z.enum(['are not counted', 'go on']).describe('Of weeks and days that do not say "school".'),
  source,
});

/** Children of one family who have cases at the same time. */
const Siblings = z.strictObject({
  meetings: z.enum(['together', 'each for itself']).describe('Letters are always each child’s own, and each parent’s.'),
  source,
});

/** A clause that speaks to people and sets nothing in motion: where they read it. */
const Advice = z.strictObject({
  source,
  says: z.string(),
  'shown on': z.enum(['policy page', 'case page', 'letters', 'call script']),
});

/** A clause that the law does not leave to a policy: what it says, and what holds instead. */
const Overridden = z.strictObject({ source, says: z.string(), instead: z.string(), law: z.string() });

/** A time of day. */
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day in quotes, for example "09:15"');

const Register = z.strictObject({
  source: source.optional(),
  am: z.strictObject({ opens: clock.optional(), 'late after': clock.optional(), closes: clock.optional() }),
  pm: z.strictObject({ opens: clock.optional(), 'late after': clock.optional(), closes: clock.optional() }).optional(),
});

/** The parts of a pack that stand beside its ladder. All of them may be missing. */
export const clauses = {
  register: Register.optional().describe(
    'When the registers open and close, as the policy says. A school’s calendar holds its own times.',
  ),
  bands: z.record(z.string(), Band).optional(),
  cohorts: z.array(Cohort).default([]),
  documents: z.partialRecord(z.enum(templateIds), Document).optional(),
  leave: Leave.optional(),
  reviews: z.array(Review).default([]),
  rewards: z.array(Reward).default([]),
  'year end': YearEnd.optional(),
  waits: Waits.optional(),
  siblings: Siblings.optional(),
  advice: z.array(Advice).default([]),
  'overridden by law': z.array(Overridden).default([]),
  states: Statements.optional().describe('What the document says that the law is. Nothing rests on it: the linter compares it.'),
  examples: z.array(Example).default([]).describe('Cases that the policy is to treat so: its tests.'),
};
