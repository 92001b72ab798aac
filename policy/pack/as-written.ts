import type { z } from 'zod';
import { namesThatExist } from './names-that-exist.ts';
import { packWords } from './pack-words.ts';

/**
 * A policy as a document has it, which a school could not run yet: what closes a case may be missing, and who stands in for whom.
 * The linter reads packs so, and says what is missing.
 */
export const AsWritten = packWords
  .partial({ closes: true, letters: true, waiting: true, figures: true })
  .superRefine(namesThatExist);
export type AsWritten = z.infer<typeof AsWritten>;
