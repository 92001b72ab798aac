import { z } from 'zod';
import { leading } from '../../policy/case/decide.ts';
import { Refusal } from '../../policy/refusal.ts';
import { letterCameBack } from '../../prisma/letters.ts';
import { keepWords, textIdFor } from '../engine/say.ts';
import { formOf } from '../web/form-of.ts';
import type { Ctx } from '../web/route.ts';
import { letterAt } from './facts.ts';
import { maySay } from './reach.ts';

const reason = z.string().trim().min(1, 'Enter a reason').max(500, 'Write at most 500 characters');

/** What a person does to a letter: calls it back, says whether it goes without its ground, posts it, or says what became of it. */
export const LetterDeed = z
  .discriminatedUnion(
    'do',
    [
      z.strictObject({ do: z.literal('recall'), reason }),
      z.strictObject({ do: z.literal('send'), reason }),
      z.strictObject({ do: z.literal('do not send'), reason }),
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
      'Recall while it waits; send or do not send while it is questioned, which is a letter whose ground has gone (sending it all the same is for those who lead on attendance); posted from the print queue; sent or refused once a person found out about an unknown one; came back if it had gone and did not reach its reader',
  });
export type LetterDeed = z.infer<typeof LetterDeed>;

const withReason: readonly string[] = ['recall', 'send', 'do not send', 'came back'] satisfies LetterDeed['do'][];
const typed = z.string().trim().default('');

/** The forms on the letter's page. Where one of two things is chosen, each has a reason of its own. */
export const LetterForm = z
  .object({ decisionKey: z.uuid(), do: typed, reason: typed, sendReason: typed })
  .transform(({ do: what, ...reasons }, ctx) => {
    const field = what === 'send' ? 'sendReason' : 'reason';
    const said = { do: what, ...(withReason.includes(what) ? { reason: reasons[field] } : {}) };
    return formOf(LetterDeed, said, ctx, { fieldOf: { reason: field } });
  });

/**
 * Does it, once.
 * @throws Refusal('NotFound') if the letter is not within reach, Refusal('Stale') if it no longer waits for that,
 * Refusal('Forbidden') if it is for somebody else to say.
 */
export async function act(ctx: Pick<Ctx, 'deps' | 'user' | 'key'>, id: string, deed: LetterDeed): Promise<void> {
  const { deps, user } = ctx;
  const letter = await letterAt(ctx, id);
  if (!maySay(user.role, letter))
    throw new Refusal('Forbidden', 'This letter is the school’s: its office says what becomes of it');
  const { status, channel } = letter;
  if (deed.do === 'recall') {
    if (status === 'recalled') throw new Refusal('Stale', 'The letter is recalled already. Nothing was sent');
    await keepWords(ctx, deed.reason);
    return deps.matters.recallLetter({ letterId: id, by: user.id, role: user.role, textId: textIdFor(ctx) });
  }
  if (deed.do === 'came back') {
    await keepWords(ctx, deed.reason);
    if (await letterCameBack(deps.db, id, deed.reason, { by: { id: user.id, role: user.role }, textId: textIdFor(ctx) })) return;
    throw new Refusal('Stale', 'Only a letter that has gone can come back, and once');
  }
  if (deed.do === 'send' || deed.do === 'do not send') {
    if (status !== 'questioned') throw tooLate();
    if (deed.do === 'send' && !leading.includes(user.role))
      throw new Refusal('Forbidden', 'That it goes all the same is for the senior attendance lead or the headteacher to say');
    await keepWords(ctx, deed.reason);
    return deps.matters.settleLetter({ letterId: id, how: deed.do, by: user.id, role: user.role, textId: textIdFor(ctx) });
  }
  // Between the printer and the post office a letter may come to be asked about.
  const postedMeanwhile = deed.do === 'posted' && status === 'questioned' && channel === 'post';
  if (!postedMeanwhile && status !== (deed.do === 'posted' ? 'to-print' : 'unknown')) throw tooLate();
  await deps.matters.settleLetter({ letterId: id, how: deed.do, by: user.id, role: user.role });
}

const tooLate = () => new Refusal('Stale', 'The letter is no longer waiting for that');
