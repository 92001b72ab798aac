import { z } from 'zod';
import { roles } from '../people/roles.ts';
import { due, minutes, schoolDays, schoolDaysOrNone, sessions } from './amount.ts';
import { clauses } from './clauses.ts';
import { Condition, cohortNames } from './condition.ts';
import { openable } from './joins.ts';
import { Setting } from './settings.ts';
import { source } from './source.ts';
import { Rule, Stage } from './stage.ts';

const Person = z
  .strictObject({ role: z.enum(roles), 'stands in': z.string().describe('Who is asked when this person does not answer.') })
  .describe('A role of the policy, by the policy’s own name for it.');

/** The words of a pack, in the order in which they are best read. */
export const packWords = z.strictObject({
  pack: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'Use lower-case letters, digits and hyphens')
    .max(60),
  title: z.string(),
  'in force': z
    .strictObject({ from: z.iso.date(), to: z.iso.date().optional() })
    .refine(({ from, to }) => to === undefined || from <= to, { path: ['to'], message: 'It ends before it begins' }),
  source: z.string(),
  extends: z
    .string()
    .optional()
    .describe(
      'The id of the trust’s policy that this one of a school extends. What is said here stands instead of it or besides.',
    ),
  settings: z
    .record(z.string(), Setting)
    .default({})
    .describe('Values with a name. A school’s own policy gives one its value: early outreach: "96%".'),
  'schools may write': z
    .array(z.enum(openable))
    .default([])
    .describe(
      'The parts that a school of the trust may write itself. Everything else is the trust’s, and all of it under the law.',
    ),
  people: z.record(z.string(), Person),
  figures: z.strictObject({
    'at least': sessions.describe('Before this many possible sessions a percentage says little, and no condition on it is so.'),
    attendance: z
      .enum(['as marked', 'adjusted'])
      .default('as marked')
      .describe(
        '"adjusted" leaves out sessions of an agreed integration period or part-time timetable. What is reported never is.',
      ),
    source: source.optional(),
  }),
  letters: z.strictObject({ 'recall window': minutes, 'no two within': schoolDaysOrNone, source: source.optional() }),
  waiting: z.strictObject({
    'remind after': schoolDays,
    'escalate after': schoolDays,
    'ask again after': schoolDays,
    /** When no letter of a step reached anybody. Where a policy is silent, as after a step that was declined. */
    'ask again after a failed letter': schoolDaysOrNone.optional(),
    source: source.optional(),
  }),
  /** An N whose reason nobody found in time has to be an O (SI 2024/208 reg 10): who makes it one is the school's to say. */
  'unexplained absences': z
    .strictObject({
      'become O': z.enum(['by a person', 'by itself']),
      source: source.optional(),
      contact: z
        .strictObject({
          source,
          by: z.string(),
          due: due.describe('On each day of absence that nobody has explained.'),
          'and then': z.array(z.string()).default([]).describe('What follows while nobody answers, in order. A person decides.'),
        })
        .optional()
        .describe(
          'Who speaks to the family of a pupil who is absent without a reason. It opens no case: it is the office’s list.',
        ),
    })
    .optional(),
  opens: z
    .array(z.strictObject({ when: Condition, stage: z.string(), source: source.optional() }))
    .min(1)
    .describe('What makes a case, and where it begins. First match decides.'),
  stages: z
    .record(z.string(), Stage)
    .refine((stages) => Object.keys(stages).length <= 100, 'A ladder of more than 100 stages is none that anybody climbs')
    .describe('The rungs of the ladder, in order.'),
  alongside: z
    .array(Rule)
    .default([])
    .describe(
      'For every pupil, at every stage, never blocked by it: also while a case is held. "Last 3 school days" are here the last that have marks.',
    ),
  'alongside opens': z
    .string()
    .optional()
    .describe('The stage in which a case begins for a pupil for whom only such a rule is so.'),
  'concern opens': z
    .string()
    .optional()
    .describe(
      'The stage in which a case begins that somebody at the school opens for a concern, whatever the figures say. Without it nobody can: the other stages rest on figures.',
    ),
  closes: z.strictObject({
    when: Condition,
    'held for': schoolDays,
    'not in': z.array(z.string()).default([]),
    says: z.string(),
    source: source.optional(),
  }),
  softens: z.strictObject({ for: cohortNames, 'review by': z.string(), source: source.optional() }).optional(),
  ...clauses,
});
