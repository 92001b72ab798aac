import type { z } from 'zod';
import { counted } from '../../policy/counted.ts';
import { type CodeClass, codeTable } from '../../policy/register/codes.ts';
import { noMark } from './facts.ts';
import type { Marked } from './shapes.ts';

/** A mark as a cell of the register: its code, how it looks, and its words. */
export const cell = ({ code, class: of, words, minutesLate }: z.infer<typeof Marked>) => ({
  code: code ?? '',
  of: of === null ? (words === noMark ? 'missing' : 'not-possible') : looks(of),
  words: withMinutes(words, minutesLate),
});

/** "Late, before the register closed, 12 minutes"; "L, 12 minutes" */
export const withMinutes = (said: string, minutesLate: number | null): string =>
  minutesLate === null ? said : `${said}, ${counted(minutesLate, 'minute')}`;

/** What each code that is there means. */
export const keyOf = (codes: Iterable<string | null>) => {
  const there = new Set(codes);
  return codeTable.filter(({ code }) => there.has(code)).map(({ code, words }) => ({ code, words }));
};

const looks = (of: CodeClass) => (of === 'administrative' ? 'not-possible' : of);

const classWords: [of: string, sign: string, words: string][] = [
  ['present', '/', 'Present'],
  ['aea', 'B', 'Approved educational activity'],
  ['authorised', 'I', 'Authorised absence'],
  ['unauthorised', 'O', 'Unauthorised absence'],
  ['not-possible', '', 'Not a possible session, school closed, or still to come'],
  ['missing', '', 'No mark'],
];

/** What each look that is there means, then what each code. */
export function markKeyOf(cells: readonly ReturnType<typeof cell>[]) {
  const there = new Set(cells.map(({ of }) => of));
  return {
    looks: classWords.flatMap(([of, sign, words]) =>
      there.has(of) ? [{ of, words, sign: cells.find((one) => one.of === of)?.code || sign }] : [],
    ),
    codes: keyOf(cells.map(({ code }) => code)),
  };
}
