import { z } from 'zod';
import { leading } from '../../policy/case/decide.ts';
import type { FiguresMoved } from '../../policy/case/figures-moved.ts';
import { canOnlyBeStopped, onlyStopped } from '../../policy/case/only-stopped.ts';
import { Refusal } from '../../policy/refusal.ts';
import { letterCameBack } from '../../prisma/letters.ts';
import { keepWords, textIdFor } from '../engine/say.ts';
import { formOf } from '../web/form-of.ts';
import type { Ctx } from '../web/route.ts';
import { type LetterFound, letterAt, whyNotPosted } from './facts.ts';
import { maySay } from './reach.ts';

const reason = z.string().trim().min(1, 'Enter a reason').max(500, 'Write at most 500 characters');

/** What a person does to a letter: calls it back or out of the print queue, says whether it goes when it is held, posts it, or says what became of it. */
export const LetterDeed = z
  .discriminatedUnion(
    'do',
    [
      z.strictObject({ do: z.literal('recall'), reason }),
      z.strictObject({
        ...{ do: z.literal('send'), reason },
        seen: z
          .string()
          .default('')
          .describe('Where the figures have moved: the name that “moved” gives them, so that what goes is what was seen'),
      }),
      z.strictObject({ do: z.literal('do not send'), reason }),
      z.strictObject({
        do: z.literal('posted'),
        despite: z.boolean().default(false).describe('True if it was posted before anybody knew that it must not be'),
      }),
      z.strictObject({ do: z.literal('sent') }),
      z.strictObject({ do: z.literal('refused') }),
      z.strictObject({ do: z.literal('came back'), reason }),
    ],
    'Choose what to do',
  )
  .meta({
    id: 'LetterDeed',
    description:
      'Recall while it waits or lies in the print queue; send or do not send while it is questioned, which is a letter whose ground has gone or whose figures have moved (that it goes is for those who lead on attendance to say, and it is written anew with the figures as they are); posted from the print queue, despite what speaks against it if anything does; sent or refused once a person found out about an unknown one; came back if it had gone and did not reach its reader',
  });
export type LetterDeed = z.infer<typeof LetterDeed>;

const withReason: readonly string[] = ['recall', 'send', 'do not send', 'came back'] satisfies LetterDeed['do'][];
const typed = z.string().trim().default('');

/** The forms on the letter's page. Where one of two things is chosen, each has a reason of its own. */
export const LetterForm = z
  .object({ decisionKey: z.uuid(), do: typed, reason: typed, sendReason: typed, despite: typed, seen: typed })
  .transform(({ do: what, despite, seen, ...reasons }, ctx) => {
    const field = what === 'send' ? 'sendReason' : 'reason';
    const said = {
      do: what,
      ...(withReason.includes(what) ? { reason: reasons[field] } : {}),
      ...(what === 'send' ? { seen } : {}),
      ...(what === 'posted' ? { despite: despite === 'yes' } : {}),
    };
    return formOf(LetterDeed, said, ctx, { fieldOf: { reason: field } });
  });

/**
 * Does it, once.
 * @throws Refusal('NotFound') if the letter is not within reach, Refusal('Stale') if it no longer waits for that,
 * Refusal('Forbidden') if it is for somebody else to say, Refusal('NotAllowed') if it must not be posted, with why.
 */
export async function act(ctx: Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>, id: string, deed: LetterDeed): Promise<void> {
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
    if (deed.do === 'send') {
      mayGoAs(letter, await deps.movedUnder(id), deed.seen);
      // Refused where the next terms are not known: what a family is told is not to move.
      await deps.timeMovedUnder(id);
    }
    await keepWords(ctx, deed.reason);
    const seen = deed.do === 'send' && deed.seen !== '' ? { seen: deed.seen } : {};
    return deps.matters.settleLetter({
      letterId: id,
      how: deed.do,
      by: user.id,
      role: user.role,
      textId: textIdFor(ctx),
      ...seen,
    });
  }
  // Between the printer and the post office a letter may come to be asked about.
  const postedMeanwhile = deed.do === 'posted' && status === 'questioned' && channel === 'post';
  if (!postedMeanwhile && status !== (deed.do === 'posted' ? 'to-print' : 'unknown')) throw tooLate();
  if (deed.do === 'posted' && !deed.despite) await mayPost(ctx, letter);
  await deps.matters.settleLetter({ letterId: id, how: deed.do, by: user.id, role: user.role });
}

/** What is approved again is what was seen. A correction that is wrong in its turn is replaced, not mended. */
function mayGoAs({ template, case: of }: LetterFound, moved: FiguresMoved | null, seen: string): void {
  if (canOnlyBeStopped(template, of.status)) throw new Refusal('NotAllowed', onlyStopped);
  if (moved && template === 'correction')
    throw new Refusal(
      'NotAllowed',
      'The register changed again, so this correction would be wrong. Do not send it: another is proposed',
    );
  if (moved && moved.seen !== seen)
    throw new Refusal('Stale', 'The figures of the letter have changed since you looked. Look at them once more, then decide');
}

/** What came up since it was printed is read before it is said to be posted: the page may have been open for long. */
async function mayPost(ctx: Pick<Ctx, 'deps' | 'at'>, letter: LetterFound): Promise<void> {
  const [why] = await whyNotPosted(ctx, [letter]);
  if (why)
    throw new Refusal('NotAllowed', `Do not post this letter. ${why}. If it is posted already, tick that it was before you knew`);
}

const tooLate = () => new Refusal('Stale', 'The letter is no longer waiting for that');
