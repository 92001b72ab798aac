import { z } from 'zod';
import { supportKinds } from '../../policy/case/decision.ts';
import { formOf } from '../web/form-of.ts';
import { CaseDecision } from './decide.ts';

const typed = z.string().trim().default('');
const kinds = Object.keys(supportKinds) as (keyof typeof supportKinds)[];

const Fields = z.object({
  decisionKey: z.uuid(),
  version: z.coerce.number().int().positive(),
  ...{ choice: typed, note: typed, reason: typed, until: typed, of: typed, question: typed, reached: typed },
  ...{ happened: typed, meetingOn: typed, meetingAt: typed, metOn: typed, record: typed },
  ...Object.fromEntries(kinds.map((kind) => [`offer-${kind}`, typed])),
});
type Fields = z.infer<typeof Fields>;

/** What the form's field is called where it differs from the decision's. */
const fieldOf: Record<string, Record<string, string>> = {
  approve: { text: 'note', meeting: 'meetingOn' },
  decline: { text: 'reason' },
  hold: { text: 'reason' },
  ask: { text: 'question' },
  answer: { text: 'record' },
  called: { text: 'record' },
  met: { text: 'record', on: 'metOn' },
  done: { text: 'record' },
};

const instead: Record<string, string> = {
  until: 'Enter the day it comes back, as a real date',
  of: 'Choose whom to ask',
  reached: 'Say whether you spoke to the family',
  happened: 'Say what came of the meeting',
  metOn: 'Enter the day of the meeting, as a real date',
  meetingOn: 'Enter the day and the time of the meeting, such as 15:30',
};

/** The decision form as it is posted: every field there, most of them empty. It comes to what a machine would say. */
export const DecisionForm = Fields.transform((form, ctx) => ({
  version: form.version,
  decision: formOf(CaseDecision, decisionOf(form), ctx, { fieldOf: fieldOf[form.choice] ?? {}, instead }),
}));

/** The decision that the fields make, still to be checked. */
function decisionOf(form: Fields): object {
  const { choice } = form;
  const offers = kinds.flatMap((kind) => {
    const response = (form as unknown as Record<string, string>)[`offer-${kind}`];
    return response === '' ? [] : [{ kind, response }];
  });
  const { until, of, happened, metOn: on, meetingOn, meetingAt } = form;
  const text = (form as unknown as Record<string, string>)[fieldOf[choice]?.text ?? 'reason'];
  const parts: Record<string, object> = {
    approve: meetingOn || meetingAt ? { meeting: { on: meetingOn, at: meetingAt } } : {},
    hold: { until },
    ask: { of },
    called: { offers, reached: { yes: true, no: false }[form.reached] },
    met: { offers, happened, on },
  };
  return { choice, ...parts[choice], ...(text === '' ? {} : { text }) };
}
