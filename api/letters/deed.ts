import { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import { letterCameBack } from '../../prisma/letters.ts';
import { keepWords, textIdFor } from '../engine/say.ts';
import { formOf } from '../web/form-of.ts';
import type { Ctx } from '../web/route.ts';
import { letterAt } from './facts.ts';

const reason = z.string().trim().min(1, 'Enter a reason').max(500, 'Write at most 500 characters');

/** What a person does to a letter: calls it back, posts it, or says what became of it. */
export const LetterDeed = z
  .discriminatedUnion(
    'do',
    [
      z.strictObject({ do: z.literal('recall'), reason }),
      z.strictObject({ do: z.literal('posted') }),
      z.strictObject({ do: z.literal('sent') }),
      z.strictObject({ do: z.literal('refused') }),
      z.strictObject({ do: z.literal('came back'), reason }),
    ],
    'Choose what to do',
  )
  .meta({
    id: 'LetterDeed',
    description:
      'Recall while it waits; posted from the print queue; sent or refused once a person found out about an unknown one; came back if it had gone and did not reach its reader',
  });
export type LetterDeed = z.infer<typeof LetterDeed>;

const typed = z.string().trim().default('');

/** The forms on the letter's page. */
export const LetterForm = z
  .object({ decisionKey: z.uuid(), do: typed, reason: typed })
  .transform(({ do: what, reason }, ctx) =>
    formOf(LetterDeed, { do: what, ...(what === 'recall' || what === 'came back' ? { reason } : {}) }, ctx),
  );

/**
 * Does it, once.
 * @throws Refusal('NotFound') if the letter is not within reach, Refusal('Stale') if it no longer waits for that.
 */
export async function act(ctx: Pick<Ctx, 'deps' | 'user' | 'key'>, id: string, deed: LetterDeed): Promise<void> {
  const { deps, user } = ctx;
  const { status } = await letterAt(ctx, id);
  if (deed.do === 'recall') {
    await keepWords(ctx, deed.reason);
    return deps.matters.recallLetter({ letterId: id, by: user.id, textId: textIdFor(ctx) });
  }
  if (deed.do === 'came back') {
    await keepWords(ctx, deed.reason);
    if (await letterCameBack(deps.db, id, deed.reason)) return;
    throw new Refusal('Stale', 'Only a letter that has gone can come back, and once');
  }
  if (status !== (deed.do === 'posted' ? 'to-print' : 'unknown'))
    throw new Refusal('Stale', 'The letter is no longer waiting for that');
  await deps.matters.settleLetter({ letterId: id, how: deed.do, by: user.id });
}
