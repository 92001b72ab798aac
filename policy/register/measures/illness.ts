import { z } from 'zod';
import type { Day } from '../../calendar/day.ts';
import { england2024 } from '../../law/england-2024.ts';
import { notExpectedCodes } from '../code-sets.ts';
import { classOf, sicknessCodes } from '../codes.ts';
import { type Mark, within } from '../mark.ts';
import { newestDaily } from '../pupil-register.ts';
import { daysBearing, sessionsBearing } from './coded-sessions.ts';
import type { Counted } from './figure.ts';
import { enoughForPattern, measure } from './measure.ts';
import { daysWithin, Over, overSaid, spanOn } from './over.ts';
import { runsIn } from './runs.ts';
import { calendarEnds, type Left, schoolYearLeft } from './school-year-left.ts';
import { isPossible } from './totals.ts';

/** School days of illness in a school year at which the sickness return names a pupil (SI 2024/208 reg 13). */
export const sicknessDays = england2024.rules.sicknessReturn.value;

const source =
  'SI 2024/208 reg 13, sickness return, as local authorities’ codes restate it (second-hand); DfE’s tool counts days that contain an I';

const named = `The sickness return names a pupil of compulsory school age who will miss ${sicknessDays} school days`;

const daysOf = (sessions: readonly Counted[]): Day[] => [...new Set(sessions.map(({ id }) => id.slice(0, 10)))];

/** School days with at least one session of illness, consecutive or not. */
export const illnessDays = measure({
  name: 'illness-days',
  label: 'Days of illness',
  unit: 'school days, each whole',
  counts:
    'School days that contain at least one I, in a row or not. A day with one I is a whole day here, unlike in days missed.',
  source,
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({ over: Over.default('school year') }),
  said: ({ over }) => overSaid(over),
  find(register, { over }) {
    const { span, sessions } = sessionsBearing(sicknessCodes, register, over);
    const days = daysOf(sessions).length;
    return { span, value: { is: 'school days', days }, sessions, note: days >= sicknessDays ? named : null };
  },
  daily(all, { over }) {
    const days = [...new Set(daysBearing(sicknessCodes, all))];
    const span = spanOn(all, over);
    return (on) => daysWithin(days, span(on));
  },
});

/**
 * Days of illness that the school year would come to if they went on as they have: those seen, and as many again a school
 * day as there were so far, for the school days that are left. Rounded down. The return asks what a school has reasonable
 * grounds to believe; this is where to look, never the ground itself.
 */
export const illnessProjected = measure({
  name: 'illness-projected',
  label: 'Days of illness by the end of the year, at this pace',
  unit: 'school days, each whole',
  counts:
    'The days of illness seen this school year, and the same share of the school days that are left, rounded down. Our reading of “will miss 15 school days”: a place to look, while the reasonable grounds are a person’s. Not said in the first six school weeks, when one cold would be a forecast.',
  source,
  minimum: enoughForPattern,
  below: 'not said',
  params: z.strictObject({}),
  said: () => '',
  find(register) {
    const { span, sessions } = sessionsBearing(sicknessCodes, register, 'school year');
    const passed = new Set(
      within(register.marks, span)
        .filter(possible)
        .map(({ on }) => on),
    ).size;
    const days = atThisPace(daysOf(sessions).length, passed, schoolYearLeft(register));
    if (days === null) return { span, sessions, value: null, note: calendarEnds };
    return { span, sessions, value: { is: 'school days', days }, note: days >= sicknessDays ? named : null };
  },
  daily(all) {
    const ill = [...new Set(daysBearing(sicknessCodes, all))];
    const sessions = all.marks.filter(possible).map(({ on }) => on);
    const days = [...new Set(sessions)];
    const span = spanOn(all, 'school year');
    const newest = newestDaily(all);
    const { onRollFrom, onRollTo, calendar } = all;
    return (on) => {
      const year = span(on);
      if (daysWithin(sessions, year) < enoughForPattern) return Number.NaN;
      const left = schoolYearLeft({ on, onRollFrom, onRollTo, calendar, newest: newest(on) });
      return atThisPace(daysWithin(ill, year), daysWithin(days, year), left) ?? Number.NaN;
    };
  },
});

/** So many days of illness were seen of so many that have passed: how many they come to by the end of the year; null if that is not known. */
function atThisPace(seen: number, passed: number, { whole, sessions }: Left): number | null {
  if (!whole) return null;
  return seen + (passed === 0 ? 0 : Math.floor((seen * Math.floor(sessions.length / 2)) / passed));
}

const possible = ({ code }: Mark): boolean => isPossible(classOf(code));

/** The school day on which this illness, if it went on without a break, would bring the year's days of illness to 15. */
export const illnessReaches = measure({
  name: 'illness-reaches-15',
  label: 'Day on which the illness of now would make 15 days',
  unit: 'a school day',
  counts:
    'If the pupil was ill when the newest mark was made and stayed ill on every school day to come, the day on which the days of illness of this school year reach 15. The newest day counts with its morning alone.',
  source,
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({}),
  said: () => '',
  find(register) {
    const { span, sessions } = sessionsBearing(sicknessCodes, register, 'school year');
    const now = runsIn(register, { codes: sicknessCodes, passes: notExpectedCodes, morningCounts: true }).find(
      ({ ended }) => !ended,
    );
    if (!now) return { span, sessions, value: null, note: register.newest ? 'Not ill when the newest mark was made' : null };
    const days = daysOf(sessions);
    const reached = days[sicknessDays - 1];
    if (reached) return { span, sessions, value: { is: 'day', day: reached } };
    const left = schoolYearLeft(register);
    const coming = [...new Set(left.sessions.map((id) => id.slice(0, 10)))].filter((day) => !days.includes(day));
    const day = coming[sicknessDays - days.length - 1];
    if (day) return { span, sessions, value: { is: 'day', day } };
    return { span, sessions, value: null, note: left.whole ? 'Not in this school year' : calendarEnds };
  },
});
