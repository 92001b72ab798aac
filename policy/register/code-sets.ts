import { z } from 'zod';
import { codesIn, codeTable, penaltyNoticeCodes, sicknessCodes } from './codes.ts';

/**
 * Sets of codes that a measure can be asked for by name. "unexplained" is N and O: an N that nobody explains in five school
 * days becomes an O, and a child whom nobody has heard of is not to drop out of sight by that.
 */
export const namedCodes = {
  'any absence': new Set(codesIn('authorised', 'unauthorised')),
  authorised: new Set(codesIn('authorised')),
  unauthorised: new Set(codesIn('unauthorised')),
  unexplained: new Set(['N', 'O']),
  'penalty notice': penaltyNoticeCodes,
  illness: sicknessCodes,
} as const satisfies Record<string, ReadonlySet<string>>;

type Name = keyof typeof namedCodes;

const oneCode = z
  .string()
  .refine((code) => codeTable.some((meaning) => meaning.code === code), 'Use a code of the national table');

/** A set of codes by its name ("any absence"), or as a list of codes (["I", "M"]). */
export const CodeSet = z.union([z.enum(Object.keys(namedCodes) as [Name, ...Name[]]), z.array(oneCode).min(1)]);
export type CodeSet = z.infer<typeof CodeSet>;

export const codesOf = (set: CodeSet): ReadonlySet<string> => (typeof set === 'string' ? namedCodes[set] : new Set(set));

/** "any absence", "I, M" */
export const codesSaid = (set: CodeSet): string => (typeof set === 'string' ? set : set.join(', '));

/** Planned closures: whatever else the calendar says, the pupil had no session. */
export const closedCodes: ReadonlySet<string> = new Set(['#']);

/** Sessions that the pupil was not expected at and could not attend: they neither make a run of absence nor end it. Not D, which the other school marks. */
export const notExpectedCodes: ReadonlySet<string> = new Set(
  [...codesIn('not-possible'), ...closedCodes].filter((code) => code !== 'D'),
);
