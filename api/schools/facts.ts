import type { z } from 'zod';
import { addDays, type Day, endOfDay, mondayOf, shortDay } from '../../policy/calendar/day.ts';
import { type SchoolCalendar, schoolDaysBetween, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { hasCrossed, linesOfAttendance } from '../../policy/figures/crossed.ts';
import { aboutToCross, type Left, lineNames, sessionsLeft, type WeeklyCounts } from '../../policy/figures/crossings.ts';
import { grouped } from '../../policy/grouped.ts';
import { Refusal } from '../../policy/refusal.ts';
import { type Fraction, persistentlyAbsent, severelyAbsent } from '../../policy/register/fraction.ts';
import { noticeSessionsByWeek, type WeekOfNotice } from '../../prisma/notice-sessions.ts';
import { calendarsOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { type Alike, alikeOf, registersMissing, stagesOf } from '../../prisma/school-figures.ts';
import { schoolsOverseen } from '../../prisma/trusts.ts';
import type { Asked } from '../figures/asked.ts';
import { type Asking, byWeek, windowsBegin } from '../figures/standings.ts';
import { attendance } from '../web/shapes.ts';
import type { SchoolStanding } from './shapes.ts';

export type Standing = z.infer<typeof SchoolStanding>;
type School = Awaited<ReturnType<typeof schoolsOverseen>>[number];
/** All that is asked of whoever looks is the database. */
type Overseeing = Pick<Asking, 'user' | 'at'> & { deps: Pick<Asking['deps'], 'db'> };
type Known = { on: Day; past: boolean; within: number };

/**
 * How each school stands that a trust lead or an officer looks after, by name, at the end of a day: asked set-wise, so that hundreds
 * take no more questions than one.
 * @throws Refusal('BadInput') for a day that has not come at one of them.
 */
export async function schoolStandings({ deps, user, at }: Overseeing, { on, within }: Asked): Promise<Standing[]> {
  const schools = await schoolsOverseen(deps.db, user);
  // Those that live by the wall clock have one date; a training school has its own.
  const byDate = grouped(schools, (school) => todayAt(school, at));
  for (const today of byDate.keys())
    if (on !== undefined && on > today)
      throw new Refusal('BadInput', `${shortDay(on)} is still to come. Ask for a day up to today`);
  const all: Standing[] = [];
  for (const [today, these] of byDate)
    all.push(...(await standingOn(deps.db, these, { on: on ?? today, past: on !== undefined && on < today, within })));
  return all.sort((a, b) => a.school.name.localeCompare(b.school.name) || a.school.id.localeCompare(b.school.id));
}

async function standingOn(db: Asking['deps']['db'], schools: readonly School[], known: Known): Promise<Standing[]> {
  const { on, past } = known;
  const schoolIds = schools.map(({ id }) => id);
  const knownAt = past ? new Date(endOfDay(on)) : undefined;
  const [monday, yearBegins] = [mondayOf(on), schoolYearStart(on)];
  const calendars = await calendarsOf(db, schoolIds);
  const calendarAt = (id: string) => calendars.get(id) as SchoolCalendar;
  const windows = new Map(schoolIds.map((id) => [id, windowsBegin(calendarAt(id), on)]));
  const lookedAt = schoolIds.flatMap((schoolId) =>
    schoolDaysBetween(calendarAt(schoolId), yearBegins, addDays(on, -1))
      .slice(-daysLookedAt)
      .map((day) => ({ schoolId, on: day })),
  );
  const [alike, notice, unmarked, stages] = await Promise.all([
    alikeOf(db, { schoolIds, on, since: monday < yearBegins ? yearBegins : monday }, knownAt),
    noticeSessionsByWeek(db, { schoolIds, from: [...windows.values()].sort()[0] ?? on, to: on }, knownAt),
    registersMissing(db, lookedAt, knownAt),
    past ? null : stagesOf(db, schoolIds),
  ]);
  const [pupilsAt, noticeAt] = [grouped(alike, bySchool), grouped(notice, bySchool)];
  const unmarkedAt = new Map(unmarked.map(({ schoolId, registers }) => [schoolId, registers]));
  const stagesAt = stages && grouped(stages, bySchool);
  return schools.map(({ id, name, training }) => ({
    ...{ school: { id, name }, training, on, asKnownThen: past },
    ...summary(
      pupilsAt.get(id) ?? [],
      (noticeAt.get(id) ?? []).filter(({ week }) => week >= mondayOf(windows.get(id) ?? on)),
      sessionsLeft(calendarAt(id), on),
      known.within,
    ),
    registersMissing: unmarkedAt.get(id) ?? 0,
    cases: stagesAt && (stagesAt.get(id) ?? []).map(({ stage, cases }) => ({ stage, cases })),
  }));
}

/** As on the school's own pages: what is older was seen, or is a register that never comes. */
const daysLookedAt = 5;
const bySchool = ({ schoolId }: { schoolId: string }) => schoolId;

type SessionsLeft = (standing: { now: Fraction; counts: WeeklyCounts }) => Left;

function summary(alike: readonly Alike[], notice: readonly WeekOfNotice[], left: SessionsLeft, within: number) {
  const standing = alike.map(({ attended, possible, came, could, ...one }) => {
    const now = { attended, possible };
    return {
      ...one,
      now,
      before: { attended: attended - came, possible: possible - could },
      left: left({ now, counts: noCounts }),
    };
  });
  const sum = (of: (one: (typeof standing)[number]) => number) => standing.reduce((total, one) => total + of(one), 0);
  const pupils = (so: (one: (typeof standing)[number]) => boolean) => sum((one) => (so(one) ? one.pupils : 0));
  const now = { attended: sum((one) => one.now.attended * one.pupils), possible: sum((one) => one.now.possible * one.pupils) };
  const authorised = sum((one) => one.authorised * one.pupils);
  const towardsNotice = [...byWeek(notice).values()].filter((counts) =>
    aboutToCross('ten-sessions', { now: noSessions, left: left({ now: noSessions, counts }) }, within),
  );
  return {
    pupils: pupils(() => true),
    ...{ attendance: attendance(now), authorised, unauthorised: now.possible - now.attended - authorised },
    persistentlyAbsent: pupils((one) => persistentlyAbsent(one.now)),
    severelyAbsent: pupils((one) => severelyAbsent(one.now)),
    withoutSessions: pupils((one) => one.now.possible === 0),
    crossed: linesOfAttendance.map((line) => ({ line, pupils: pupils((one) => hasCrossed(line, one)) })),
    approaching: lineNames.map((line) => ({
      line,
      pupils: line === 'ten-sessions' ? towardsNotice.length : pupils((one) => aboutToCross(line, one, within)),
    })),
  };
}

const noCounts: WeeklyCounts = new Map();
const noSessions: Fraction = { attended: 0, possible: 0 };
