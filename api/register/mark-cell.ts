import type { z } from 'zod';
import type { Code } from './shapes.ts';

/** A mark as a cell of the register: its code, its colour and its words. */
export const cell = ({ code, class: of, words }: z.infer<typeof Code>) => ({
  code: code ?? '',
  of: (of ?? 'missing').replace('aea', 'present').replace('administrative', 'not-possible'),
  words,
});
