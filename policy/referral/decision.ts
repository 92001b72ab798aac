import { z } from 'zod';
import { supportKinds } from '../case/decision.ts';
import { earlyGrounds, missingParts, proceedingsResults, requirements, supportFirst, tools, withdrawalGrounds } from './words.ts';

const textId = z.uuid();
const day = z.iso.date('Enter a real date');
const contactIds = z.array(z.string().min(1)).min(1, 'Choose at least one parent');
const named = <T extends Record<string, string>>(words: T) => z.enum(Object.keys(words) as [keyof T & string]);

/** What a person says to a proposal of the authority's side. Free text is kept apart and named by its id. */
export const ReferralDecision = z.discriminatedUnion('choice', [
  z.strictObject({ choice: z.literal('accept'), textId: textId.optional() }),
  z.strictObject({ choice: z.literal('return'), missing: z.array(named(missingParts)).min(1, 'Say what is missing'), textId }),
  z.strictObject({
    choice: z.literal('tool'),
    tool: named(tools),
    /** Only for a penalty notice: to whom, and how support came first. */
    parents: contactIds.optional(),
    support: named(supportFirst).optional(),
    textId,
  }),
  z.strictObject({
    choice: z.literal('agreed'),
    on: day,
    parties: contactIds,
    until: day,
    requirements: z.array(named(requirements)).min(1, 'Choose at least one requirement'),
    support: z.array(named(supportKinds)).min(1, 'Name the support that is given'),
    reviews: z.array(day).min(1, 'Enter at least one review date'),
    textId,
  }),
  z.strictObject({ choice: z.literal('not agreed'), on: day, why: z.enum(['refused', 'not attended']), textId }),
  z.strictObject({ choice: z.literal('reviewed'), met: z.boolean(), textId: textId.optional() }),
  z.strictObject({
    choice: z.literal('issue notice'),
    from: day,
    weeks: z.int(),
    /** What sufficient improvement looks like, in hundredths of a percent: 95% is 9500. */
    target: z.int().min(1, 'Enter a percentage above 0').max(10_000, 'Enter a percentage of at most 100'),
    earlyGrounds: z.array(named(earlyGrounds)).min(1, 'Say when a penalty notice may come before the period ends'),
    textId,
  }),
  z.strictObject({ choice: z.literal('judged'), improved: z.boolean(), textId: textId.optional() }),
  z.strictObject({ choice: z.literal('authorise'), textId: textId.optional() }),
  z.strictObject({
    choice: z.literal('issue'),
    postedOn: day,
    /** Only for one of which it is asked whether it was posted: it was, though the rules were against it. */
    allTheSame: z.literal(true).optional(),
  }),
  z.strictObject({ choice: z.literal('prosecute'), textId }),
  z.strictObject({ choice: z.literal('withdraw'), ground: named(withdrawalGrounds), textId }),
  z.strictObject({
    choice: z.literal('proceedings'),
    result: named(proceedingsResults),
    /** Whose prosecution ended in acquittal, where notices to more than one parent are before the court. */
    acquitted: contactIds.optional(),
    textId,
  }),
  z.strictObject({ choice: z.literal('decline'), textId }),
  z.strictObject({ choice: z.literal('hold'), until: day, textId }),
]);
export type ReferralDecision = z.infer<typeof ReferralDecision>;
export type ReferralChoice = ReferralDecision['choice'];
