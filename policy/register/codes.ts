import type { Day } from '../calendar/day.ts';
import { Refusal } from '../refusal.ts';

/** How a code counts. Only the first four are possible sessions; only the first two are attended. */
export type CodeClass = 'present' | 'aea' | 'authorised' | 'unauthorised' | 'not-possible' | 'administrative';

export type CodeMeaning = { code: string; class: CodeClass; words: string; from: Day | null; until: Day | null };

/** Codes of SI 2024/208 count from this day; those it abolished end the day before. */
const reform: Day = '2024-08-19';
const lastOld: Day = '2024-08-18';

const always = (code: string, of: CodeClass, words: string): CodeMeaning => ({ code, class: of, words, from: null, until: null });
const since = (code: string, of: CodeClass, words: string): CodeMeaning => ({
  code,
  class: of,
  words,
  from: reform,
  until: null,
});
const before = (code: string, of: CodeClass, words: string): CodeMeaning => ({
  code,
  class: of,
  words,
  from: null,
  until: lastOld,
});

/** The national codes (SI 2024/208 reg 10; classes as in DfE's statistics), with the older ones that registers still hold. */
export const codeTable: readonly CodeMeaning[] = [
  always('/', 'present', 'Present in the morning'),
  always('\\', 'present', 'Present in the afternoon'),
  always('L', 'present', 'Late, before the register closed'),
  since('K', 'aea', 'Education provision arranged by the local authority'),
  always('V', 'aea', 'Educational visit or trip'),
  always('P', 'aea', 'Approved sporting activity'),
  always('W', 'aea', 'Work experience'),
  always('B', 'aea', 'Approved educational activity off site'),
  always('D', 'not-possible', 'Dual registered, at the other school'),
  since('C1', 'authorised', 'Leave for a regulated performance or employment abroad'),
  always('M', 'authorised', 'Medical or dental appointment'),
  since('J1', 'authorised', 'Leave for an interview'),
  always('S', 'authorised', 'Study leave for a public examination'),
  always('X', 'not-possible', 'Not of compulsory school age and not required to attend'),
  since('C2', 'authorised', 'Agreed temporary part-time timetable'),
  always('C', 'authorised', 'Leave in exceptional circumstances'),
  always('T', 'authorised', 'Parent travelling for occupational purposes'),
  always('R', 'authorised', 'Religious observance'),
  always('I', 'authorised', 'Illness'),
  always('E', 'authorised', 'Suspended or excluded, no other provision made'),
  since('Q', 'not-possible', 'No access arrangements by the local authority'),
  since('Y1', 'not-possible', 'Transport normally provided not available'),
  since('Y2', 'not-possible', 'Widespread disruption to travel'),
  since('Y3', 'not-possible', 'Part of the premises closed'),
  since('Y4', 'not-possible', 'Whole site unexpectedly closed'),
  since('Y5', 'not-possible', 'In criminal justice detention'),
  since('Y6', 'not-possible', 'Public health guidance or law'),
  since('Y7', 'not-possible', 'Other unavoidable cause'),
  always('G', 'unauthorised', 'Holiday without leave'),
  always('N', 'unauthorised', 'Reason not yet established'),
  always('O', 'unauthorised', 'Absent in other or unknown circumstances'),
  always('U', 'unauthorised', 'Arrived after the register closed'),
  always('Z', 'administrative', 'Not yet on the admission register'),
  always('#', 'administrative', 'Planned closure'),
  before('H', 'authorised', 'Agreed holiday (until August 2024)'),
  before('F', 'authorised', 'Extended agreed holiday (until August 2024)'),
  before('J', 'aea', 'Interview (until August 2024)'),
  before('Y', 'not-possible', 'Unable to attend in exceptional circumstances (until August 2024)'),
];

/** Sessions of these classes are attended, and of these possible (statutory definition, DfE methodology). */
export const attendedClasses = ['present', 'aea'] as const satisfies readonly CodeClass[];
export const possibleClasses = [...attendedClasses, 'authorised', 'unauthorised'] as const satisfies readonly CodeClass[];

/** Every code of these classes, old ones too. */
export const codesIn = (...classes: readonly CodeClass[]): string[] =>
  codeTable.flatMap((meaning) => (classes.includes(meaning.class) ? [meaning.code] : []));

/** The four code sets that the law counts. They differ: never one list of "unauthorised" for all. */
export const penaltyNoticeCodes: ReadonlySet<string> = new Set(['G', 'N', 'O', 'U']); // National Framework 2024
export const tenDayReturnCodes: ReadonlySet<string> = new Set(['G', 'N', 'O', 'U']); // SI 2024/208 reg 13, attendance return
export const groundICodes: ReadonlySet<string> = new Set(['G', 'N', 'O']); // SI 2024/208 reg 9(1)(i)
export const sicknessCodes: ReadonlySet<string> = new Set(['I']); // SI 2024/208 reg 13, sickness return

/** Arrivals after the taking of the register began (SI 2024/208 reg 10): the marks that may have minutes beside them. */
export const lateCodes: ReadonlySet<string> = new Set(['L', 'U']);

/** What to write in place of a code that ended, and what stood in registers before a code began. */
const instead: Record<string, string> = { H: 'C, if leave was truly exceptional', F: 'C', J: 'J1', Y: 'one of Y1 to Y7, or Q' };
const earlier: Record<string, string> = { C1: 'C', C2: 'C', J1: 'J' };
const byCode = new Map<string, CodeMeaning>(codeTable.map((meaning) => [meaning.code, meaning]));

/**
 * What a code means on a day. Codes are case-sensitive.
 * @throws Refusal('BadInput') naming the code, the day and the cure.
 */
export function codeOn(code: string, day: Day): CodeMeaning {
  const meaning = byCode.get(code);
  if (!meaning) {
    const known = byCode.has(code.toUpperCase());
    const cure = known ? `Write it as "${code.toUpperCase()}"` : (lateAlone(code) ?? 'Use a code of the national table');
    throw new Refusal('BadInput', `"${code}", given for ${day}, is not an attendance code. ${cure}`);
  }
  if (meaning.until && day > meaning.until)
    throw new Refusal(
      'BadInput',
      `Code "${code}" ended on 18 August 2024 and cannot stand on ${day}. Use ${instead[code] ?? 'its successor'}`,
    );
  if (meaning.from && day < meaning.from)
    throw new Refusal('BadInput', `Code "${code}" began on 19 August 2024 and cannot stand on ${day}. Use ${earlierThan(code)}`);
  return meaning;
}

const earlierThan = (code: string): string =>
  earlier[code] ?? (code.startsWith('Y') ? 'Y' : 'the code that the register of that day holds');

/**
 * What to do about a figure beside L or U, as in "L12" or "U(45)"; null if there is none. No print of a school's system is known
 * that shows minutes late so, and what the figure means is not guessed.
 */
export function lateAlone(text: string): string | null {
  const [, code] = /([LU])\s?[^\p{L}\p{Nd}\s/\\-]?\s?\p{Nd}/u.exec(text) ?? [];
  return code === undefined
    ? null
    : `Write "${code}" alone: minutes late have a column of their own, minutes_late, in a file with a row for each mark`;
}

/** The class of a code that was already accepted into the register; null for a missing mark. */
export function classOf(code: string): CodeClass | null {
  if (isMissing(code)) return null;
  const meaning = byCode.get(code);
  if (!meaning) throw new Error(`The register holds "${code}", which is no attendance code`);
  return meaning.class;
}

/** Blank and '-' are what school systems print where no mark was made. They are no code. */
export const isMissing = (code: string): boolean => code === '' || code === '-';
