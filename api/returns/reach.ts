import { z } from 'zod';
import { isDay } from '../../policy/calendar/day.ts';
import { formOf } from '../web/form-of.ts';

/** Who makes the returns, and answers for them. */
export const makers = ['sal', 'attendance-officer', 'headteacher', 'admin'] as const;
/** Who reads how a day went: it names no pupil. */
export const summaryReaders = [...makers, 'trust-lead'] as const;

const as = z.enum(['csv', 'irregular']).optional();

const day = z.string().refine(isDay, 'is not a date as YYYY-MM-DD').meta({ format: 'date' });
/** A date field left empty asks for nothing. */
const dayOrNothing = z.preprocess((value) => (value === '' ? undefined : value), day.optional());
const knownOn = dayOrNothing.describe('As the register was known at the end of this day; without it, as it is known now');

export const Month = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is not a month as YYYY-MM')
    .optional()
    .describe('Without it, this month'),
  knownOn,
});
export const On = z.object({ on: dayOrNothing.describe('Without it, today'), knownOn });
export const MonthSeen = Month.extend({ as });
export const DaySeen = On.extend({ as: z.enum(['csv']).optional() });
export const Id = z.object({ id: z.uuid() });
export const MadeSeen = z.object({ as });

const madeAs = {
  seen: z
    .string()
    .min(1, 'Look at the return first')
    .max(40)
    .describe('From the return: it is refused if that says something else by now'),
  knownOn: day.optional().describe('As it was asked for'),
  note: z
    .string()
    .trim()
    .max(500, 'Write at most 500 characters')
    .optional()
    .describe('For example to whom it was sent, and how'),
};

/** A return that somebody has made. */
export const Made = z
  .discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('attendance'), month: Month.shape.month.unwrap(), ...madeAs }),
      z.strictObject({ kind: z.literal('sickness'), on: day, ...madeAs }),
    ],
    'Say which return was made',
  )
  .meta({ id: 'MadeReturn', description: 'Which return was made, and on which figures' });
export type Made = z.infer<typeof Made>;

const typed = z.string().default('');

/** The form below a return. */
export const MadeForm = z
  .object({ decisionKey: z.uuid(), kind: typed, month: typed, on: typed, seen: typed, knownOn: typed, note: typed })
  .transform(({ kind, month, on, seen, knownOn, note }, ctx) => {
    const asked = { kind, seen, note, ...(knownOn === '' ? {} : { knownOn }) };
    return formOf(Made, kind === 'attendance' ? { ...asked, month } : { ...asked, on }, ctx);
  });
