import { z } from 'zod';
import { formOf } from '../web/form-of.ts';
import type { Ctx } from '../web/route.ts';
import { importAt } from './facts.ts';

/** Why an import corrects marks that are known. */
export const CorrectionReason = z
  .string()
  .trim()
  .min(1, 'Say why the register is corrected')
  .max(300, 'Write at most 300 characters')
  .describe(
    'Why marks that are known are corrected, where a row gives no reason of its own; kept with each. Without it: as the school’s own register says now',
  );

/** What a person does with an import that they looked at. */
export const ImportDeed = z
  .discriminatedUnion(
    'do',
    [
      z.strictObject({
        do: z.literal('take'),
        seen: z.string().min(1).max(40).describe('From the look: it is refused if the import would do something else by now'),
        reason: CorrectionReason.optional(),
        leaveOutRejected: z.boolean().default(false).describe('Take the good rows, though others are wrong'),
      }),
      z.strictObject({ do: z.literal('cancel') }),
    ],
    'Choose what to do',
  )
  .meta({ id: 'ImportDeed', description: 'Take what was looked at into the register, or cancel the import' });
export type ImportDeed = z.infer<typeof ImportDeed>;

/** The forms on the import's page. */
export const ImportForm = z
  .object({
    decisionKey: z.uuid(),
    do: z.string().default(''),
    seen: z.string().default(''),
    reason: z.string().optional(),
    leaveOut: z.literal('yes').optional(),
  })
  .transform(({ do: what, seen, reason, leaveOut }, ctx) =>
    formOf(ImportDeed, what === 'take' ? { do: what, seen, reason, leaveOutRejected: leaveOut === 'yes' } : { do: what }, ctx),
  );

/**
 * Does it, and says what that did.
 * @throws Refusal('NotFound') if there is none at this school, and as takeImport and cancelImport do
 */
export async function act({ deps, user }: Pick<Ctx, 'deps' | 'user'>, importId: string, deed: ImportDeed): Promise<string> {
  const { schoolId } = await importAt({ deps, user }, importId);
  if (deed.do === 'cancel') {
    await deps.cancelImport({ schoolId, importId });
    return 'The import was cancelled';
  }
  const { seen, reason, leaveOutRejected } = deed;
  return deps.takeImport({ schoolId, importId, seen, reason, leaveOutRejected, by: user.id });
}
