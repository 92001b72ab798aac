import { z } from 'zod';
import { inThousands } from '../../policy/counted.ts';

type Spoken = { choice: string; text?: string | undefined };
type Option = z.ZodObject<{ choice: z.ZodLiteral<string>; text: z.ZodOptional<z.ZodString> }>;
type Words = { missing: string; most: number; says: string };

/**
 * A decision of the policy as a person or a machine says it: with the words themselves, in `text`, where the policy has the
 * id under which they are kept. `words` says of a choice what is asked for where they are missing, how long they may be, and
 * what becomes of them.
 */
export function spoken(decision: { options: readonly z.ZodObject[] }, words: (choice: string) => Words): z.ZodType<Spoken> {
  const options = decision.options.map((option) => {
    const { choice, textId } = option.shape as { choice: z.ZodLiteral<string>; textId?: z.ZodType };
    if (!textId) return option;
    const { missing, most, says } = words(choice.value);
    const tooLong = `Write at most ${inThousands(most)} characters`;
    const text = z.string(missing).trim().min(1, missing).max(most, tooLong).describe(says);
    return option.omit({ textId: true }).extend({ text: textId instanceof z.ZodOptional ? text.optional() : text });
  });
  return z.discriminatedUnion('choice', options as unknown as [Option], 'Choose what to do');
}

/** The same decision as the policy takes it. */
export const unspoken = <D extends z.ZodType>(decision: D, { text, ...said }: Spoken, textId: string): z.infer<D> =>
  decision.parse(text === undefined ? said : { ...said, textId });
