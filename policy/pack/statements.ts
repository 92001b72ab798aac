import { z } from 'zod';
import { duration, percentage } from './amount.ts';
import { source } from './source.ts';

const text = z.string();

const Notice = z
  .strictObject({
    source,
    test: z
      .union([
        z.strictObject({ sessions: z.int(), 'school weeks': z.int() }),
        z.strictObject({ attendance: z.strictObject({ below: percentage }) }),
      ])
      .optional()
      .describe('At what a notice may be asked for.'),
    codes: z.array(text).optional().describe('The codes whose sessions are counted.'),
    first: z
      .array(z.strictObject({ pounds: z.int(), days: z.int() }))
      .optional()
      .describe('What the first one costs, by when it is paid.'),
    second: z.array(z.strictObject({ pounds: z.int(), days: z.int() })).optional(),
    third: z.enum(['prosecuted', 'considered']).optional().describe('What follows instead of a third in three years.'),
    issued: z.enum(['always', 'considered']).optional().describe('Whether one follows by itself when its test is met.'),
    'notice to improve': z
      .strictObject({ 'school weeks': z.strictObject({ 'at least': z.int(), 'at most': z.int() }) })
      .optional(),
  })
  .describe('Penalty notices.');

/**
 * What the document says that the law is. Nothing rests on any of it: the law is kept apart, dated, and no policy changes it.
 * The linter compares the two, so that a school can mend its document.
 */
export const Statements = z
  .strictObject({
    cites: z
      .array(z.strictObject({ title: text, for: text.optional(), source }))
      .optional()
      .describe('Regulations that the document names as in force.'),
    codes: z
      .strictObject({ source, list: z.array(text).min(1) })
      .optional()
      .describe('The attendance codes it lists.'),
    'unexplained absence': z.strictObject({ source, 'settled in': duration.optional(), becomes: text.optional() }).optional(),
    register: z
      .strictObject({
        source,
        'U after': text.optional().describe('The time of day after which an arrival is said to be a U.'),
        'late and U after': text.optional().describe('A time after which an arrival is called both late and a U.'),
      })
      .optional(),
    'penalty notice': Notice.optional(),
    'fine for': z
      .strictObject({ source, offences: z.array(z.enum(['444(1)', '444(1A)'])).min(1) })
      .optional()
      .describe('The offences under the Education Act 1996 whose greatest fine it names.'),
    'sickness return': z.strictObject({ source, 'at least': duration.optional(), 'more than': duration.optional() }).optional(),
    'irregular attendance': z.strictObject({ source, 'told every': z.enum(['month', 'half-term', 'term']) }).optional(),
    'persistent absence': z.strictObject({ source, 'at most': percentage.optional(), below: percentage.optional() }).optional(),
  })
  .meta({
    id: 'statements',
    description: 'What the document says that the law is. Nothing rests on it: the linter compares the two.',
  });
export type Statements = z.infer<typeof Statements>;
