import type { Day } from '../calendar/day.ts';
import { compulsorySchoolAge } from '../law/school-age.ts';
import { tenDayReturnCodes } from '../register/codes.ts';
import { type Mark, type Span, within } from '../register/mark.ts';
import { returnRuns, tenDays } from '../register/measures/continuous-absence.ts';
import { type PupilRegister, pupilRegister } from '../register/pupil-register.ts';

/** What the attendance return rests on, for the page that prints it. `irregularDays` is the authority's own (see below). */
export const attendanceRules = (irregularDays: number | null): string[] => [
  'Pupils of compulsory school age who were absent for a continuous period of ten school days, every session coded G, N, O or U (SI 2024/208 reg 13, as local authorities’ codes restate it: second-hand).',
  'A day counts once both its sessions are marked. Weekends, holidays and planned closures are passed over; any other code, or a session without a mark, ends the period. It may span holidays and school years.',
  'Listed are periods that had reached ten days by the end of the month and had not ended before it began. New is a period that reached them in the month.',
  'The return also names pupils who fail to attend regularly. No number says who they are: that is the school’s judgement, with its authority.',
  irregularDays === null
    ? 'Your authority, by its profile here, asks for no number of days that are not in a row.'
    : `Your authority, by its profile here, also asks for ${irregularDays} days (${irregularDays * 2} sessions) that are not in a row, as Hertfordshire asks for ten.`,
];

/** The same register with only the days on which the child was of compulsory school age. */
export const ofSchoolAge = (register: PupilRegister, born: Day): PupilRegister =>
  pupilRegister({ ...register, marks: register.marks.filter(({ on }) => compulsorySchoolAge(born, on)) });

export type Period = {
  from: Day;
  to: Day;
  days: number;
  /** The day on which it came to ten days. */
  reachedOn: Day;
  /** Whether nothing had ended it when the newest mark was made. */
  goesOn: boolean;
  sessions: number;
};

const isAbsence = ({ code }: Mark): boolean => tenDayReturnCodes.has(code);

/** The continuous absences that the return of a month names, oldest first, of a pupil's register at its end. */
export const continuousAbsences = (register: PupilRegister, born: Day, month: Span): Period[] =>
  returnRuns(ofSchoolAge(register, born)).flatMap(({ days, marks, ended }) => {
    const [from, to, reachedOn] = [days[0], days.at(-1), days[tenDays - 1]];
    if (!from || !to || !reachedOn || to < month.from || reachedOn > month.to) return [];
    return [{ from, to, days: days.length, reachedOn, goesOn: !ended, sessions: marks.filter(isAbsence).length }];
  });

/**
 * Sessions of G, N, O and U in the school year to the end of a month, where they come to so many school days as the authority
 * asks for (two sessions each) and no ten days in a row reach into them: null if they do not. What "regularly" is the law leaves
 * open; an authority sets a number, or none.
 */
export function irregularAbsence(
  register: PupilRegister,
  born: Day,
  { year, days: asked }: { year: Span; days: number },
): { sessions: number; newest: Day } | null {
  const theirs = ofSchoolAge(register, born);
  const counted = within(theirs.marks, year).filter(isAbsence);
  const newest = counted.at(-1)?.on;
  const inARow = returnRuns(theirs).some(({ days }) => days.length >= tenDays && (days.at(-1) ?? '') >= year.from);
  if (!newest || counted.length < asked * 2 || inARow) return null;
  return { sessions: counted.length, newest };
}
