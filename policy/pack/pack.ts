import type { z } from 'zod';
import { namesThatExist } from './names-that-exist.ts';
import { packWords } from './pack-words.ts';

/** A school's escalation policy as data. The keys are the words that a senior attendance lead reads aloud. */
export const Pack = packWords.superRefine(namesThatExist);

export type Pack = z.infer<typeof Pack>;
