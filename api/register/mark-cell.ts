import type { z } from 'zod';
import { codeTable } from '../../policy/register/codes.ts';
import type { Code } from './shapes.ts';

/** A mark as a cell of the register: its code, its colour and its words. */
export const cell = ({ code, class: of, words }: z.infer<typeof Code>) => ({
  code: code ?? '',
  of: (of ?? 'missing').replace('aea', 'present').replace('administrative', 'not-possible'),
  words,
});

/** What each code that is there means. */
export const keyOf = (codes: Iterable<string | null>) => {
  const there = new Set(codes);
  return codeTable.filter(({ code }) => there.has(code)).map(({ code, words }) => ({ code, words }));
};
