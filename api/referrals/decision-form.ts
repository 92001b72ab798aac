import { z } from 'zod';
import { amendable } from '../../policy/letters/templates.ts';
import { ReferralDecision } from '../../policy/referral/decision.ts';

const text = z.string().trim().max(2000, 'Write at most 2,000 characters').default('');
/** A group of checkboxes: none, one or several values. */
const list = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => (Array.isArray(given) ? given : [given]));

const Fields = z.object({
  decisionKey: z.uuid(),
  version: z.coerce.number().int().positive(),
  /** The button that only shows the letters of a notice to improve. */
  show: z.literal('letter').optional(),
  choice: z.string().default(''),
  text,
  letterText: z.string().trim().max(amendable.most, `Write at most ${amendable.most} characters`).default(''),
  ...{ until: text, missing: list, parents: list, supportFirst: text },
  ...{ on: text, parties: list, contractUntil: text, requirements: list, support: list },
  ...{ review1: text, review2: text, review3: text, notOn: text, why: text },
  ...{ from: text, weeks: text, target: text, earlyGrounds: list, postedOn: text, ground: text, result: text },
});
type Fields = z.infer<typeof Fields>;

/** What the form's field is called where it differs from the decision's. */
const fieldOf: Record<string, Record<string, string>> = {
  agreed: { until: 'contractUntil', reviews: 'review1' },
  'not agreed': { on: 'notOn' },
  tool: { support: 'supportFirst' },
  'issue notice': { textId: 'letterText' },
};

const wanted: Record<string, string> = {
  text: 'Write your reasons: they are kept in the record',
  letterText: 'Write what support there is for this family now',
  until: 'Enter the day it comes back',
  contractUntil: 'Enter the last day of the contract',
  on: 'Enter the day it was agreed',
  notOn: 'Enter the day of the meeting',
  from: 'Enter the first day of the period',
  weeks: 'Enter how many school weeks it runs',
  target: 'Enter the attendance wanted, such as 95',
  postedOn: 'Enter the day it is posted',
  why: 'Say why there is no contract',
  ground: 'Choose the ground',
  result: 'Say what came of the proceedings',
  supportFirst: 'Say how support came first',
};

/** The decision form as it is posted. The rules of the decision itself say what is wrong; here its fields get their names. */
export const DecisionForm = Fields.superRefine((given, ctx) => {
  const form = given.show ? { ...given, choice: 'issue notice' } : given;
  if (form.choice === '') return ctx.addIssue({ code: 'custom', path: ['choice'], message: 'Choose what to do' });
  const parsed = ReferralDecision.safeParse(decisionOf(form, '00000000-0000-4000-8000-000000000000'));
  if (parsed.success) return;
  for (const { path, message } of parsed.error.issues) {
    const [name = 'choice'] = path as string[];
    const kind = form.choice.split(':')[0] ?? '';
    const field = fieldOf[kind]?.[name] ?? (name === 'textId' ? 'text' : name);
    const typed = (form as Record<string, unknown>)[field];
    ctx.addIssue({ code: 'custom', path: [field], message: typed === '' ? (wanted[field] ?? message) : message });
  }
});
export type DecisionForm = Fields;

const number = (typed: string): number => (typed === '' ? Number.NaN : Number(typed.replace(/%$/, '')));

/** The decision that a form makes, still to be checked by its schema. `textId` names the words written with it. */
export function decisionOf(form: Fields, textId: string): unknown {
  const [choice = '', which = ''] = form.choice.split(':');
  const words = wordsOf(form) === null ? {} : { textId };
  return { choice, ...words, ...(parts[choice]?.(form, which) ?? {}) };
}

/** What was written with the decision: for a notice to improve what its readers get to read, for all else what the record keeps. */
export function wordsOf({ choice, text: reasons, letterText }: Fields): string | null {
  const words = choice === 'issue notice' ? letterText : reasons;
  return words === '' ? null : words;
}

const parts: Record<string, (form: Fields, which: string) => object> = {
  hold: ({ until }) => ({ until }),
  return: ({ missing }) => ({ missing }),
  tool: ({ parents, supportFirst }, tool) =>
    tool === 'penalty notice'
      ? { tool, ...(parents.length > 0 ? { parents } : {}), ...(supportFirst ? { support: supportFirst } : {}) }
      : { tool },
  agreed: ({ on, parties, contractUntil, requirements, support, review1, review2, review3 }) => ({
    ...{ on, parties, until: contractUntil, requirements, support },
    reviews: [review1, review2, review3].filter((review) => review !== ''),
  }),
  'not agreed': ({ notOn, why }) => ({ on: notOn, why }),
  reviewed: (_, which) => ({ met: which === 'yes' }),
  judged: (_, which) => ({ improved: which === 'yes' }),
  'issue notice': ({ from, weeks, target, earlyGrounds }) => ({
    ...{ from, weeks: number(weeks), target: Math.round(number(target) * 100), earlyGrounds },
  }),
  issue: ({ postedOn }) => ({ postedOn }),
  withdraw: ({ ground }) => ({ ground }),
  proceedings: ({ result }) => ({ result }),
};
