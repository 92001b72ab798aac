import { z } from 'zod';

/** A group of checkboxes as a form posts it: one that is ticked comes as text, several as a list, none not at all. */
export const ticked = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => [given].flat());
