import { z } from 'zod';
import type { Day } from '../../calendar/day.ts';
import type { PupilRegister } from '../pupil-register.ts';
import { authorisedAbsence, missedDays, sessionsMissed, unauthorisedAbsence } from './absence.ts';
import { absenceSpells } from './absence-spells.ts';
import { absencesLeftInARow, absencesLeftThisYear } from './absences-left.ts';
import { currentAbsentRun, longestAbsentRun } from './absent-runs.ts';
import { adjustedAttendance } from './adjusted-attendance.ts';
import { attendance } from './attendance.ts';
import { codedSessions } from './coded-sessions.ts';
import { continuousAbsence, groundIRun } from './continuous-absence.ts';
import { earliestBack } from './earliest-back.ts';
import type { Figure } from './figure.ts';
import { illnessDays, illnessProjected, illnessReaches } from './illness.ts';
import { lateL, lateMinutes, lateU } from './lates.ts';
import type { Measure } from './measure.ts';
import { missingMarks } from './missing-marks.ts';
import { type Over, overSaid } from './over.ts';
import { penaltyNoticeSessions } from './penalty-notice-window.ts';
import { persistentAbsence, severeAbsence } from './persistent-absence.ts';
import { trend } from './trend.ts';
import { unexplainedAge } from './unexplained.ts';
import { mondayFridayPattern, weekdayPattern } from './weekday-pattern.ts';
import { figureSaid } from './words.ts';

/** Every measure of a pupil, in the order in which they are shown. */
export const measures: readonly Measure[] = [
  attendance,
  adjustedAttendance,
  persistentAbsence,
  severeAbsence,
  missedDays,
  sessionsMissed,
  authorisedAbsence,
  unauthorisedAbsence,
  lateL,
  lateU,
  lateMinutes,
  codedSessions,
  penaltyNoticeSessions,
  currentAbsentRun,
  longestAbsentRun,
  absenceSpells,
  continuousAbsence,
  groundIRun,
  illnessDays,
  illnessProjected,
  illnessReaches,
  unexplainedAge,
  missingMarks,
  absencesLeftInARow,
  absencesLeftThisYear,
  earliestBack,
  weekdayPattern,
  mondayFridayPattern,
  trend,
];

const byName = new Map(measures.map((one) => [one.name, one]));
const [first, ...others] = measures.map(({ name, params }) => params.extend({ measure: z.literal(name) }));
if (!first) throw new Error('There is no measure');

/** A measure by its name with what is asked of it, as a policy writes it: { measure: "attendance", over: "last 10 school days" }. */
export const Asked = z.discriminatedUnion('measure', [first, ...others]) as unknown as z.ZodType<Asked>;
export type Asked = { measure: string; [asked: string]: unknown };

/** The figure that was asked for. */
export function figureOf(register: PupilRegister, { measure, ...asked }: Asked): Figure {
  const found = byName.get(measure);
  if (!found) throw new Error(`There is no measure "${measure}"`);
  return found.figure(register, asked);
}

/** The number that its value has on any day of a register that is known to its end; null of a measure that has to be found each day anew. */
export const dailyOf = (all: PupilRegister, { measure, ...asked }: Asked): ((on: Day) => number) | null =>
  byName.get(measure)?.daily?.(all, asked) ?? null;

/** The possible sessions in its span from which on it says something. */
export const minimumOf = ({ measure }: Asked): number => byName.get(measure)?.minimum ?? 0;

/** A figure that was found as a sentence says it: "2 sessions absent on the last school day"; else under its label. */
export const factSaid = ({ measure, ...asked }: Asked, found: Figure): string =>
  (found.value && byName.get(measure)?.fact?.(found.value, asked)) ?? `${found.label}: ${figureSaid(found)}`;

/** What a measure is called, with what is asked of it where that can be said without a register: "Sessions: unauthorised, term". */
export function figureNamed({ measure, ...asked }: Asked): string {
  const found = byName.get(measure);
  if (!found) throw new Error(`There is no measure "${measure}"`);
  const said = Object.values(asked).flatMap((one) => (typeof one === 'string' ? [one] : []));
  const over = 'over' in asked ? [overSaid(asked.over as Over)] : [];
  return [found.label, ...said.filter((one) => one !== asked.over), ...over].join(', ');
}
