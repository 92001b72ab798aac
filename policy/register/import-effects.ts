import { z } from 'zod';

/**
 * What taking an import would set off: how many rows are new or say something else, the cases that would open and what they
 * would say, the open cases that would be told, and their letters that are approved and have not gone yet.
 */
export const ImportEffects = z.object({
  ...{ added: z.int(), changed: z.int(), unchanged: z.int() },
  /** `since`: attendance called for the case from that day, before the newest marks. */
  opened: z.array(z.object({ pupilId: z.uuid(), says: z.string(), since: z.iso.date().nullable() })),
  told: z.array(z.uuid()),
  /** `held`: why it would not go any more until a person says so; null if it would. */
  letters: z.array(z.object({ id: z.uuid(), caseId: z.uuid(), held: z.string().nullable().default(null) })),
});
export type ImportEffects = z.infer<typeof ImportEffects>;
