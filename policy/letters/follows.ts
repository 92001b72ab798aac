import { z } from 'zod';

/** What the policy does once a letter has gone, as far as the letter tells of it: no family is promised what nobody will be asked to do. */
export const Follows = z.object({
  /** Somebody calls the family, in the letter's own stage. */
  call: z.boolean(),
  /** The family is told, by a call or a letter, when attendance gets better. */
  thanks: z.boolean(),
  /** Another letter about attendance comes if it does not. */
  writes: z.boolean(),
  /** The family is asked to a meeting: in the letter's own stage, or further on if attendance does not get better. */
  meets: z.enum(['now', 'later']).nullable(),
  /** The authority is asked, at the end. */
  refers: z.boolean(),
});
export type Follows = z.infer<typeof Follows>;

/** What the letters said before they asked the policy: those that were approved so stay so. */
export const saidBefore: Follows = { call: true, thanks: true, writes: true, meets: 'later', refers: true };
