import { z } from 'zod';
import { dayNames } from '../calendar/day-names.ts';
import { templateIds } from '../letters/templates.ts';
import { type PassingFlag, type PupilFlag, passingFlags, pupilFlags } from '../people/flags.ts';
import { Asked } from '../register/measures/catalogue.ts';
import { Over } from '../register/measures/over.ts';
import { remembered } from '../remembered.ts';
import { duration, percentage, schoolDays } from './amount.ts';

/** The comparisons of a percentage. Each is exact: 95 of 99 sessions is below 96%. */
const sides = {
  below: percentage.optional(),
  'at most': percentage.optional(),
  'at least': percentage.optional(),
  above: percentage.optional(),
};

const Attendance = z
  .strictObject({
    ...sides,
    over: Over.optional().describe('What it is counted over, if not this school year so far: "term", "last 3 school weeks".'),
    'in band': z.string().optional().describe('In a band that "bands" names.'),
    'risen by': percentage.optional().describe('Since the day the stage began.'),
    'fallen by': percentage.optional().describe('Since the day the stage began.'),
    'risen in': schoolDays
      .optional()
      .describe('Higher than so many school days before the newest register, whatever it was when the stage began.'),
    'held for': duration.optional().describe('So on every school day of the last so many, not only today.'),
  })
  .refine((said) => Object.keys(said).some((key) => key !== 'over' && key !== 'held for'), 'Compare it with something')
  .refine(
    (said) => !said['risen in'] || !(said.over || said['held for']),
    '"risen in" is asked of this school year so far, on the day',
  )
  .meta({
    id: 'attendance',
    description: 'Attendance as the policy counts it. A percentage of too few sessions is never so: it says little.',
  });

/** What a measure comes to. Which one it is, and what is asked of it, is said as in the catalogue of measures. */
const Figure = z
  .strictObject({
    of: Asked.describe(
      'A measure of docs/measures.md with what is asked of it: { measure: current-absent-run, codes: unexplained }.',
    ),
    'at least': z.number().optional(),
    'more than': z.number().optional(),
    'at most': z.number().optional(),
    'fewer than': z.number().optional(),
    is: z.enum(['so', 'not so']).optional().describe('For measures that answer a question, or find a pattern or a direction.'),
  })
  .refine((said) => Object.keys(said).length > 1, 'Compare it with something, for example "at least: 3"')
  .meta({ id: 'figure', description: 'A number in the unit of its measure: sessions, minutes, school days; or an answer.' });

/** A day of every year, "01-01" for 1 January. */
const dayOfYear = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'Write a month and a day in quotes, for example "01-01" for 1 January');

const Today = z
  .strictObject({
    is: z.enum(dayNames).optional().describe('A school day that has this place in the calendar.'),
    from: dayOfYear.optional(),
    to: dayOfYear.optional(),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), '"from" and "to" go together')
  .describe('What day it is: a place in the calendar, or a part of the year with both its ends in it.');

/** Flags of pupils, by the names that the school's records have for them. */
export const cohortFlags = z
  .array(z.enum(Object.keys(pupilFlags) as [keyof typeof pupilFlags, ...(keyof typeof pupilFlags)[]]))
  .min(1);

/** The same with what is so of a pupil for a time. */
export const cohortNames = z
  .array(
    z.enum([...Object.keys(pupilFlags), ...Object.keys(passingFlags)] as [
      PupilFlag | PassingFlag,
      ...(PupilFlag | PassingFlag)[],
    ]),
  )
  .min(1)
  .describe(
    'Flags of the school’s records; or what is so for a time: a part-time timetable, an agreed time of settling in (integration), not of compulsory school age, a suspension or exclusion (E) or detention (Y5) in the last ten school days, illness (I) for five school days or more in a row.',
  );

const Pupil = z
  .strictObject({
    'is any of': cohortFlags.optional(),
    'is none of': cohortFlags.optional(),
    'compulsory school age': z.boolean().optional(),
    'year groups': z.array(z.int().min(-2).max(14)).min(1).optional(),
  })
  .describe('What the school knows of the pupil.');

const Parts = z
  .strictObject({
    attendance: Attendance.optional(),
    figure: Figure.optional(),
    'letter sent': z
      .strictObject({ template: z.enum(templateIds), 'at least': duration })
      .optional()
      .describe('The newest letter of this kind left the building at least so long ago.'),
    'in stage': duration.optional().describe('The case has been in its stage for at least so long.'),
    waited: z.literal(true).optional().describe('The time that the stage waits for is over.'),
    target: z.enum(['met', 'not met']).optional().describe('How the time that the stage waited was judged.'),
    meeting: z.enum(['held', 'refused', 'not attended']).optional().describe('What became of this stage’s meeting.'),
    call: z.enum(['reached', 'not reached']).optional().describe('What became of this stage’s last call.'),
    referral: z.enum(['accepted', 'returned', 'ended']).optional().describe('What the authority did with the referral.'),
    'support offered': z
      .strictObject({ 'at least': z.int().min(1), accepted: z.boolean().optional() })
      .optional()
      .describe('So many kinds of support are in the plan, whatever came of them or accepted.'),
    marks: z.enum(['complete', 'missing']).optional().describe('Whether sessions without a mark are known up to yesterday.'),
    pupil: Pupil.optional(),
    today: Today.optional(),
    get all() {
      return z.array(Parts).min(1).optional().describe('All of these as well.');
    },
    get any() {
      return z.array(Parts).min(1).optional().describe('At least one of these.');
    },
    get not() {
      return Parts.optional().describe('This must not be so.');
    },
  })
  .meta({ id: 'inner condition', description: 'The same, within another.' });

/** What has to be true, all of it together. */
export const Condition = Parts.refine((said) => Object.keys(said).length > 0, 'Say what has to be true').meta({
  id: 'condition',
  description: 'What has to be true, all of it together.',
});

export type Condition = z.infer<typeof Condition>;

/** A condition and every one within it. */
export const conditionsIn: (when: Condition) => readonly Condition[] = remembered((when: Condition) => {
  const inner = [...(when.all ?? []), ...(when.any ?? []), ...(when.not ? [when.not] : [])];
  return [when, ...inner.flatMap((one) => conditionsIn(one))];
});
