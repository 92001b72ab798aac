import { z } from 'zod';
import { england2024 } from '../../law/england-2024.ts';
import { closedCodes } from '../code-sets.ts';
import { groundICodes, tenDayReturnCodes } from '../codes.ts';
import type { PupilRegister } from '../pupil-register.ts';
import { longestIn, runFound } from './absent-runs.ts';
import { measure } from './measure.ts';
import { Over, overSaid, spanOf } from './over.ts';
import { type Run, runsIn } from './runs.ts';

/** School days of continuous absence at which the attendance return names a pupil (SI 2024/208 reg 13). */
export const tenDays = england2024.rules.attendanceReturn.value;
/** School days of continuous absence from which on ground I may be looked at (SI 2024/208 reg 9(1)(i)). */
export const groundIDays = england2024.rules.groundI.value;

/** Continuous absence for the attendance return, oldest first: every session of each day coded G, N, O or U. */
export const returnRuns = (register: PupilRegister): Run[] => statutoryRuns(tenDayReturnCodes, register);

/** Continuous absence for deletion by ground I: every mark G, N or O. A single U breaks it, as any other code does. */
export const groundIRuns = (register: PupilRegister): Run[] => statutoryRuns(groundICodes, register);

/** A day counts once both its sessions are marked. Only a planned closure is passed over: it is no session. */
const statutoryRuns = (codes: ReadonlySet<string>, register: PupilRegister): Run[] =>
  runsIn(register, { codes, passes: closedCodes, morningCounts: false });

const reached = (run: Run | undefined, days: number): boolean => (run?.days.length ?? 0) >= days;

const howDaysCount =
  'A day counts once both its sessions are marked so. Weekends, holidays and planned closures (#) are passed over; any other code, and a session without a mark, ends the run. It may span holidays and school years.';

/** The longest run of G, N, O and U that reaches into a span. At 10 school days the attendance return names the pupil. */
export const continuousAbsence = measure({
  name: 'continuous-absence',
  label: 'Continuous unauthorised absence',
  unit: 'school days',
  counts: `School days in a row on which every session is coded G, N, O or U. ${howDaysCount} At ${tenDays} school days the pupil is named in the attendance return to the local authority.`,
  source: 'SI 2024/208 reg 13, as local authorities’ codes restate it (second-hand)',
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({ over: Over.default('school year') }),
  said: ({ over }) => overSaid(over),
  find(register, { over }) {
    const span = spanOf(register, over);
    const run = longestIn(span, returnRuns(register));
    const note = reached(run, tenDays)
      ? `From ${tenDays} school days on the attendance return names a pupil of compulsory school age`
      : null;
    return { span, ...runFound(run), note };
  },
});

/** The longest run of G, N and O that reaches into a span. From 20 school days on, ground I may be looked at. */
export const groundIRun = measure({
  name: 'ground-i-run',
  label: 'Continuous absence for ground I',
  unit: 'school days',
  counts: `School days in a row on which every mark is G, N or O: a single U or I ends it. ${howDaysCount} At ${groundIDays} school days the school may look at whether the name can be deleted by ground I, which asks for reasonable enquiries by school and authority as well.`,
  source: 'SI 2024/208 reg 9(1)(i) (second-hand)',
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({ over: Over.default('school year') }),
  said: ({ over }) => overSaid(over),
  find(register, { over }) {
    const span = spanOf(register, over);
    const run = longestIn(span, groundIRuns(register));
    const note = reached(run, groundIDays)
      ? `From ${groundIDays} school days on ground I may be looked at, after reasonable enquiries`
      : null;
    return { span, ...runFound(run), note };
  },
});
