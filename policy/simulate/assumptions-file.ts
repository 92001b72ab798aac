import { z } from 'zod';
import { sourceText } from '../pack/source-text.ts';
import { roles } from '../people/roles.ts';
import { Refusal } from '../refusal.ts';
import { type Assumptions, usual } from './assumptions.ts';

const days = z.int().min(0, 'Write a number of school days, 0 or more').max(60, 'Nobody is assumed to take more than 60 days');
const unknown = (issue: z.core.$ZodRawIssue): string | undefined =>
  issue.code === 'unrecognized_keys'
    ? `Nothing is assumed of ${issue.keys.map((key) => `"${key}"`).join(', ')}: take it out, or write it as docs/examples/assumptions.yaml does`
    : undefined;
const percent = z.int().min(0, 'Write a percentage from 0 to 100').max(100, 'Write a percentage from 0 to 100');
const weeks = (most: number) =>
  z.int().min(1, 'Write a number of school weeks, 1 or more').max(most, `Write at most ${most} school weeks`);
const minutes = z.int().min(0, 'Write minutes, 0 or more').max(1_440, 'Nothing is assumed to take longer than a day');
const hours = z.number().min(0, 'Write hours a week, 0 or more').max(60, 'Nobody is assumed to have more than 60 hours a week');

const AuthoritySaid = z.strictObject(
  {
    ...{
      accepts: percent.exactOptional(),
      contract: percent.exactOptional(),
      'weeks of contract': weeks(38).exactOptional(),
    },
    ...{ signed: percent.exactOptional(), kept: percent.exactOptional(), 'weeks of notice': weeks(6).exactOptional() },
    'attendance wanted': percent.min(1, 'Write a percentage from 1 to 100').exactOptional(),
    ...{ authorised: percent.exactOptional(), paid: percent.exactOptional(), prosecuted: percent.exactOptional() },
    'pays after': z
      .int()
      .min(0, 'Write a number of days, 0 or more')
      .max(27, 'A notice can be paid for 28 days from its arrival: write at most 27')
      .exactOptional(),
  },
  { error: unknown },
);

/** What may be said of people, in the words of docs/examples/assumptions.yaml. What is left out is as usual. */
export const AssumptionsSaid = z.strictObject(
  {
    seed: z
      .int()
      .min(0, 'Write a whole number, 0 or more')
      .max(999_999_999, 'Write a whole number of at most nine digits')
      .optional(),
    'decides after': z.partialRecord(z.enum([...roles, 'everybody else']), days, { error: unknown }).optional(),
    declined: percent.optional(),
    reached: percent.optional(),
    comes: percent.optional(),
    minutes: z
      .partialRecord(z.enum(['call', 'letter', 'meeting', 'task', 'referral', 'contract', 'notice', 'other']), minutes, {
        error: unknown,
      })
      .optional(),
    'hours a week': z.partialRecord(z.enum(roles), hours, { error: unknown }).optional(),
    authority: AuthoritySaid.optional(),
  },
  { error: unknown },
);
export type AssumptionsSaid = z.infer<typeof AssumptionsSaid>;

/** What is assumed if this is said. */
export function assumed(said: AssumptionsSaid): Assumptions {
  const { 'everybody else': otherwise, ...decides } = said['decides after'] ?? {};
  return {
    seed: said.seed ?? usual.seed,
    decidesAfter: { ...usual.decidesAfter, ...decides, otherwise: otherwise ?? usual.decidesAfter.otherwise },
    declined: said.declined ?? usual.declined,
    reached: said.reached ?? usual.reached,
    comes: said.comes ?? usual.comes,
    minutes: { ...usual.minutes, ...said.minutes },
    hoursAWeek: { ...usual.hoursAWeek, ...said['hours a week'] },
    authority: { ...usual.authority, ...said.authority },
  };
}

type AllSaid = { [K in keyof AssumptionsSaid]-?: NonNullable<AssumptionsSaid[K]> };

/** All that is assumed, as a file says it. */
export function saidOf({ decidesAfter, hoursAWeek, ...rest }: Assumptions): AllSaid {
  const { otherwise, ...decides } = decidesAfter;
  return { ...rest, 'decides after': { ...decides, 'everybody else': otherwise }, 'hours a week': hoursAWeek };
}

/**
 * Reads what is assumed of people from its YAML text.
 * @throws Refusal('BadInput') that names the file, the line, the column, the reason and the cure, for each thing that is wrong.
 */
export function readAssumptions(text: string, fileName: string): Assumptions {
  const source = sourceText(text, fileName);
  if (source.broken) {
    const { place, why, cure } = source.broken;
    throw new Refusal('BadInput', `${fileName}:${place.line}:${place.column} ${why}. ${cure}.`);
  }
  const parsed = AssumptionsSaid.safeParse(source.value ?? {}, { reportInput: true });
  if (parsed.success) return assumed(parsed.data);
  const wrong = parsed.error.issues.map(({ path, message }) => {
    const { line, column } = source.placeOf(path);
    return `${fileName}:${line}:${column} ${path.length === 0 ? '' : `(${path.map(String).join(' / ')}) `}${message}.`;
  });
  throw new Refusal('BadInput', [`${fileName} says nothing of people that we can follow:`, ...wrong].join('\n'));
}
