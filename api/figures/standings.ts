import { type Day, endOfDay, mondayOf, shortDay } from '../../policy/calendar/day.ts';
import { lastSchoolWeeks, type SchoolCalendar, schoolYearOf, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { type Left, sessionsLeft, type WeeklyCounts } from '../../policy/figures/crossings.ts';
import { Refusal } from '../../policy/refusal.ts';
import {
  type Counts,
  countsBetween,
  countsKept,
  type PupilCounts,
  type PupilOnRoll,
  pupilsOnRoll,
} from '../../prisma/figures.ts';
import { noticeSessionsByWeek } from '../../prisma/notice-sessions.ts';
import { classesOf, schoolOf } from '../../prisma/pupils.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Ctx } from '../web/route.ts';

export type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** Whose figures: of the whole school, of a year group, or of a class. */
export type Scope = { yearGroup?: number | undefined; className?: string | undefined };

/** A pupil on roll: attendance of the school year now and before this week, and how far from each line. */
export type Standing = PupilOnRoll & { now: Counts; before: Counts; counts: WeeklyCounts; left: Left };

export type Standings = {
  /** The day the figures are for; `past` if they are as they were known then. */
  on: Day;
  past: boolean;
  monday: Day;
  pupils: Standing[];
};

/**
 * What a person may look at of what they ask: a class teacher has the class alone.
 * @throws Refusal('NotFound') if it is another's class or year group.
 */
export async function scopeFor({ deps, user }: Omit<Asking, 'at'>, asked: Scope): Promise<Scope> {
  const school = await schoolOf(deps.db, user);
  const classes = await classesOf(deps.db, school.id);
  const own = user.role === 'class-teacher';
  const { className = own ? (user.className ?? '') : undefined, yearGroup } = asked;
  if (own && (className !== user.className || yearGroup !== undefined)) throw new Refusal('NotFound', 'This is not your class');
  if (className !== undefined && !classes.includes(className)) throw new Refusal('NotFound', 'There is no such class here');
  return { className, yearGroup };
}

/** How every pupil on roll of a school, or of a part of it, stands at the end of a day. */
export async function standings({ deps, user, at }: Asking, scope: Scope, asked: Day | undefined): Promise<Standings> {
  const { db } = deps;
  const school = await schoolOf(db, user);
  const today = todayAt(school, at);
  const on = asked ?? today;
  if (on > today) throw new Refusal('BadInput', `${shortDay(on)} is still to come. Ask for a day up to today`);
  const past = on < today;
  const knownAt = past ? new Date(endOfDay(on)) : undefined;
  const calendar = await calendarOf(db, school.id);
  const [schoolId, monday] = [school.id, mondayOf(on)];
  const [roll, year, week, notice] = await Promise.all([
    pupilsOnRoll(db, { ...scope, schoolId, on }),
    past
      ? countsBetween(db, { schoolId, from: schoolYearStart(on), to: on }, knownAt)
      : countsKept(db, schoolId, schoolYearOf(on)),
    countsBetween(db, { schoolId, from: monday < schoolYearStart(on) ? schoolYearStart(on) : monday, to: on }, knownAt),
    noticeSessionsByWeek(db, { schoolIds: [schoolId], from: windowsBegin(calendar, on), to: on }, knownAt),
  ]);
  if (scope.yearGroup !== undefined && roll.length === 0) throw new Refusal('NotFound', 'There is no such year group here');
  const [thisYear, thisWeek, weekly] = [byPupil(year), byPupil(week), byWeek(notice)];
  const left = sessionsLeft(calendar, on);
  const pupils = roll.map((pupil) => {
    const now = thisYear.get(pupil.pupilId) ?? none;
    const counts = weekly.get(pupil.pupilId) ?? new Map<Day, number>();
    return { ...pupil, now, before: less(now, thisWeek.get(pupil.pupilId) ?? none), counts, left: left({ now, counts }) };
  });
  return { on, past, monday, pupils };
}

/** Where the window of ten school weeks begins that the oldest session within the last ten could end. */
export const windowsBegin = (calendar: SchoolCalendar, on: Day): Day => lastSchoolWeeks(calendar, on, 20)[0] ?? on;

const none: Counts = { attended: 0, possible: 0, authorised: 0, unauthorised: 0 };

const less = (all: Counts, some: Counts): Counts => ({
  attended: all.attended - some.attended,
  possible: all.possible - some.possible,
  authorised: all.authorised - some.authorised,
  unauthorised: all.unauthorised - some.unauthorised,
});

const byPupil = (rows: readonly PupilCounts[]) =>
  new Map<string, Counts>(rows.map(({ pupilId, ...counts }) => [pupilId, counts]));

/** Each pupil's sessions of G, N, O or U by week. */
export function byWeek(rows: readonly { pupilId: string; week: Day; sessions: number }[]): Map<string, Map<Day, number>> {
  const all = new Map<string, Map<Day, number>>();
  for (const { pupilId, week, sessions } of rows) {
    const weeks = all.get(pupilId) ?? new Map<Day, number>();
    all.set(pupilId, weeks.set(week, sessions));
  }
  return all;
}
