import { z } from 'zod';
import { percentage, schoolDays } from './amount.ts';

const Attendance = z
  .strictObject({
    below: percentage,
    'at most': percentage,
    'at least': percentage,
    'risen by': percentage,
    'fallen by': percentage,
  })
  .partial()
  .describe('Year-to-date attendance now; "risen by" and "fallen by" compare it with the day the stage began.');

/** What has to be true, all of it together. */
export const Condition = z
  .strictObject({
    attendance: Attendance,
    'letter sent': z.strictObject({ template: z.string(), 'at least': schoolDays }),
    'in stage': schoolDays,
    target: z.enum(['met', 'not met']),
    referral: z.enum(['accepted', 'ended']),
  })
  .partial()
  .refine((condition) => Object.keys(condition).length > 0, 'Say what has to be true');

export type Condition = z.infer<typeof Condition>;
