import { z } from 'zod';
import { Action, NoticeAction } from './inputs.ts';

const decisionKey = z.uuid();
const typedText = z.string().trim().default('');

/** The officer's form on the referral: turned into an action, whose own rules say what is wrong. */
export const ActionForm = z
  .object({ decisionKey, do: typedText, text: typedText, ground: typedText })
  .transform(({ do: what, text, ground }, ctx) => {
    const asked = what === 'end notice early' ? { do: what, text, ground } : { do: what, text };
    return checked(Action, asked, ctx, { do: 'Choose what to do', ground: 'Choose the ground' });
  });

/** The form on a penalty notice: a payment in pounds, or a withdrawal. */
export const NoticeForm = z
  .object({ decisionKey, do: typedText, text: typedText, ground: typedText, paidOn: typedText, amount: typedText })
  .transform(({ do: what, text, ground, paidOn, amount }, ctx) => {
    const pence = Math.round(Number(amount.replace(/^£/, '') || Number.NaN) * 100);
    const asked = what === 'payment' ? { do: what, paidOn, pence } : { do: what, ground, text };
    return checked(NoticeAction, asked, ctx, { do: 'Choose what to do', ground: 'Choose the ground' });
  });

function checked<S extends z.ZodType>(
  schema: S,
  asked: unknown,
  ctx: { addIssue: (issue: { code: 'custom'; path: PropertyKey[]; message: string }) => void },
  instead: Record<string, string>,
): z.infer<S> {
  const parsed = schema.safeParse(asked);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const field = path[0] === 'pence' ? 'amount' : String(path[0] ?? 'do');
    ctx.addIssue({ code: 'custom', path: [field], message: instead[field] ?? message });
  }
  return z.NEVER;
}
