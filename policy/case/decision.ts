import { z } from 'zod';
import { evidenceNames } from '../pack/evidence-needed.ts';
import { schoolRoles } from '../people/roles.ts';

const textId = z.uuid();
const day = z.iso.date('Enter a real date');

/** Kinds of support a school offers. Named, so that a history holds no free text about a family. */
export const supportKinds = {
  'breakfast-club': 'Breakfast club or a softer start to the day',
  mentor: 'A mentor or key adult',
  'timetable-change': 'A change to the timetable or class',
  transport: 'Help with getting to school',
  'family-support': 'Family support worker or early help assessment',
  'health-referral': 'School nurse or health referral',
  'learning-support': 'Help with learning or SEN assessment',
  other: 'Other support',
} as const;

export const Offer = z.strictObject({
  kind: z.enum(Object.keys(supportKinds) as [keyof typeof supportKinds, ...(keyof typeof supportKinds)[]]),
  response: z.enum(['accepted', 'declined', 'delivered']),
});
export type Offer = z.infer<typeof Offer>;
export type SupportKind = Offer['kind'];

/** What a person says to a proposal. Free text is kept apart and named by its id, so that it never enters a history. */
export const Decision = z.discriminatedUnion('choice', [
  z.strictObject({
    choice: z.literal('approve'),
    textId: textId.optional(),
    meeting: z.strictObject({ on: day, at: z.iso.time() }).optional(),
  }),
  z.strictObject({ choice: z.literal('decline'), textId }),
  z.strictObject({ choice: z.literal('hold'), until: day, textId }),
  z.strictObject({ choice: z.literal('ask'), of: z.enum(schoolRoles), textId }),
  z.strictObject({ choice: z.literal('answer'), textId }),
  z.strictObject({
    choice: z.literal('called'),
    reached: z.boolean(),
    offers: z.array(Offer).default([]),
    textId: textId.optional(),
  }),
  z.strictObject({
    choice: z.literal('met'),
    happened: z.enum(['held', 'refused', 'not attended']),
    on: day,
    /** The attendance agreed for the time after a meeting that was held, in hundredths of a percent; the policy's if not given. */
    target: z.int().min(1, 'Enter a percentage above 0').max(10_000, 'Enter a percentage of at most 100').optional(),
    /** It was one meeting, for brothers and sisters: each case keeps its own record of it, and names no other child. */
    together: z.literal(true).optional(),
    offers: z.array(Offer).default([]),
    textId: textId.optional(),
  }),
  z.strictObject({
    choice: z.literal('done'),
    /** Of what the task needs, what there is. */
    has: z.array(z.enum(evidenceNames)).optional(),
    textId: textId.optional(),
  }),
]);
export type Decision = z.infer<typeof Decision>;
export type Choice = Decision['choice'];
