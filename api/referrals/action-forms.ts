import { z } from 'zod';
import { formOf } from '../web/form-of.ts';
import type { FieldOf } from '../web/route.ts';
import { Action, NoticeAction } from './inputs.ts';

const decisionKey = z.uuid();
const typed = z.string().trim().default('');
const instead = { ground: 'Choose the ground' };

/** The officer's form on the referral: turned into an action, whose own rules say what is wrong. */
export const ActionForm = z
  .object({ decisionKey, do: typed, text: typed, ground: typed })
  .transform(({ do: what, text, ground }, ctx) => {
    const asked = what === 'end notice early' ? { do: what, text, ground } : { do: what, text };
    return formOf(Action, asked, ctx, { instead });
  });

const paymentFields: Record<string, string> = { pence: 'amount' };

/** The form on a penalty notice: a payment in pounds, or a withdrawal. */
export const NoticeForm = z
  .object({ decisionKey, do: typed, text: typed, ground: typed, paidOn: typed, amount: typed })
  .transform(({ do: what, text, ground, paidOn, amount }, ctx) => {
    const pence = Math.round(Number(amount.replace(/^£/, '') || Number.NaN) * 100);
    const asked = what === 'payment' ? { do: what, paidOn, pence } : { do: what, ground, text };
    return formOf(NoticeAction, asked, ctx, { fieldOf: paymentFields, instead });
  });

/** The field of the form on a penalty notice that holds this part of the action. */
export const noticeField: FieldOf = (part) => paymentFields[part] ?? part;
