import { z } from 'zod';
import { type Decision, supportKinds } from '../../policy/case/decision.ts';
import { roles } from '../../policy/people/roles.ts';

const text = z.string().trim().max(2000, 'Write at most 2,000 characters').default('');
const optionalDay = z.union([z.literal(''), z.iso.date('Enter a real date')]).default('');
const kinds = Object.keys(supportKinds) as (keyof typeof supportKinds)[];

/** The decision form as it is posted: every field there, most of them empty. */
export const DecisionForm = z
  .object({
    decisionKey: z.uuid(),
    version: z.coerce.number().int().positive(),
    choice: z.enum(['approve', 'decline', 'hold', 'ask', 'answer', 'called', 'met', 'done'], 'Choose what to do'),
    note: z.string().trim().max(600, 'Write at most 600 characters').default(''),
    reason: text,
    until: optionalDay,
    of: z.union([z.literal(''), z.enum(roles)]).default(''),
    question: text,
    reached: z.enum(['yes', 'no', '']).default(''),
    happened: z.enum(['held', 'refused', 'not attended', '']).default(''),
    meetingOn: optionalDay,
    meetingAt: z.union([z.literal(''), z.iso.time('Enter a time such as 15:30')]).default(''),
    metOn: optionalDay,
    record: text,
    ...Object.fromEntries(kinds.map((kind) => [`offer-${kind}`, z.enum(['accepted', 'declined', '']).default('')])),
  })
  .superRefine((form, ctx) => {
    const need = (field: keyof typeof form & string, message: string) =>
      form[field] === '' && ctx.addIssue({ code: 'custom', path: [field], message });
    if (form.choice === 'decline' || form.choice === 'hold') need('reason', 'Enter a reason');
    if (form.choice === 'hold') need('until', 'Enter the day it comes back');
    if (form.choice === 'ask') {
      need('of', 'Choose whom to ask');
      need('question', 'Enter your question');
    }
    if (form.choice === 'answer') need('record', 'Enter your answer');
    if (form.choice === 'called') need('reached', 'Say whether you spoke to the family');
    if (form.choice === 'met') {
      need('happened', 'Say what came of the meeting');
      need('metOn', 'Enter the day of the meeting');
    }
  });
export type DecisionForm = z.infer<typeof DecisionForm>;

type Text = { text: string };
/** The decision that a form makes, and the words that go with it. `textId` names those words. */
export function decisionOf(form: DecisionForm, textId: string): { decision: Decision; words: Text | null } {
  const offers = kinds.flatMap((kind) => {
    const response = (form as unknown as Record<string, string>)[`offer-${kind}`];
    return response === 'accepted' || response === 'declined' ? [{ kind, response } as const] : [];
  });
  const written = (words: string) => ({ words: words === '' ? null : { text: words }, ...(words === '' ? {} : { textId }) });
  const withText = <D extends object>(decision: D, words: string) => {
    const { words: kept, ...id } = written(words);
    return { decision: { ...decision, ...id } as unknown as Decision, words: kept };
  };
  switch (form.choice) {
    case 'approve':
      return withText(
        {
          choice: 'approve',
          ...(form.meetingOn && form.meetingAt ? { meeting: { on: form.meetingOn, at: form.meetingAt } } : {}),
        },
        form.note,
      );
    case 'decline':
      return withText({ choice: 'decline' }, form.reason);
    case 'hold':
      return withText({ choice: 'hold', until: form.until }, form.reason);
    case 'ask':
      return withText({ choice: 'ask', of: form.of }, form.question);
    case 'called':
      return withText({ choice: 'called', reached: form.reached === 'yes', offers }, form.record);
    case 'met':
      return withText({ choice: 'met', happened: form.happened, on: form.metOn, offers }, form.record);
    case 'answer':
    case 'done':
      return withText({ choice: form.choice }, form.record);
  }
}
