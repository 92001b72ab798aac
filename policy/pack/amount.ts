import { z } from 'zod';

const amount = (unit: string) =>
  z
    .string()
    .regex(new RegExp(`^\\d+ ${unit}s?$`), `Write a whole number of ${unit}s, for example "5 ${unit}s"`)
    .transform((text) => Number.parseInt(text, 10));

/** "10 school days" as 10. */
export const schoolDays = amount('school day');
/** "20 sessions" as 20. */
export const sessions = amount('session');
/** "30 minutes" as 30. */
export const minutes = amount('minute');

/** "96%" or "0.5%" as hundredths of a percent (9600, 50): thresholds are compared as integers. */
export const percentage = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?%$/, 'Write a percentage in quotes, for example "96%"')
  .transform((text) => Math.round(Number.parseFloat(text) * 100))
  .refine((hundredths) => hundredths <= 10_000, 'A percentage is at most 100%');
