import { z } from 'zod';
import { counted as numbered } from '../../counted.ts';
import { lateCodes } from '../codes.ts';
import type { Mark } from '../mark.ts';
import { sessionsOf } from './coded-sessions.ts';
import { counted, type Value } from './figure.ts';
import { marksOver, measure } from './measure.ts';
import { Over, overSaid } from './over.ts';

/** Late before the register closed: present. */
export const lateL = sessionsOf({
  name: 'late-before-close',
  label: 'Late, before the register closed',
  counts: 'Sessions coded L. They are attended. How many minutes late is a figure of its own.',
  source: 'SI 2024/208 reg 10',
  codes: new Set(['L']),
});

/** Late after the register closed: an unauthorised absence, and one of those that the penalty-notice threshold counts. */
export const lateU = sessionsOf({
  name: 'late-after-close',
  label: 'Late, after the register closed',
  counts: 'Sessions coded U. They are unauthorised absence. How many minutes late is a figure of its own.',
  source: 'SI 2024/208 reg 10',
  codes: new Set(['U']),
});

/** The minutes of the late marks among these: in all, of how many they are known, and how many are late. */
export function minutesLateOf(marks: readonly Mark[]): Value & { is: 'minutes' } {
  const lates = marks.filter(({ code }) => lateCodes.has(code));
  const known = lates.flatMap(({ minutesLate }) => minutesLate ?? []);
  return { is: 'minutes', minutes: known.reduce((sum, n) => sum + n, 0), known: known.length, lates: lates.length };
}

/** Minutes late, of those late marks of which they are known: registers need not hold them. */
export const lateMinutes = measure({
  name: 'late-minutes',
  label: 'Minutes late, where known',
  unit: 'minutes',
  counts:
    'The minutes that stand beside sessions coded L or U, added up. A register need not hold them: it is said of how many lates they are known, and where of none, nothing is said. They change no percentage.',
  source: 'SI 2024/208 reg 10 for L and U; the minutes are what the school’s register holds beside them',
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({ over: Over.default('school year') }),
  said: ({ over }) => overSaid(over),
  find(register, { over }) {
    const { span, marks } = marksOver(register, over);
    const value = minutesLateOf(marks);
    const sessions = marks.flatMap((mark) =>
      lateCodes.has(mark.code)
        ? [{ ...counted(mark), ...(mark.minutesLate === undefined ? {} : { minutesLate: mark.minutesLate }) }]
        : [],
    );
    if (value.lates > 0 && value.known === 0)
      return { span, value: null, sessions, note: `The minutes of ${numbered(value.lates, 'late mark')} are not known` };
    return { span, value, sessions };
  },
});
