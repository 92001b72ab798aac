import type { CodeClass } from '../register/codes.ts';
import type { Session } from '../register/mark.ts';

/** What the daily summary rests on, for the page that prints it. */
export const summaryRules = [
  'Every pupil on roll on the day is counted once for each session, by the class of the code: present, approved educational activity, authorised absence, unauthorised absence, not a possible attendance, closure or not yet on roll, or no mark (SI 2024/208 reg 10; classes as in DfE’s statistics).',
  'Attendance is present and approved educational activity, of all sessions but those that are not possible, administrative or without a mark.',
] as const;

/** How a session of a pupil is counted: by the class of its code, or as missing. */
export const summaryClasses = [
  'present',
  'aea',
  'authorised',
  'unauthorised',
  'not-possible',
  'administrative',
  'missing',
] as const;
export type SummaryClass = CodeClass | 'missing';

/** So many pupils of a class (the group) whose code in a session was of a class (of codes). */
export type SummaryCount = { yearGroup: number; className: string; session: Session; of: SummaryClass; pupils: number };
export type SummaryLine = Record<SummaryClass, number> & { session: Session; onRoll: number };

/** The two sessions of a group: its counts added up. */
export function summaryOf(counts: readonly SummaryCount[]): SummaryLine[] {
  return (['AM', 'PM'] as const).map((session) => {
    const these = counts.filter((one) => one.session === session);
    const sum = (of: SummaryClass) => these.reduce((total, one) => total + (one.of === of ? one.pupils : 0), 0);
    const line = Object.fromEntries(summaryClasses.map((of) => [of, sum(of)])) as Record<SummaryClass, number>;
    return { session, onRoll: these.reduce((total, { pupils }) => total + pupils, 0), ...line };
  });
}
