import type { z } from 'zod';
import { addDays, type Day, shortDay } from '../../policy/calendar/day.ts';
import { isSchoolDay, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { Refusal } from '../../policy/refusal.ts';
import { sicknessCodes, tenDayReturnCodes } from '../../policy/register/codes.ts';
import { tenDays } from '../../policy/register/measures/continuous-absence.ts';
import { pupilRegister } from '../../policy/register/pupil-register.ts';
import { attendanceRules, continuousAbsences, irregularAbsence } from '../../policy/returns/attendance-return.ts';
import { summaryOf, summaryRules } from '../../policy/returns/daily-summary.ts';
import { illnessToReport, leastIllness, sicknessRules } from '../../policy/returns/sickness-return.ts';
import { dayOrNull } from '../../prisma/day-column.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { calendarOf } from '../../prisma/register.ts';
import { type ContactForReturn, contactsOfAll, dayByClass, type PupilForReturn, pupilsForReturn } from '../../prisma/returns.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { yearName } from '../figures/words.ts';
import { delicateFlags } from '../layout/flags.ts';
import type { Ctx } from '../web/route.ts';
import { pupilName } from '../web/shapes.ts';
import type { AttendanceReturn, DailySummary, SicknessReturn } from './shapes.ts';

export type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** Who asks, of which school, at which of its dates. */
async function asking({ deps, user, at }: Asking) {
  const school = await schoolOf(deps.db, user);
  const [today, calendar] = [todayAt(school, at), await calendarOf(deps.db, school.id)];
  return { db: deps.db, schoolId: school.id, today, calendar };
}

const notToCome = (day: Day, today: Day): void => {
  if (day > today) throw new Refusal('BadInput', `${shortDay(day)} is still to come. Choose a day up to today`);
};

/** The pupils whom a month's attendance return names, as the register is known now. */
export async function attendanceReturn(
  ctx: Asking,
  { month: asked }: { month?: string | undefined },
): Promise<z.infer<typeof AttendanceReturn>> {
  const { db, schoolId, today, calendar } = await asking(ctx);
  const month = asked ?? today.slice(0, 7);
  const from = `${month}-01`;
  notToCome(from, today);
  const last = addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1);
  const to = last < today ? last : today;
  const year = { from: schoolYearStart(from), to };
  // A period may have begun in an earlier school year.
  const marksFrom = addDays(from, -400);
  const pupils = await pupilsForReturn(db, { schoolId, codes: tenDayReturnCodes, from: marksFrom, to, least: tenDays * 2 });
  const looked = pupils.map((pupil) => {
    const register = pupilRegister({ ...pupil, on: to, calendar });
    return {
      pupil,
      periods: continuousAbsences(register, pupil.born, { from, to }),
      irregular: irregularAbsence(register, pupil.born, year),
    };
  });
  const inMonth = looked.map((one) => ({
    ...one,
    irregular: one.irregular && one.irregular.newest >= from ? one.irregular : null,
  }));
  const named = await naming(
    db,
    inMonth.flatMap(({ pupil, periods, irregular }) => (periods.length > 0 || irregular ? [pupil] : [])),
    to,
  );
  return {
    ...{ month, from, to, rules: [...attendanceRules] },
    tenDays: inMonth.flatMap(({ pupil, periods }) =>
      periods.map((period) => ({ ...named(pupil), ...period, isNew: period.reachedOn >= from })),
    ),
    irregular: inMonth.flatMap(({ pupil, irregular }) => (irregular ? [{ ...named(pupil), ...irregular }] : [])),
  };
}

/** The pupils whom a sickness return may name, as it stands at the end of a day. */
export async function sicknessReturn(
  ctx: Asking,
  { on: asked }: { on?: Day | undefined },
): Promise<z.infer<typeof SicknessReturn>> {
  const { db, schoolId, today, calendar } = await asking(ctx);
  const on = asked ?? today;
  notToCome(on, today);
  const pupils = await pupilsForReturn(db, {
    schoolId,
    codes: sicknessCodes,
    from: schoolYearStart(on),
    to: on,
    least: leastIllness,
  });
  const ill = pupils.flatMap((pupil) => {
    const illness = illnessToReport(pupilRegister({ ...pupil, on, calendar }), pupil.born);
    return illness ? [{ pupil, illness }] : [];
  });
  const named = await naming(
    db,
    ill.map(({ pupil }) => pupil),
    on,
  );
  const rows = ill.map(({ pupil, illness }) => ({ ...named(pupil), ...illness }));
  return { on, rules: [...sicknessRules], rows: rows.toSorted((a, b) => b.days - a.days) };
}

/** How a day went, by class of code: the school, its year groups and classes, as the register is known now. */
export async function dailySummary(ctx: Asking, { on: asked }: { on?: Day | undefined }): Promise<z.infer<typeof DailySummary>> {
  const { db, schoolId, today, calendar } = await asking(ctx);
  const on = asked ?? today;
  notToCome(on, today);
  const counts = await dayByClass(db, schoolId, on);
  const years = [...new Set(counts.map(({ yearGroup }) => yearGroup))];
  const classes = [...new Set(counts.map(({ className }) => className))];
  return {
    ...{ on, rules: [...summaryRules], schoolDay: isSchoolDay(calendar, on) },
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

/** What a return says of each of these pupils: who they are, where they live, and why to look twice. */
async function naming(db: Ctx['deps']['db'], pupils: readonly PupilForReturn[], on: Day) {
  const contacts = await contactsOfAll(
    db,
    pupils.map(({ id }) => id),
  );
  return (pupil: PupilForReturn) => {
    const theirs = contacts.filter(({ pupilId }) => pupilId === pupil.id);
    return {
      pupil: pupilName(pupil),
      ...{ legalName: pupil.legalName, upn: pupil.upn, born: pupil.born },
      addresses: [...new Set(theirs.flatMap(homeOf))],
      lookTwice: [
        ...delicateFlags(pupil.flags),
        ...(theirs.some((one) => isRestricted(one, on))
          ? ['A contact is restricted: see that no address reaches that person']
          : []),
      ],
    };
  };
}

function homeOf({ livesWith, contact }: ContactForReturn): string[] {
  const lines = [...contact.address, contact.postcode ?? ''].filter((line) => line !== '');
  return livesWith && lines.length > 0 ? [lines.join(', ')] : [];
}

const isRestricted = ({ restriction, restrictionUntil }: ContactForReturn, on: Day): boolean =>
  restriction !== null && (dayOrNull(restrictionUntil) ?? on) >= on;
