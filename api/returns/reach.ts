import { z } from 'zod';
import { isDay } from '../../policy/calendar/day.ts';

/** Who makes the returns, and answers for them. */
export const makers = ['sal', 'attendance-officer', 'headteacher', 'admin'] as const;
/** Who reads how a day went: it names no pupil. */
export const summaryReaders = [...makers, 'trust-lead'] as const;

const as = z.enum(['csv', 'irregular']).optional();

export const Month = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is not a month as YYYY-MM')
    .optional()
    .describe('Without it, this month'),
});
export const On = z.object({
  on: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.string().refine(isDay, 'is not a date as YYYY-MM-DD').meta({ format: 'date' }).optional(),
  ),
});
export const MonthSeen = Month.extend({ as });
export const DaySeen = On.extend({ as: z.enum(['csv']).optional() });
