import { z } from 'zod';
import { ReferralDecision } from '../../policy/referral/decision.ts';
import type { ReferralInput } from '../../policy/referral/input.ts';
import { earlyGrounds, withdrawalGrounds } from '../../policy/referral/words.ts';
import { keepText } from '../../prisma/cases.ts';
import { stableId } from '../../prisma/stable-id.ts';
import type { Ctx } from '../web/route.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>;
type Omitted<T> = T extends unknown ? Omit<T, 'key' | 'by'> : never;
type Asked = Omitted<Extract<ReferralInput, { by: unknown }>>;
const named = <T extends Record<string, string>>(words: T) => z.enum(Object.keys(words) as [keyof T & string]);
const words = z.string().trim().min(1, 'Write your reasons').max(2000);

/** The words of an asking have an id that a repeat gives again. */
export const textIdFor = ({ key }: Pick<Ctx, 'key'>): string => stableId(`text:${key}`);

/** Says one thing to a referral in the user's name, once. What was written is kept first: only its id goes on. */
async function say(ctx: Asking, referralId: string, asked: Asked, text: string | null) {
  const { deps, user } = ctx;
  if (text !== null) await keepText(deps.db, textIdFor(ctx), user.id, text);
  return deps.matters.decide(said(ctx, referralId, asked));
}

function said({ user, key }: Pick<Asking, 'user' | 'key'>, matterId: string, asked: Asked) {
  const by = { id: user.id, role: user.role };
  return { kind: 'referral', matterId, input: { ...asked, key: `${asked.kind}:${key}`, by } as ReferralInput } as const;
}

/** A decision in the user's name, as the referral would hear it. */
export const decisionSaid = (
  ctx: Pick<Asking, 'user' | 'key'>,
  referralId: string,
  decided: { proposal: string; version: number; decision: ReferralDecision },
) => said(ctx, referralId, { kind: 'decision', ...decided });

/** A decision on a proposal; it is refused if no worker took it within 15 seconds. */
export const sayDecision = (
  ctx: Asking,
  referralId: string,
  proposal: string,
  version: number,
  given: unknown,
  text: string | null,
) =>
  say(
    ctx,
    referralId,
    { kind: 'decision', proposal, version, decision: ReferralDecision.parse(given), validUntil: ctx.at + 15_000 },
    text,
  );

/** What an officer does to a referral without being asked. */
export const Action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('note'), text: words }),
  z.strictObject({ do: z.literal('reconsider'), text: words }),
  z.strictObject({ do: z.literal('close'), text: words }),
  z.strictObject({ do: z.literal('end notice early'), ground: named(earlyGrounds), text: words }),
]);

/** What an officer does to a penalty notice. Money in pence. */
export const NoticeAction = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('payment'),
    paidOn: z.iso.date('Enter the day it was paid'),
    pence: z.int('Enter the amount paid, such as 80').positive('Enter the amount paid, such as 80'),
  }),
  z.strictObject({ do: z.literal('withdraw'), ground: named(withdrawalGrounds), text: words }),
]);

export function act(ctx: Asking, referralId: string, action: z.infer<typeof Action>) {
  const textId = textIdFor(ctx);
  const asked: Asked =
    action.do === 'end notice early' ? { kind: action.do, ground: action.ground, textId } : { kind: action.do, textId };
  return say(ctx, referralId, asked, action.text);
}

export function actOnNotice(ctx: Asking, referralId: string, noticeId: string, action: z.infer<typeof NoticeAction>) {
  if (action.do === 'payment') {
    return say(ctx, referralId, { kind: 'payment', noticeId, paidOn: action.paidOn, pence: action.pence }, null);
  }
  return say(ctx, referralId, { kind: 'withdraw notice', noticeId, ground: action.ground, textId: textIdFor(ctx) }, action.text);
}
