import { z } from 'zod';
import { counted as daysCounted } from '../../counted.ts';
import { agreedCodes, CodeSet, codesBorne, codesOf, codesSaid, notExpectedCodes } from '../code-sets.ts';
import type { Span } from '../mark.ts';
import { type PupilRegister, pupilRegister } from '../pupil-register.ts';
import { daysBearing } from './coded-sessions.ts';
import { counted, type Value } from './figure.ts';
import { measure } from './measure.ts';
import { daysWithin, Over, overSaid, spanOf, spanOn } from './over.ts';
import { type Run, runDaily, runsIn } from './runs.ts';
import { runSaid } from './words.ts';

const howDaysCount =
  'A day counts if every session of it bears one of the codes, the newest day also with its morning alone. Weekends, holidays and days on which the pupil was not expected (X, Y, Q, #) are passed over; of unexpected absence, sessions of agreed leave too. Any other code, and a session without a mark, ends a run.';

/** The longest run of absent days that reaches into a span, wherever it began; the newest of equals. */
export const longestAbsentRun = measure({
  name: 'longest-absent-run',
  label: 'Longest run of absent days',
  unit: 'school days',
  counts: `${howDaysCount} A run that goes on into the span is counted whole.`,
  source: 'School policies',
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({ codes: CodeSet.default('any absence'), over: Over.default('school year') }),
  said: ({ codes, over }) => `${codesSaid(codes)}, ${overSaid(over)}`,
  find(register, { codes, over }) {
    const span = spanOf(register, over);
    return { span, ...runFound(longestIn(span, runsOf(codes, register))) };
  },
  daily(all, { codes, over }) {
    const days = daysBearing(codesOf(codes), all);
    const span = spanOn(all, over);
    // A run that reaches into the span has a day in it: on most days there is none, and no run need be looked for.
    return (on) =>
      daysWithin(days, span(on)) === 0
        ? 0
        : (longestIn(span(on), runsOf(codes, pupilRegister({ ...all, on })))?.days.length ?? 0);
  },
});

/** The run that nothing has ended yet: 0 days if the pupil was in school when the newest mark was made. */
export const currentAbsentRun = measure({
  name: 'current-absent-run',
  label: 'Absent days in a row now',
  unit: 'school days',
  counts: `${howDaysCount} The run is the one that reaches the newest mark.`,
  source: 'School policies',
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({ codes: CodeSet.default('any absence') }),
  said: ({ codes }) => codesSaid(codes),
  find: (register, { codes }) => ({
    span: spanOf(register, 'whole record'),
    ...runFound(runNow(register, codes)),
  }),
  fact: (run, { codes }) => `${daysCounted(run.days, 'school day')} in a row ${codesBorne(codes)}${runSaid(run)}`,
  daily: (all, { codes }) => runDaily(all, ruleOf(codes)),
});

/** The run that nothing has ended yet, of days with these codes. */
export const runNow = (register: PupilRegister, codes: CodeSet): Run | undefined =>
  runsOf(codes, register).find(({ ended }) => !ended);

const ruleOf = (codes: CodeSet) => ({
  codes: codesOf(codes),
  passes: codes === 'unexpected absence' ? agreedOrNotExpected : notExpectedCodes,
  morningCounts: true,
});

/** A child who is ill on the mornings of a part-time timetable is ill day after day: the agreed afternoons end no run. */
const agreedOrNotExpected: ReadonlySet<string> = new Set([...notExpectedCodes, ...agreedCodes]);

const runsOf = (codes: CodeSet, register: PupilRegister): Run[] => runsIn(register, ruleOf(codes));

/** The longest of these that reaches into a span; the newest of equals. */
export function longestIn({ from, to }: Span, runs: readonly Run[]): Run | undefined {
  const reaching = runs.filter(({ days }) => days.some((day) => from <= day && day <= to));
  return reaching.reduce<Run | undefined>((best, run) => (best && best.days.length > run.days.length ? best : run), undefined);
}

/** A run as a value, with its sessions. */
export const runFound = (run: Run | undefined) => ({
  value: {
    is: 'run',
    days: run?.days.length ?? 0,
    from: run?.days[0] ?? null,
    to: run?.days.at(-1) ?? null,
  } satisfies Value,
  sessions: (run?.marks ?? []).map(counted),
});
