import { z } from 'zod';

/**
 * How a file was read, as its import keeps it: by which mapping, guessed or asked for, in what format, with what a person
 * should look at before they take it.
 */
export const FileHow = z.object({
  by: z.string(),
  guessed: z.boolean(),
  format: z.string(),
  encoding: z.string().nullable(),
  headingRow: z.int().nullable(),
  notes: z.array(z.string()),
  unsure: z.array(z.object({ column: z.string(), says: z.string() })),
});
export type FileHow = z.infer<typeof FileHow>;

/** What may be asked for instead of a mapping's name: to find it out, or our own form. */
export const guess = 'guess';
export const ownForm = 'our own form';
