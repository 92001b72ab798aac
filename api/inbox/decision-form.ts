import { z } from 'zod';
import { type Decision, supportKinds } from '../../policy/case/decision.ts';
import { roles } from '../../policy/people/roles.ts';

const text = z.string().trim().max(2000, 'Write at most 2,000 characters').default('');
const optionalDay = z.union([z.literal(''), z.iso.date()], 'Enter a real date').default('');
const percent = z
  .union([z.literal(''), z.string().regex(/^(100|\d{1,2}(\.\d{1,2})?) ?%?$/)], 'Enter a percentage such as 95')
  .default('');
const kinds = Object.keys(supportKinds) as (keyof typeof supportKinds)[];

/** The decision form as it is posted: every field there, most of them empty. `show` is the button that only shows the letter. */
const Fields = z.object({
  decisionKey: z.uuid(),
  version: z.coerce.number().int().positive(),
  show: z.literal('letter').optional(),
  choice: z.enum(['approve', 'decline', 'hold', 'ask', 'answer', 'called', 'met', 'done', ''], 'Choose what to do').default(''),
  note: z.string().trim().max(600, 'Write at most 600 characters').default(''),
  reason: text,
  holdReason: text,
  until: optionalDay,
  of: z.union([z.literal(''), z.enum(roles)]).default(''),
  question: text,
  reached: z.enum(['yes', 'no', '']).default(''),
  happened: z.enum(['held', 'refused', 'not attended', '']).default(''),
  meetingOn: optionalDay,
  meetingAt: z.union([z.literal(''), z.iso.time()], 'Enter a time such as 15:30').default(''),
  metOn: optionalDay,
  target: percent,
  record: text,
  ...Object.fromEntries(kinds.map((kind) => [`offer-${kind}`, z.enum(['accepted', 'declined', '']).default('')])),
});
type Fields = z.infer<typeof Fields>;

/** What each choice cannot do without, and what to say when it is not there. */
const needed: Record<string, Partial<Record<keyof Fields, string>>> = {
  '': { choice: 'Choose what to do' },
  decline: { reason: 'Enter a reason' },
  hold: { until: 'Enter the day it comes back', holdReason: 'Enter a reason' },
  ask: { of: 'Choose whom to ask', question: 'Enter your question' },
  answer: { record: 'Enter your answer' },
  called: { reached: 'Say whether you spoke to the family' },
  met: { happened: 'Say what came of the meeting', metOn: 'Enter the day of the meeting' },
};

export const DecisionForm = Fields.superRefine((form, ctx) => {
  if (form.show) return;
  for (const [field, message] of Object.entries(needed[form.choice] ?? {})) {
    if (form[field as keyof Fields] === '') ctx.addIssue({ code: 'custom', path: [field], message });
  }
});
export type DecisionForm = Fields;

/** The form as far as it has come, for the letter beside it: what is not right yet counts as not written. */
export function soFar(typed: Record<string, unknown>): Fields | null {
  const parsed = Fields.safeParse({ decisionKey: crypto.randomUUID(), version: 1, ...typed });
  return parsed.success ? parsed.data : null;
}

type Said = { decision: Decision; words: string | null };

/** The decision that a form makes, and the words that go with it. `textId` names those words. */
export function decisionOf(form: Fields, textId: string): Said {
  const [decision, words] = said(form);
  return { decision: { ...decision, ...(words === '' ? {} : { textId }) } as Decision, words: words === '' ? null : words };
}

function said(form: Fields): [object, string] {
  const { choice, reached, happened, metOn: on, target } = form;
  switch (choice) {
    case 'decline':
      return [{ choice }, form.reason];
    case 'hold':
      return [{ choice, until: form.until }, form.holdReason];
    case 'ask':
      return [{ choice, of: form.of }, form.question];
    case 'called':
      return [{ choice, reached: reached === 'yes', offers: offersIn(form) }, form.record];
    case 'met':
      return [{ choice, happened, on, ...targetOf(happened, target), offers: offersIn(form) }, form.record];
    case 'answer':
    case 'done':
      return [{ choice }, form.record];
    default:
      return [{ choice: 'approve', ...meetingOf(form) }, form.note];
  }
}

const meetingOf = ({ meetingOn: on, meetingAt: at }: Fields) => (on && at ? { meeting: { on, at } } : {});

/** In hundredths of a percent. Only a meeting that was held agrees one. */
const targetOf = (happened: string, typed: string) =>
  happened === 'held' && typed !== '' ? { target: Math.round(Number.parseFloat(typed) * 100) } : {};

const offersIn = (form: Fields) =>
  kinds.flatMap((kind) => {
    const response = (form as unknown as Record<string, string>)[`offer-${kind}`];
    return response === 'accepted' || response === 'declined' ? [{ kind, response }] : [];
  });
