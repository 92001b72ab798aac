import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { addDays, type Day } from '../../policy/calendar/day.ts';
import { calendarFor, isSchoolDay, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { yearName } from '../../policy/people/year-group.ts';
import { sicknessCodes, tenDayReturnCodes } from '../../policy/register/codes.ts';
import { tenDays } from '../../policy/register/measures/continuous-absence.ts';
import { pupilRegister } from '../../policy/register/pupil-register.ts';
import { attendanceRules, continuousAbsences, irregularAbsence } from '../../policy/returns/attendance-return.ts';
import { summaryOf, summaryRules } from '../../policy/returns/daily-summary.ts';
import { illnessToReport, leastIllness, sicknessRules } from '../../policy/returns/sickness-return.ts';
import { profileOf } from '../../prisma/authority-profiles.ts';
import { dayByClass, pupilsForReturn } from '../../prisma/returns.ts';
import { type Asking, asking, type Known, notToCome } from './asking.ts';
import { naming } from './naming.ts';
import type { AttendanceReturn, DailySummary, SicknessReturn } from './shapes.ts';

/** The pupils whom a month's attendance return names, as the register is known now. */
export async function attendanceReturn(
  ctx: Asking,
  { month: asked, knownOn }: { month?: string | undefined } & Known,
): Promise<z.infer<typeof AttendanceReturn>> {
  const { db, school, schoolId, today, calendar, asKnownAt } = await asking(ctx, { knownOn });
  const month = asked ?? today.slice(0, 7);
  const from = `${month}-01`;
  notToCome(from, today);
  const last = addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1);
  const to = last < today ? last : today;
  const { profile } = await profileOf(db, school.authorityId, to);
  const irregularDays = profile['attendance return']['irregular absence'];
  const year = { from: schoolYearStart(from), to };
  // A period may have begun in an earlier school year.
  const marksFrom = addDays(from, -400);
  const least = Math.min(tenDays, irregularDays ?? tenDays) * 2;
  const pupils = await pupilsForReturn(db, { schoolId, codes: tenDayReturnCodes, from: marksFrom, to, least, asKnownAt });
  const looked = pupils.map((pupil) => {
    const register = pupilRegister({ ...pupil, on: to, calendar: calendarFor(calendar, pupil) });
    return {
      pupil,
      periods: continuousAbsences(register, pupil.born, { from, to }),
      irregular: irregularDays === null ? null : irregularAbsence(register, pupil.born, { year, days: irregularDays }),
    };
  });
  const inMonth = looked.map((one) => ({
    ...one,
    irregular: one.irregular && one.irregular.newest >= from ? one.irregular : null,
  }));
  const named = await naming(
    db,
    schoolId,
    inMonth.flatMap(({ pupil, periods, irregular }) => (periods.length > 0 || irregular ? [pupil] : [])),
    to,
  );
  return seen({
    ...{ month, from, to, knownOn: knownOn ?? null, irregularDays, rules: attendanceRules(irregularDays) },
    tenDays: inMonth.flatMap(({ pupil, periods }) =>
      periods.map((period) => ({ ...named(pupil), ...period, isNew: period.reachedOn >= from })),
    ),
    irregular: inMonth.flatMap(({ pupil, irregular }) => (irregular ? [{ ...named(pupil), ...irregular }] : [])),
  });
}

/** The pupils whom a sickness return may name, as it stands at the end of a day. */
export async function sicknessReturn(
  ctx: Asking,
  { on: asked, knownOn }: { on?: Day | undefined } & Known,
): Promise<z.infer<typeof SicknessReturn>> {
  const { db, schoolId, today, calendar, asKnownAt } = await asking(ctx, { knownOn });
  const on = asked ?? today;
  notToCome(on, today);
  const pupils = await pupilsForReturn(db, {
    schoolId,
    codes: sicknessCodes,
    from: schoolYearStart(on),
    to: on,
    least: leastIllness,
    asKnownAt,
  });
  const ill = pupils.flatMap((pupil) => {
    const illness = illnessToReport(pupilRegister({ ...pupil, on, calendar: calendarFor(calendar, pupil) }), pupil.born);
    return illness ? [{ pupil, illness }] : [];
  });
  const named = await naming(
    db,
    schoolId,
    ill.map(({ pupil }) => pupil),
    on,
  );
  const rows = ill.map(({ pupil, illness }) => ({ ...named(pupil), ...illness }));
  const knowing = { on, knownOn: knownOn ?? null, rules: [...sicknessRules] };
  return seen({ ...knowing, rows: rows.toSorted((a, b) => b.days - a.days) });
}

/** How a day went, by class of code: the school, its year groups and classes, as the register is known now or was on a day. */
export async function dailySummary(
  ctx: Asking,
  { on: asked, knownOn }: { on?: Day | undefined } & Known,
): Promise<z.infer<typeof DailySummary>> {
  const { db, schoolId, today, calendar, asKnownAt } = await asking(ctx, { knownOn });
  const on = asked ?? today;
  notToCome(on, today);
  const counts = await dayByClass(db, schoolId, on, asKnownAt);
  const years = [...new Set(counts.map(({ yearGroup }) => yearGroup))];
  const classes = [...new Set(counts.map(({ className }) => className))];
  return {
    ...{ on, knownOn: knownOn ?? null, rules: [...summaryRules], schoolDay: isSchoolDay(calendar, on) },
    groups: [
      { of: 'school' as const, name: 'The school', sessions: summaryOf(counts) },
      ...years.map((year) => ({
        ...{ of: 'year' as const, name: yearName(year) },
        sessions: summaryOf(counts.filter(({ yearGroup }) => yearGroup === year)),
      })),
      ...classes.map((name) => ({
        ...{ of: 'class' as const, name },
        sessions: summaryOf(counts.filter(({ className }) => className === name)),
      })),
    ],
  };
}

/** Names what a return says, for whoever records it as made: other figures have another name. */
const seen = <Facts extends object>(facts: Facts): Facts & { seen: string } => ({
  ...facts,
  seen: createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16),
});
