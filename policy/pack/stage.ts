import { z } from 'zod';
import { duration, percentage, schoolDays } from './amount.ts';
import { Condition } from './condition.ts';
import { source } from './source.ts';
import { Step } from './step.ts';

/** What is done when something becomes so, beside the ladder and never in its way. */
export const Rule = z
  .strictObject({
    says: z.string().optional().describe('What is to be done and why, as a person reads it.'),
    source,
    when: Condition,
    for: z
      .enum(['every pupil', 'pupils with a case'])
      .default('every pupil')
      .describe('For every pupil it opens a case where there is none.'),
    do: z.union([Step, z.array(Step).min(1)]).transform((steps) => (Array.isArray(steps) ? steps : [steps])),
    again: duration
      .optional()
      .describe('Asked again so long after the last time, while it is still so; not where who was asked first has said yes.'),
  })
  .meta({ id: 'rule', description: 'What is done when something becomes so, beside the ladder and never in its way.' });
export type Rule = z.infer<typeof Rule>;

/** What a rule is remembered by. The rules beside all stages each say something different. */
export const ruleName = ({ says, source }: Rule): string => says ?? source;

const Wait = z.strictObject({
  for: duration,
  from: z
    .enum(['letter sent', 'letter received', 'meeting', 'call', 'stage begun'])
    .describe('What it counts from. A letter is received on the second working day after it left.'),
  'first day': z.enum(['the day after', 'that day']).default('the day after'),
  target: percentage
    .optional()
    .describe('Attendance in that time at which the target is met, unless the meeting agreed another.'),
});

/** A rung of the ladder: what is done, waited for and looked at next. */
export const Stage = z
  .strictObject({
    says: z.string(),
    source,
    'only while': Condition.optional().describe('The ground of its steps. What is proposed is withdrawn when it is gone.'),
    do: z.array(Step).default([]).describe('One after the other, each after a person’s decision.'),
    wait: Wait.optional(),
    alongside: z.array(Rule).default([]).describe('Each once, while the case is in this stage.'),
    'review every': schoolDays.optional(),
    next: z
      .array(
        z.strictObject({
          when: Condition,
          go: z.string(),
          source: source.optional().describe('Where the policy says so, if elsewhere than it says this stage.'),
        }),
      )
      .default([])
      .describe('First match decides. Looked at whenever the register or the calendar moves.'),
  })
  .meta({ id: 'stage', description: 'A rung of the ladder: what is done, waited for and looked at next.' });
export type Stage = z.infer<typeof Stage>;
