import type { CodeSet } from '../code-sets.ts';
import { type AgreedTimes, type LeftOut, leftOutByPolicy } from '../left-out.ts';
import type { PupilRegister } from '../pupil-register.ts';
import { type Asked, figureOf } from './catalogue.ts';
import type { Figure } from './figure.ts';
import type { Over } from './over.ts';

const spans = ['school year', 'term', 'half-term', { schoolDays: 10 }, { schoolWeeks: 6 }, 'previous school year'] as const;

/** What is said of every pupil, by subject. Adjusted attendance is without what a policy that adjusts leaves out. */
const askedOf = (agreed: AgreedTimes): Record<string, readonly Asked[]> => ({
  Attendance: [
    ...spans.map((over) => ({ measure: 'attendance', over })),
    { measure: 'adjusted-attendance', over: 'school year', 'leaving out': leftOutByPolicy(agreed) },
    { measure: 'persistent-absence', over: 'school year' },
    { measure: 'severe-absence', over: 'school year' },
    { measure: 'missing-marks', over: 'school year' },
  ],
  'Absence and lateness': [
    { measure: 'days-missed', over: 'school year' },
    { measure: 'days-missed', over: 'term' },
    { measure: 'days-missed', over: 'half-term' },
    { measure: 'sessions-missed', over: 'school year' },
    { measure: 'authorised-absence', over: 'school year' },
    { measure: 'unauthorised-absence', over: 'school year' },
    { measure: 'late-before-close', over: 'school year' },
    { measure: 'late-after-close', over: 'school year' },
    { measure: 'late-minutes', over: 'school year' },
    { measure: 'unexplained-age' },
  ],
  'Days in a row, and how often': [
    { measure: 'current-absent-run', codes: 'any absence' },
    { measure: 'current-absent-run', codes: 'unexplained' },
    { measure: 'longest-absent-run', codes: 'any absence', over: 'school year' },
    { measure: 'longest-absent-run', codes: 'unexplained', over: 'school year' },
    { measure: 'absence-spells', codes: 'any absence', over: 'school year' },
    { measure: 'absence-spells', codes: 'illness', over: 'school year' },
  ],
  'What the law counts': [
    { measure: 'penalty-notice-sessions' },
    { measure: 'continuous-absence', over: 'school year' },
    { measure: 'ground-i-run', over: 'school year' },
    { measure: 'illness-days', over: 'school year' },
    { measure: 'illness-projected' },
    { measure: 'illness-reaches-15' },
  ],
  'How much can still be missed': [
    { measure: 'absences-left-now', before: { below: 9600 } },
    { measure: 'absences-left-this-year', before: { below: 9600 } },
    { measure: 'absences-left-now', before: { 'at most': 9000 } },
    { measure: 'absences-left-this-year', before: { 'at most': 9000 } },
    { measure: 'earliest-back', at: 9600 },
  ],
  'Habits and direction': [
    { measure: 'weekday-pattern', codes: 'any absence', over: 'school year' },
    { measure: 'monday-friday-pattern', codes: 'any absence', over: 'school year' },
    { measure: 'trend', over: 'school year' },
  ],
});

/** What somebody asks besides: figures of other days, of a set of codes, and adjusted by what they leave out. */
export type RangeAsked = { over: Over; codes: CodeSet | null; out: LeftOut | null };

const ofRange = ({ over, codes, out }: RangeAsked): readonly Asked[] => [
  { measure: 'attendance', over },
  ...(out === null ? [] : [{ measure: 'adjusted-attendance', over, 'leaving out': out }]),
  ...(codes === null
    ? []
    : [
        { measure: 'coded-sessions', codes, over },
        { measure: 'longest-absent-run', codes, over },
        { measure: 'absence-spells', codes, over },
      ]),
  ...['days-missed', 'authorised-absence', 'unauthorised-absence', 'late-before-close', 'late-after-close', 'missing-marks'].map(
    (measure) => ({ measure, over }),
  ),
];

export type FiguresOfSubject = { subject: string; figures: Figure[] };

/** Every figure of a pupil, by subject; what was asked besides comes first. */
export const pupilFigures = (
  register: PupilRegister,
  agreed: AgreedTimes = {},
  range: RangeAsked | null = null,
): FiguresOfSubject[] =>
  Object.entries({ ...(range && { 'What you asked for': ofRange(range) }), ...askedOf(agreed) }).map(([subject, those]) => ({
    subject,
    figures: those.map((one) => figureOf(register, one)),
  }));
