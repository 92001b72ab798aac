import { type CodeSet, codesBorne } from '../register/code-sets.ts';
import { type Asked, figureNamed } from '../register/measures/catalogue.ts';
import { type Over, overDuring } from '../register/measures/over.ts';
import type { Condition } from './condition.ts';

type FigureAsked = NonNullable<Condition['figure']>;

/** A figure and what is asked of it, as it is read aloud: "there are at least 3 school days in a row absent without a reason". */
export function figureSaid(asked: FigureAsked): string {
  const { of, is } = asked;
  const words = counts[of.measure];
  if (!words || is !== undefined) return `“${figureNamed(of)}” is ${[...sides(asked), ...(is ? [is] : [])].join(' and ')}`;
  const { one, many = `${one}s`, after } = words(of);
  const alone = numbers(asked).every((n) => n === 1);
  return `there ${alone ? 'is' : 'are'} ${sides(asked).join(' and ')} ${alone ? one : many} ${after}`;
}

const sides = ({ 'at least': least, 'more than': more, 'at most': most, 'fewer than': fewer }: FigureAsked): string[] => [
  ...(least === undefined ? [] : [`at least ${least}`]),
  ...(more === undefined ? [] : [`more than ${more}`]),
  ...(most === undefined ? [] : [`at most ${most}`]),
  ...(fewer === undefined ? [] : [`fewer than ${fewer}`]),
];

const numbers = ({ 'at least': least, 'more than': more, 'at most': most, 'fewer than': fewer }: FigureAsked): number[] =>
  [least, more, most, fewer].filter((n) => n !== undefined);

/** What is counted: one of it and several, and what is said after that. */
type Counts = { one: string; many?: string; after: string };

/** The measures that count what can be named in a sentence. Of any other its label is said. */
const counts: Record<string, (of: Asked) => Counts> = {
  'current-absent-run': ({ codes }) => ({ one: 'school day in a row', many: 'school days in a row', after: absent(codes) }),
  'coded-sessions': ({ codes, over }) => ({ one: 'session', after: `${absent(codes)} ${during(over)}` }),
  'absence-spells': ({ codes, over }) => ({ one: 'spell', after: `${absent(codes)} ${during(over)}` }),
  'days-missed': ({ over }) => ({ one: 'day', after: `missed ${during(over)}` }),
  'illness-days': ({ over }) => ({ one: 'day', after: `of illness ${during(over)}` }),
  'unauthorised-absence': ({ over }) => ({ one: 'session', after: `of unauthorised absence ${during(over)}` }),
  'late-before-close': ({ over }) => ({ one: 'late arrival', after: `before the register closed ${during(over)}` }),
  'late-after-close': ({ over }) => ({ one: 'late arrival', after: `after the register closed ${during(over)}` }),
  'penalty-notice-sessions': () => ({ one: 'session', after: 'that count towards the national threshold for penalty notices' }),
};

/** A rule says of which absence it speaks before there is any; what has happened shows it by its codes. */
function absent(codes: unknown): string {
  if (codes === 'any absence') return 'of absence';
  return codes === 'unexpected absence' ? 'of absence not agreed with the school' : codesBorne(codes as CodeSet);
}

const during = (over: unknown): string => overDuring(over as Over);
