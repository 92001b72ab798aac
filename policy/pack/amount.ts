import { z } from 'zod';
import { type Duration, type Unit, units } from '../calendar/count-on.ts';

const amount = (unit: string) =>
  z
    .string()
    .regex(new RegExp(`^\\d+ ${unit}s?$`), `Write a whole number of ${unit}s, for example "5 ${unit}s"`)
    .transform((text) => Number.parseInt(text, 10));

/** No school year has more school days, and no calendar a day so far off. */
const mostSchoolDays = 200;
const inOneYear = (n: number): boolean => n <= mostSchoolDays;
const tooLong = `At most ${mostSchoolDays} school days: no school year has more`;

/** "0 school days" as 0, where that means "at once". */
export const schoolDaysOrNone = amount('school day')
  .refine(inOneYear, tooLong)
  .meta({
    id: 'school days or none',
    description: `A whole number of school days, up to ${mostSchoolDays}: "5 school days", or "0 school days" for at once.`,
  });
/** "10 school days" as 10. */
export const schoolDays = amount('school day')
  .refine((n) => n > 0, 'Write at least "1 school day"')
  .refine(inOneYear, tooLong)
  .meta({
    id: 'school days',
    description: `A whole number of school days, from 1 to ${mostSchoolDays}: "5 school days".`,
  });
/** "20 sessions" as 20. */
export const sessions = amount('session').describe('A whole number of sessions, of which a school day has two: "20 sessions".');
/** "30 minutes" as 30. */
export const minutes = amount('minute').describe('A whole number of minutes: "30 minutes".');

/** "96%" or "0.5%" as hundredths of a percent (9600, 50): thresholds are compared as integers. */
export const percentage = z
  .string('Write a percentage in quotes and with its sign, for example "96%"; neither 96 nor 0.96 says what it is')
  .regex(/^\d{1,3}(\.\d{1,2})?%$/, 'Write a percentage in quotes and without a space, for example "96%"')
  .transform((text) => Math.round(Number.parseFloat(text) * 100))
  .refine((hundredths) => hundredths <= 10_000, 'A percentage is at most 100%')
  .meta({ id: 'percentage', description: 'A percentage with at most two decimals: "96%". Compared exactly, never rounded.' });

const inWords = units.map((unit) => `"${unit}"`).join(', ');

/** "2 weeks" as { n: 2, unit: 'week' }. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,2} [a-z ]+$/, 'Write how many of what, for example "10 school days"')
  .transform((text, ctx): Duration => {
    const [, n, word = ''] = /^(\d+) (.+)$/.exec(text) ?? [];
    const unit = units.find((one) => one === word || `${one}s` === word);
    const schoolDaysOf: Partial<Record<Unit, number>> = { 'school day': 1, 'school week': 5 };
    if (unit && inOneYear(Number(n) * (schoolDaysOf[unit] ?? 0))) return { n: Number(n), unit };
    ctx.addIssue({ code: 'custom', message: unit ? tooLong : `"${word}" is no unit of time here. Units: ${inWords}` });
    return z.NEVER;
  })
  .meta({
    id: 'duration',
    description: `How long, in one of these units: ${inWords}. Weeks and days run by the calendar unless they say "school".`,
  });

/** When something is to be done: so long after it was proposed, or on the same day by a time of the clock. */
export type Due = Duration | { n: 0; unit: Unit; by: string };

/** "2 school days", "same day", "by 09:30" */
export const due = z
  .string()
  .transform((text, ctx): Due => {
    if (text === 'same day') return { n: 0, unit: 'school day' };
    const clock = /^by ([01]\d|2[0-3]):[0-5]\d$/.exec(text);
    if (clock) return { n: 0, unit: 'school day', by: text.slice(3) };
    const parsed = duration.safeParse(text);
    if (parsed.success) return parsed.data;
    for (const { message } of parsed.error.issues)
      ctx.addIssue({ code: 'custom', message: `${message}; or "same day", or "by 09:30"` });
    return z.NEVER;
  })
  .meta({
    id: 'due',
    description:
      'When it is to be done: so long after it was proposed ("2 school days", "1 hour"), "same day", or "by 09:30" on the day itself. What is due by the hour or the clock is reminded of when its time is up, and whoever stands in is asked an hour later, whatever "waiting" says; hours run on by night and over holidays, and nobody is reminded on a day without school. A practice school has no hours: there both come with the next school day.',
  });
