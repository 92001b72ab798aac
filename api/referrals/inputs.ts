import { z } from 'zod';
import { amendable } from '../../policy/letters/templates.ts';
import { ReferralDecision } from '../../policy/referral/decision.ts';
import { earlyGrounds, withdrawalGrounds } from '../../policy/referral/words.ts';
import { saidBy, say, textIdFor, words } from '../engine/say.ts';
import { spoken, unspoken } from '../engine/spoken.ts';
import { type PreviewShown, shownTo } from '../letters/preview.ts';
import type { Ctx } from '../web/route.ts';
import { proposalAt, referralAt, standingIn } from './facts.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>;
const named = <T extends Record<string, string>>(from: T) => z.enum(Object.keys(from) as [keyof T & string]);
const reasons = words('Write your reasons: they are kept in the record');

const kept = { missing: 'Write your reasons: they are kept in the record', most: 2000, says: 'Kept in the record' };
const read = {
  missing: 'Write what support there is for this family now',
  most: amendable.most,
  says: 'What support there is for this family now: the parents read it in the notice',
};

/** What a person says to a proposal of a referral. What is written with a notice to improve goes into it, so it is short. */
export const Decision = spoken(ReferralDecision, (choice) => (choice === 'issue notice' ? read : kept)).meta({
  id: 'ReferralDecision',
  description: 'What a person says to a proposal; its own "choices" are the ones it takes',
});

/** A decision, and the version of the proposal that the person saw. */
export const Decided = z.strictObject({
  version: z.int().positive().describe('Of the proposal that was read: another is refused'),
  decision: Decision,
});

/** What an officer does to a referral without being asked. */
export const Action = z
  .discriminatedUnion(
    'do',
    [
      z.strictObject({ do: z.literal('note'), text: reasons }),
      z.strictObject({ do: z.literal('reconsider'), text: reasons }),
      z.strictObject({ do: z.literal('close'), text: reasons }),
      z.strictObject({ do: z.literal('end notice early'), ground: named(earlyGrounds), text: reasons }),
    ],
    'Choose what to do',
  )
  .meta({ id: 'ReferralAction', description: 'What an officer does without being asked' });

/** What an officer does to a penalty notice. Money in pence. */
export const NoticeAction = z
  .discriminatedUnion(
    'do',
    [
      z.strictObject({
        do: z.literal('payment'),
        paidOn: z.iso.date('Enter the day it was paid'),
        pence: z.int('Enter the amount paid, such as 80').positive('Enter the amount paid, such as 80'),
      }),
      z.strictObject({ do: z.literal('withdraw'), ground: named(withdrawalGrounds), text: reasons }),
    ],
    'Choose what to do',
  )
  .meta({ id: 'NoticeAction', description: 'What becomes of an issued penalty notice' });

/**
 * Each takes what it is named for, once, for a referral within reach.
 * @throws Refusal('NotFound') if it is not, or as the rules refuse it.
 */
export async function decide(ctx: Asking, id: string, proposal: string, { version, decision: said }: z.infer<typeof Decided>) {
  const user = await deciderOf(ctx, id, proposal);
  const decision = unspoken(ReferralDecision, said, textIdFor(ctx));
  return say({ ...ctx, user }, 'referral', id, { kind: 'decision', proposal, version, decision }, said.text ?? null);
}

/**
 * Whoever decides on a proposal, in their own name or in the place of a colleague who is away. Of one that is decided the rules
 * say so, or give a repeat its answer again.
 * @throws Refusal('NotFound') if it is neither asked of them nor theirs to read.
 */
async function deciderOf(ctx: Asking, id: string, proposal: string) {
  const { state } = await referralAt(ctx, id);
  return standingIn(state, proposal) ? (await proposalAt(ctx, { id, key: proposal })).decider : ctx.user;
}

/** Each parent's notice to improve as it would go out. */
export async function previewed(
  ctx: Asking,
  { id, key: proposal }: { id: string; key: string },
  { version, decision: said }: z.infer<typeof Decided>,
): Promise<PreviewShown> {
  const user = await deciderOf(ctx, id, proposal);
  const decision = unspoken(ReferralDecision, said, textIdFor(ctx));
  const asked = { kind: 'decision', proposal, version, decision } as const;
  return shownTo(
    ctx.user.role,
    await ctx.deps.preview({ ...saidBy({ ...ctx, user }, 'referral', id, asked), words: said.text ?? null }),
  );
}

export async function act(ctx: Asking, id: string, { text, ...action }: z.infer<typeof Action>) {
  await referralAt(ctx, id);
  const textId = textIdFor(ctx);
  if (action.do !== 'end notice early') return say(ctx, 'referral', id, { kind: action.do, textId }, text);
  return say(ctx, 'referral', id, { kind: action.do, ground: action.ground, textId }, text);
}

export async function actOnNotice(ctx: Asking, id: string, noticeId: string, action: z.infer<typeof NoticeAction>) {
  await referralAt(ctx, id);
  if (action.do === 'payment') {
    return say(ctx, 'referral', id, { kind: 'payment', noticeId, paidOn: action.paidOn, pence: action.pence }, null);
  }
  const { ground, text } = action;
  return say(ctx, 'referral', id, { kind: 'withdraw notice', noticeId, ground, textId: textIdFor(ctx) }, text);
}
