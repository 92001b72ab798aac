import { z } from 'zod';
import { codeTable } from '../register/codes.ts';
import { cohortFlags } from './condition.ts';

const day = z.iso.date('Write a real date in quotes, for example "2026-09-14"');

const when = /^\d{4}-\d{2}-\d{2}( (AM|PM)| to \d{4}-\d{2}-\d{2})?$/;
const code = z
  .string('Write a code in quotes: YAML reads N and no as an answer')
  .refine((text) => text === 'none' || codeTable.some((one) => one.code === text), 'Use a code of the national table, or "none"');

/** Sessions by their days, each with its code: "2026-09-14": "O", "2026-09-15 AM": "I", "2026-09-21 to 2026-10-02": "N". */
const Sessions = z.record(
  z.string().regex(when, 'Write a day, half a day or some days: "2026-09-14", "2026-09-14 AM", "2026-09-14 to 2026-09-18"'),
  code,
);

const about = z.string().describe('What is asked: a template, a script, a kind of task, "meeting" or "referral".');

const Answer = z.strictObject({
  to: about,
  from: day.optional().describe('From this day on; if not given, always.'),
  until: day.optional().describe('Up to this day, which is in it.'),
  say: z.enum(['yes', 'no', 'nothing', 'refused', 'not attended', 'not reached']),
  after: z.int().min(0).max(60).optional().describe('School days until the person answers; 0 if not given.'),
});
export type Answer = z.infer<typeof Answer>;

const due = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}( ([01]\d|2[0-3]):[0-5]\d)?$/, 'Write a day, or a day and its time: "2026-09-16", "2026-09-16 09:30"')
  .describe('By when it is to be done: a day, with the time where a time of the clock is set. Looked at where it is stated.');

const Expected = z.union([
  z.strictObject({ on: day, asks: about, of: z.string(), due: due.optional() }).describe('A proposal: what is asked of whom.'),
  z.strictObject({ on: day, reminds: z.string(), of: about }).describe('Who has not decided yet is reminded.'),
  z.strictObject({ on: day, 'also asks': z.string(), about }).describe('Whoever stands in is asked too.'),
  z.strictObject({ on: day, stage: z.string() }),
  z.strictObject({ on: day, closes: z.literal(true) }),
]);
export type Expected = z.infer<typeof Expected>;

/** A case that the policy is to treat so: given register and answers, the proposals that follow, each with its day. */
export const Example = z
  .strictObject({
    name: z.string(),
    source: z.string().optional(),
    pupil: z
      .strictObject({
        flags: cohortFlags.optional(),
        born: day.optional(),
        'year group': z.int().optional(),
        'on roll from': day.optional(),
        'settling in': z.strictObject({ from: day, to: day }).optional(),
      })
      .optional(),
    closed: z.array(day).default([]).describe('Days on which the school was closed, beside the year’s holidays.'),
    marked: Sessions.describe('What the register has instead of present. "none" is a session without a mark.'),
    corrected: z
      .array(z.strictObject({ on: day, marked: Sessions }))
      .default([])
      .describe('What the register says otherwise from a day on.'),
    concern: z.array(day).default([]).describe('Days on which somebody opens a case for a concern, if the pupil has none.'),
    answers: z
      .array(Answer)
      .default([])
      .describe('Who is asked says yes on the same day, if nothing here says otherwise. First match.'),
    authority: z
      .array(z.strictObject({ on: day, says: z.enum(['accepted', 'returned', 'ended']) }))
      .default([])
      .describe('What the authority says of the referral, and on which day; if nothing is given, it never answers.'),
    from: day.optional().describe('The first day that is played; if not given, the first of the school year.'),
    until: day,
    expect: z
      .array(Expected)
      .describe(
        'Every proposal that follows, in order, and none besides. Stages, the close, and who is reminded or asked too, are looked for where they are named.',
      ),
  })
  .meta({ id: 'example', description: 'A case that the policy is to treat so.' });
export type Example = z.infer<typeof Example>;
