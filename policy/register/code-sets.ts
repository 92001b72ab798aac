import { z } from 'zod';
import { codesIn, codeTable, penaltyNoticeCodes, sicknessCodes } from './codes.ts';

/**
 * Absence that the school knew of before: leave that it granted (C, C1, C2, J1, S; H and F before August 2024), and E, where it
 * sent the pupil away itself (SI 2024/208 reg 11). A session of an agreed part-time timetable (C2) lowers attendance, and nobody
 * has to ask where the child is.
 */
export const agreedCodes: ReadonlySet<string> = new Set(['C', 'C1', 'C2', 'J1', 'S', 'E', 'H', 'F']);

const absenceCodes = codesIn('authorised', 'unauthorised');

/**
 * Sets of codes that a measure can be asked for by name. "unexpected absence" is all but what the school agreed to before. "unexplained" is N and O: an N that nobody explains in five school
 * days becomes an O, and a child whom nobody has heard of is not to drop out of sight by that.
 */
export const namedCodes = {
  'any absence': new Set(absenceCodes),
  'unexpected absence': new Set(absenceCodes.filter((code) => !agreedCodes.has(code))),
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

/** What sessions that bear the codes are, after their number: "absent", "of illness", "marked I, M". */
export const codesBorne = (set: CodeSet): string => (typeof set === 'string' ? borne[set] : `marked ${set.join(', ')}`);

const borne: Record<Name, string> = {
  'any absence': 'absent',
  'unexpected absence': 'absent',
  authorised: 'absent with leave or a reason that counts',
  unauthorised: 'absent without leave',
  unexplained: 'absent without a reason',
  'penalty notice': 'that count towards a penalty notice',
  illness: 'of illness',
};

/** Planned closures: whatever else the calendar says, the pupil had no session. */
export const closedCodes: ReadonlySet<string> = new Set(['#']);

/** Sessions that the pupil was not expected at and could not attend: they neither make a run of absence nor end it. Not D, which the other school marks. */
export const notExpectedCodes: ReadonlySet<string> = new Set(
  [...codesIn('not-possible'), ...closedCodes].filter((code) => code !== 'D'),
);
