import { z } from 'zod';
import { formOf } from '../web/form-of.ts';
import { hundredths } from '../web/hundredths.ts';
import type { FieldOf } from '../web/route.ts';
import { ticked } from '../web/ticked.ts';
import { Decision } from './inputs.ts';

const text = z.string().trim().default('');
const Fields = z.object({
  decisionKey: z.uuid(),
  version: z.coerce.number().int().positive(),
  /** The button that only shows the letters of a notice to improve. */
  show: z.literal('letter').optional(),
  ...{ choice: text, text, letterText: text },
  ...{ until: text, missing: ticked, parents: ticked, supportFirst: text },
  ...{ on: text, parties: ticked, contractUntil: text, requirements: ticked, support: ticked },
  ...{ review1: text, review2: text, review3: text, notOn: text, why: text },
  ...{
    from: text,
    weeks: text,
    target: text,
    earlyGrounds: ticked,
    postedOn: text,
    allTheSame: ticked,
    ground: text,
    result: text,
    acquitted: ticked,
  },
});
type Fields = z.infer<typeof Fields>;

/** What the form's field is called where it differs from the decision's. */
const fieldOf: Record<string, Record<string, string>> = {
  agreed: { until: 'contractUntil', reviews: 'review1' },
  'not agreed': { on: 'notOn' },
  tool: { support: 'supportFirst' },
  'issue notice': { text: 'letterText' },
};

/** The field of the form that holds this part of the decision. */
export const fieldFor: FieldOf = (part, { choice }) => fieldOf[String(choice).split(':')[0] ?? '']?.[part] ?? part;

const wanted: Record<string, string> = {
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

/** Numbers, of which the schema speaks as a machine sends them: whatever is wrong with one, the same is said. */
const numbers: readonly string[] = ['weeks', 'target'];

/**
 * The decision form as it is posted. The rules of the decision itself say what is wrong; here its fields get their names.
 * When the letters are only to be shown, it comes to issuing them. `typed` is what the fields hold.
 */
export const DecisionForm = Fields.transform((form, ctx) => {
  const said = form.show ? { ...form, choice: 'issue notice' } : form;
  const inWords = Object.entries(wanted).filter(
    ([field]) => numbers.includes(field) || (said as Record<string, unknown>)[field] === '',
  );
  const of = { fieldOf: fieldOf[said.choice.split(':')[0] ?? ''] ?? {}, instead: Object.fromEntries(inWords) };
  const decision = formOf(Decision, decisionOf(said), ctx, of);
  return { version: form.version, show: form.show !== undefined, decision, typed: form };
});

const number = (typed: string): number => (typed === '' ? Number.NaN : Number(typed));

/** The notice to improve that was written so far, for its letters beside the form; null while it is not right. */
export function soFar(typed: Record<string, unknown>): z.infer<typeof DecisionForm> | null {
  const parsed = DecisionForm.safeParse({ ...typed, show: 'letter' });
  return parsed.success ? parsed.data : null;
}

/** The decision that a form makes, still to be checked by its schema. For a notice its readers' words, for all else the record's. */
function decisionOf(form: Fields): object {
  const [choice = '', which = ''] = form.choice.split(':');
  const written = choice === 'issue notice' ? form.letterText : form.text;
  const words = written === '' ? {} : { text: written };
  return { choice, ...words, ...(parts[choice]?.(form, which) ?? {}) };
}

const parts: Record<string, (form: Fields, which: string) => object> = {
  hold: ({ until }) => ({ until }),
  return: ({ missing }) => ({ missing }),
  tool: ({ parents, supportFirst }, tool) => (tool === 'penalty notice' ? { tool, parents, support: supportFirst } : { tool }),
  agreed: ({ on, parties, contractUntil, requirements, support, review1, review2, review3 }) => ({
    ...{ on, parties, until: contractUntil, requirements, support },
    reviews: [review1, review2, review3].filter((review) => review !== ''),
  }),
  'not agreed': ({ notOn, why }) => ({ on: notOn, why }),
  reviewed: (_, which) => ({ met: which === 'yes' }),
  judged: (_, which) => ({ improved: which === 'yes' }),
  'issue notice': ({ from, weeks, target, earlyGrounds }) => ({
    ...{ from, weeks: number(weeks), target: hundredths(target), earlyGrounds },
  }),
  issue: ({ postedOn, allTheSame }) => ({ postedOn, ...(allTheSame.length > 0 && { allTheSame: true }) }),
  withdraw: ({ ground }) => ({ ground }),
  proceedings: ({ result, acquitted }) => ({ result, ...(acquitted.length > 0 && { acquitted }) }),
};
