import { z } from 'zod';

/**
 * What taking an import would set off: how many rows are new or say something else, the cases that would open, or be taken up
 * again, and what they would say, the open cases that would be told, their letters that are approved and have not gone yet, closed cases that would
 * ask for a correction, and referrals whose notice would lose its ground.
 */
export const ImportEffects = z.object({
  ...{ added: z.int(), changed: z.int(), unchanged: z.int() },
  /** `since`: attendance called for the case from that day, before the newest marks. `again`: a closed one that is taken up. */
  opened: z.array(
    z.object({ pupilId: z.uuid(), says: z.string(), since: z.iso.date().nullable(), again: z.literal(true).optional() }),
  ),
  told: z.array(z.uuid()),
  /** `held`: why it would not go any more until a person says so; null if it would. */
  letters: z.array(z.object({ id: z.uuid(), caseId: z.uuid(), held: z.string().nullable().default(null) })),
  /** Closed cases, and open referrals, for which something would follow at once: what, a sentence each. */
  closed: z.array(z.object({ caseId: z.uuid(), says: z.array(z.string()) })).default([]),
  referrals: z.array(z.object({ referralId: z.uuid(), says: z.array(z.string()) })).default([]),
});
export type ImportEffects = z.infer<typeof ImportEffects>;
