import { z } from 'zod';
import type { CaseInput } from '../../policy/case/input.ts';
import { Refusal } from '../../policy/refusal.ts';
import { caseFor, keepText } from '../../prisma/cases.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { type Choice, choice, date, text } from '../layout/fields.ts';
import type { Ctx } from '../web/route.ts';

const words = z.string().trim().max(2000, 'Write at most 2,000 characters').default('');

/** The form on a case as it is posted: each choice has fields of its own. */
const Fields = z.object({
  decisionKey: z.uuid(),
  do: z.enum(['note', 'hold', 'resume', 'close'], 'Choose what to do'),
  text: words,
  until: z.union([z.literal(''), z.iso.date()], 'Enter a real date').default(''),
  holdText: words,
  closeText: words,
});

const needed: Record<string, Record<string, string>> = {
  note: { text: 'Enter your note' },
  hold: { until: 'Enter the day it goes on', holdText: 'Enter a reason' },
  close: { closeText: 'Enter a reason' },
};

/** The form, read into what `change` is asked. */
export const ChangeForm = Fields.superRefine((form, ctx) => {
  for (const [field, message] of Object.entries(needed[form.do] ?? {})) {
    if (form[field as keyof typeof form] === '') ctx.addIssue({ code: 'custom', path: [field], message });
  }
}).transform(({ do: what, text: note, until, holdText, closeText }) => ({
  do: what,
  until,
  text: { note, hold: holdText, resume: '', close: closeText }[what],
}));

/** What this person may do to a case: everyone may note something, those who lead may hold and close it. */
export const changesFor = ({ mayLead, held }: { mayLead: boolean; held: boolean }): Choice[] => [
  choice('note', 'Add a note', text('text', 'Note')),
  ...(mayLead
    ? [
        held
          ? choice('resume', 'Let the case go on now')
          : choice('hold', 'Hold the case until a day', date('until', 'Hold until'), text('holdText', 'Reason for holding')),
        choice('close', 'Close the case', text('closeText', 'Reason for closing')),
      ]
    : []),
];

/** A person's word on the whole case: a note, hold, resume or close. */
export async function change(
  ctx: Pick<Ctx, 'deps' | 'user' | 'key'>,
  id: string,
  asked: { do: string; text: string; until: string },
): Promise<void> {
  const { deps, user } = ctx;
  if (!(await caseFor(deps.db, user, id))) throw new Refusal('NotFound', 'There is no such case at your school');
  const textId = stableId(`text:${ctx.key}`);
  if (asked.text !== '') await keepText(deps.db, textId, user.id, asked.text);
  const by = { id: user.id, role: user.role };
  const key = `change:${ctx.key}`;
  const inputs: Record<string, CaseInput> = {
    note: { key, kind: 'note', by, textId },
    hold: { key, kind: 'hold', by, until: asked.until, textId },
    resume: { key, kind: 'resume', by },
    close: { key, kind: 'close', by, textId },
  };
  const input = inputs[asked.do];
  if (input) await deps.matters.decide({ kind: 'case', matterId: id, input });
}
