import { z } from 'zod';
import { addDays, type Day, mondayOf } from '../../calendar/day.ts';
import { lastSchoolWeeks, placeAfter, type SchoolCalendar, schoolYearStart } from '../../calendar/school-calendar.ts';
import { lawOn } from '../../law/rule-sets.ts';
import { schoolAgeOf } from '../../law/school-age.ts';
import { elsewhereSaid, withElsewhere } from '../absence-elsewhere.ts';
import { penaltyNoticeCodes } from '../codes.ts';
import { type Mark, sessionId, within } from '../mark.ts';
import { counted } from './figure.ts';
import { measure } from './measure.ts';
import { daysWithin, spanOf } from './over.ts';

/**
 * The national threshold for considering a penalty notice: so many sessions of G, N, O or U (10 in the rules of 2024) in a
 * rolling period of so many school weeks (10), which may span holidays and school years. The window is the school week of
 * the newest such session up to `endDay` and the nine school weeks before it: our reading, as no source defines the anchor.
 * Marks may come in any order; the sessions are named oldest first. Nothing is met on a day that had no such threshold. Of a child
 * whose day of birth is given, see `towardsNotice`.
 */
export function penaltyNoticeWindow(
  marks: readonly Mark[],
  cal: SchoolCalendar,
  endDay: Day,
  born?: Day,
): { weeks: Day[]; sessions: string[]; met: boolean } {
  const rule = lawOn(endDay).threshold.value;
  const counting = towardsNotice(marks, born).filter(({ on }) => on <= endDay);
  const newest = counting.reduce<Day>((latest, { on }) => (on > latest ? on : latest), '');
  if (!rule || !newest) return { weeks: [], sessions: [], met: false };
  const { weeks, from } = weeksUpTo(newest, cal, rule);
  const sessions = within(counting, { from, to: newest }).map(sessionId).sort();
  return { weeks, sessions, met: sessions.length >= rule.sessions };
}

/**
 * The marks that can count towards a penalty notice: G, N, O or U. Absence is an offence of the parent only while the child is of
 * compulsory school age (Education Act 1996 s444): where the day of birth is known, no other day counts.
 */
export function towardsNotice(marks: readonly Mark[], born: Day | undefined): Mark[] {
  const age = born === undefined ? null : schoolAgeOf(born);
  return marks.filter(({ on, code }) => penaltyNoticeCodes.has(code) && (age === null || (age.from <= on && on <= age.until)));
}

/**
 * From which day on its marks have to be known: a window that began before the summer reaches into this school year, and one whose
 * newest session was in the last ten school weeks before it is whole.
 */
export function penaltyNoticeMarksFrom(cal: SchoolCalendar, endDay: Day): Day {
  const begins = schoolYearStart(endDay);
  const weeks = lawOn(endDay).threshold.value?.schoolWeeks ?? 0;
  const [first = begins] = lastSchoolWeeks(cal, addDays(begins, -1), 2 * weeks);
  return [first, addDays(begins, -120)].toSorted()[0] as Day;
}

function weeksUpTo(newest: Day, cal: SchoolCalendar, { schoolWeeks }: { schoolWeeks: number }): { weeks: Day[]; from: Day } {
  const monday = mondayOf(newest);
  const weeks = lastSchoolWeeks(cal, addDays(monday, 6), schoolWeeks);
  return { weeks, from: weeks[0] ?? monday };
}

const thresholdMet =
  'The national threshold is met: a penalty notice has to be considered for a child of compulsory school age, and never follows by itself';

/** The sessions in that window. At 10 a penalty notice has to be considered, and never follows by itself. */
export const penaltyNoticeSessions = measure({
  name: 'penalty-notice-sessions',
  label: 'Sessions towards the penalty-notice threshold',
  unit: 'sessions',
  counts:
    'Sessions coded G, N, O or U, also those at another school that are on record or in its register here, in the school week of the newest of them and the nine school weeks before it, over holidays and school years. Of a pupil whose day of birth is known, only those on which the child was of compulsory school age. The anchor is our reading: no source defines it. At 10 a notice has to be considered for a child of compulsory school age, case by case; it never follows by itself.',
  source: 'National framework for penalty notices, 2024; Working together to improve school attendance 2024, ch 6',
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({}),
  said: () => '',
  find(register) {
    const { calendar, on, born, elsewhere } = register;
    const marks = withElsewhere(register.marks, elsewhere);
    const window = penaltyNoticeWindow(marks, calendar, on, born);
    const theirs = new Set(window.sessions);
    const counting = marks.filter((mark) => theirs.has(sessionId(mark)));
    const sessions = counting.map(counted).sort((a, b) => (a.id < b.id ? -1 : 1));
    const notes = [window.met ? thresholdMet : null, elsewhereSaid(counting)].filter((note) => note !== null);
    const note = notes.length > 0 ? notes.join('. ') : null;
    const [from] = window.weeks;
    const newest = sessions.at(-1)?.id.slice(0, 10);
    const span = from && newest ? { from, to: newest } : spanOf(register, { schoolWeeks: 10 });
    return { span, value: { is: 'sessions', sessions: sessions.length }, sessions, note };
  },
  daily(all) {
    const days = towardsNotice(all.marks, all.born).map(({ on }) => on);
    const counted = new Map<Day, number>();
    return (on) => {
      const rule = lawOn(on).threshold.value;
      const newest = days[placeAfter(days, on) - 1];
      if (!rule || !newest) return 0;
      const known = counted.get(newest) ?? daysWithin(days, { from: weeksUpTo(newest, all.calendar, rule).from, to: newest });
      counted.set(newest, known);
      return known;
    };
  },
});
