import { z } from 'zod';
import { capital } from '../../policy/capital.ts';
import type { CaseInput } from '../../policy/case/input.ts';
import { type Asked, keepWords, saidBy, say, textIdFor, words } from '../engine/say.ts';
import { type Choice, choice, date, type Option, select, text } from '../layout/fields.ts';
import { formOf } from '../web/form-of.ts';
import type { Ctx } from '../web/route.ts';
import { caseAt } from './facts.ts';

/** Who may say something to a whole case. The rules say who may hold, resume and close one. */
export const changers = ['sal', 'headteacher', 'attendance-officer', 'class-teacher', 'dsl', 'senco'] as const;

/** A person's word on the whole case. */
export const CaseAction = z
  .discriminatedUnion(
    'do',
    [
      z.strictObject({ do: z.literal('note'), text: words('Enter your note') }),
      z.strictObject({
        do: z.literal('hold'),
        text: words('Enter a reason'),
        until: z.iso.date('Enter the day it goes on, as a real date'),
      }),
      z.strictObject({ do: z.literal('resume') }),
      z.strictObject({
        do: z.literal('step back'),
        to: z.string().min(1, 'Choose the stage').describe('A stage of the policy that comes before the case’s own'),
        text: words('Enter a reason'),
      }),
      z.strictObject({ do: z.literal('close'), text: words('Enter a reason') }),
      z.strictObject({
        do: z.literal('reopen'),
        stage: z.string().min(1, 'Choose the stage').optional().describe('Of `stagesToReopen`; left out, the first of them'),
        text: words('Enter a reason'),
      }),
    ],
    'Choose what to do',
  )
  .meta({
    id: 'CaseAction',
    description: 'A word on the whole case. Holding, resuming, putting back, closing and opening again are for those who lead',
  });
type CaseAction = z.infer<typeof CaseAction>;
type Speaking = Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>;

const typed = z.string().trim().default('');

/** The form on the case's page: each choice has fields of its own. */
export const CaseForm = z
  .object({
    decisionKey: z.uuid(),
    do: typed,
    text: typed,
    until: typed,
    holdText: typed,
    to: typed,
    backText: typed,
    closeText: typed,
    stage: typed,
    reopenText: typed,
  })
  .transform(({ do: what, text: note, until, holdText, to, backText, closeText, stage, reopenText }, ctx) => {
    const fields: Record<string, object> = {
      ...{ note: { text: note }, hold: { text: holdText, until } },
      ...{ 'step back': { text: backText, to }, close: { text: closeText }, reopen: { text: reopenText, stage } },
    };
    const wordsField = { hold: 'holdText', 'step back': 'backText', close: 'closeText', reopen: 'reopenText' }[what] ?? 'text';
    return formOf(CaseAction, { do: what, ...fields[what] }, ctx, { fieldOf: { text: wordsField } });
  });

/** What this person may do to a case: everyone may note something, those who lead may hold, put back and close it. */
export const changesFor = ({ mayLead, held, back }: { mayLead: boolean; held: boolean; back: readonly string[] }): Choice[] => [
  choice('note', 'Add a note', text('text', 'Note')),
  ...(mayLead
    ? [
        held
          ? choice('resume', 'Let the case go on now')
          : choice('hold', 'Hold the case until a day', date('until', 'Hold until'), text('holdText', 'Reason for holding')),
        ...(back.length > 0 ? [backTo(back)] : []),
        choice('close', 'Close the case', text('closeText', 'Reason for closing')),
      ]
    : []),
];

const backTo = (stages: readonly string[]): Choice =>
  choice(
    'step back',
    'Put the case back to an earlier stage',
    select('to', 'Stage', [{ value: '', text: 'Choose' }, ...stages.map(optionOf)]),
    text(
      'backText',
      'Reason for putting it back',
      'The stage begins anew. What waits for a decision in the present one is withdrawn; letters that have gone stay as they are.',
    ),
  );

/** A closed case can only be opened again, at one of these stages. */
export const reopening = (stages: readonly string[]): Choice =>
  choice(
    'reopen',
    'Open the case again',
    select('stage', 'Stage at which it goes on', stages.map(optionOf)),
    text('reopenText', 'Reason for opening it again', 'The stage begins anew. Letters that have gone still count.'),
  );

const optionOf = (stage: string): Option => ({ value: stage, text: capital(stage) });

/**
 * Notes, holds, resumes, puts back, closes or opens again a case.
 * @throws Refusal('NotFound') if it is not within reach, or as the rules refuse it.
 */
export async function change(ctx: Speaking, id: string, action: CaseAction) {
  await caseAt(ctx, id);
  if (action.do === 'reopen') return reopen(ctx, id, action);
  return say(ctx, 'case', id, asked(action, textIdFor(ctx)), 'text' in action ? action.text : null);
}

/** No workflow runs for a closed case that could be told. */
async function reopen(ctx: Speaking, id: string, { stage, text: reason }: Extract<CaseAction, { do: 'reopen' }>) {
  await keepWords(ctx, reason);
  const textId = textIdFor(ctx);
  const { input } = saidBy(ctx, 'case', id, { kind: 'reopen', textId, ...(stage !== undefined && { stage }) });
  return ctx.deps.reopenCase({ matterId: id, input: input as Extract<CaseInput, { kind: 'reopen' }> });
}

function asked(action: Exclude<CaseAction, { do: 'reopen' }>, textId: string): Asked['case'] {
  switch (action.do) {
    case 'resume':
      return { kind: 'resume' };
    case 'hold':
      return { kind: 'hold', until: action.until, textId };
    case 'step back':
      return { kind: 'step back', to: action.to, textId };
    case 'note':
    case 'close':
      return { kind: action.do, textId };
  }
}
