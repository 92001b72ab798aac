import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { supportKinds } from '../../policy/case/decision.ts';
import { formOf } from '../web/form-of.ts';
import { hundredths } from '../web/hundredths.ts';
import type { FieldOf } from '../web/route.ts';
import { ticked } from '../web/ticked.ts';
import { CaseDecision } from './decide.ts';
import { AlsoFor, mostBeside } from './together.ts';

const typed = z.string().trim().default('');
const kinds = Object.keys(supportKinds) as (keyof typeof supportKinds)[];

/** The brothers and sisters for whom a meeting may have been too, as the form numbers them. */
const places = Array.from({ length: mostBeside }, (_, i) => i + 1);

const Fields = z.object({
  decisionKey: z.uuid(),
  version: z.coerce.number().int().positive(),
  /** The button that only shows the letters. */
  show: z.literal('letter').optional(),
  ...{ choice: typed, note: typed, reason: typed, holdReason: typed, until: typed, of: typed, question: typed, reached: typed },
  ...{ happened: typed, meetingOn: typed, meetingAt: typed, metOn: typed, target: typed, record: typed },
  has: ticked,
  ...Object.fromEntries(kinds.map((kind) => [`offer-${kind}`, typed])),
  ...Object.fromEntries(places.flatMap((n) => ['also', 'alsoTarget', 'alsoNote'].map((name) => [`${name}-${n}`, typed]))),
});
type Fields = z.infer<typeof Fields>;

/** What the form's field is called where it differs from the decision's. */
const fieldOf: Record<string, Record<string, string>> = {
  approve: { text: 'note', meeting: 'meetingOn' },
  decline: { text: 'reason' },
  hold: { text: 'holdReason' },
  ask: { text: 'question' },
  answer: { text: 'record' },
  called: { text: 'record' },
  met: { text: 'record', on: 'metOn' },
  done: { text: 'record' },
};

/** The field of the form that holds this part of the decision. */
export const fieldFor: FieldOf = (part, { choice }) => fieldOf[String(choice)]?.[part] ?? part;

const percentage = 'Enter a percentage such as 95';
const instead: Record<string, string> = {
  until: 'Enter the day it comes back, as a real date',
  of: 'Choose whom to ask',
  reached: 'Say whether you spoke to the family',
  happened: 'Say what came of the meeting',
  metOn: 'Enter the day of the meeting, as a real date',
  meetingOn: 'Enter the day and the time of the meeting, such as 15:30',
  target: percentage,
};

/**
 * The decision form as it is posted: every field there, most of them empty. It comes to what a machine would say; when the
 * letters are only to be shown, to an approval with what was written so far. `typed` is what the fields hold.
 */
export const DecisionForm = Fields.transform((form, ctx) => {
  const said = form.show ? { ...form, choice: 'approve' } : form;
  const decision = formOf(CaseDecision, decisionOf(said), ctx, { fieldOf: fieldOf[said.choice] ?? {}, instead });
  const alsoFor = form.choice === 'met' && !form.show ? places.flatMap((n) => alsoIn(form, n, ctx)) : [];
  return { version: form.version, show: form.show !== undefined, decision, alsoFor, typed: form };
});

/** The approval that was written so far, for the letters beside the form; null while it is not right. */
export function soFar(typed: Record<string, unknown>): z.infer<typeof DecisionForm> | null {
  const parsed = DecisionForm.safeParse({ decisionKey: randomUUID(), ...typed, show: 'letter' });
  return parsed.success ? parsed.data : null;
}

/** The decision that the fields make, still to be checked. */
function decisionOf(form: Fields): object {
  const { choice } = form;
  const offers = offersIn(form);
  const { until, of, happened, metOn: on } = form;
  const text = (form as unknown as Record<string, string>)[fieldOf[choice]?.text ?? 'reason'];
  const parts: Record<string, object> = {
    approve: meetingIn(form),
    hold: { until },
    ask: { of },
    called: { offers, reached: { yes: true, no: false }[form.reached] },
    met: { offers, happened, on, ...targetIn(form) },
    done: form.has.length > 0 ? { has: form.has } : {},
  };
  return { choice, ...parts[choice], ...(text === '' ? {} : { text }) };
}

const offersIn = (form: Fields) =>
  kinds.flatMap((kind) => {
    const response = (form as unknown as Record<string, string>)[`offer-${kind}`];
    return response === '' ? [] : [{ kind, response }];
  });

/** What is recorded for a brother or sister, if the meeting was for them: the answer names the proposal, the rest is their own. */
function alsoIn(form: Fields, n: number, ctx: Parameters<typeof formOf>[2]): z.infer<typeof AlsoFor>[] {
  const fields = form as unknown as Record<string, string>;
  const [matterId = '', key, version, support] = fields[`also-${n}`]?.split(' ') ?? [];
  if (matterId === '') return [];
  const [targetField, noteField] = [`alsoTarget-${n}`, `alsoNote-${n}`];
  const text = fields[noteField] ?? '';
  const said = {
    ...{ matterId, key, version: Number(version), offers: support ? offersIn(form) : [] },
    ...targetIn({ ...form, target: fields[targetField] ?? '' }),
    ...(text === '' ? {} : { text }),
  };
  const fieldOf = { matterId: `also-${n}`, key: `also-${n}`, version: `also-${n}`, target: targetField, text: noteField };
  return [formOf(AlsoFor, said, ctx, { fieldOf, instead: { [targetField]: percentage } })];
}

/** A letter can be shown before the day and the time are both chosen. */
function meetingIn({ meetingOn: on, meetingAt: at, show }: Fields) {
  if (show ? on && at : on || at) return { meeting: { on, at } };
  return {};
}

/** In hundredths of a percent. Only a meeting that was held agrees one. */
const targetIn = ({ happened, target }: Fields) => (happened === 'held' && target !== '' ? { target: hundredths(target) } : {});
