import type { z } from 'zod';
import { addDays, type Day, daysBetween, mondayOf } from '../../policy/calendar/day.ts';
import {
  calendarFor,
  isSchoolDay,
  type SchoolCalendar,
  schoolDaysBetween,
  schoolYearOf,
  schoolYearStart,
} from '../../policy/calendar/school-calendar.ts';
import { writtenTo } from '../../policy/people/person.ts';
import type { Role } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { classOf, codeOn, isMissing } from '../../policy/register/codes.ts';
import { type Mark, sessionId, within } from '../../policy/register/mark.ts';
import { minutesLateOf } from '../../policy/register/measures/lates.ts';
import { daysMissed, totalsIn } from '../../policy/register/measures/totals.ts';
import { whileOnRoll } from '../../policy/register/pupil-register.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { contactOfChild } from '../../prisma/persons.ts';
import { classesOf, onRollOf, type PupilListed, pupilFor, schoolOf } from '../../prisma/pupils.ts';
import { calendarOf, correctionsOf, marksOf, registerRows } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { namesOf } from '../../prisma/users.ts';
import type { Ctx } from '../web/route.ts';
import { attendance, pupilName } from '../web/shapes.ts';
import { aboutPupil } from './about.ts';
import { knownAt } from './known-on.ts';
import { seesOrders, whyTo } from './reach.ts';
import type { ClassRegister, Marked, Pupil, PupilRow } from './shapes.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** What is said of a session whose mark was to be made and was not. */
export const noMark = 'No mark';

type Expected = { calendar: SchoolCalendar; today: Day; onRollFrom: Day; onRollTo: Day | null };

/** Why no mark of a pupil stands on a day of their own calendar: it is missing only where one was to be made. */
export function withoutMark(on: Day, { calendar, today, onRollFrom, onRollTo }: Expected): string {
  if (!isSchoolDay(calendar, on)) return 'School closed';
  if (on > today) return 'Still to come';
  return on < onRollFrom || (onRollTo !== null && on > onRollTo) ? 'Not on the roll' : noMark;
}

/** What stands in the register of a session: a mark, or why there is none. */
export function markFacts(
  session: Pick<Mark, 'on' | 'session'>,
  mark: Mark | undefined,
  without: string = noMark,
): z.infer<typeof Marked> {
  if (mark === undefined || isMissing(mark.code))
    return { ...session, code: null, class: null, words: without, minutesLate: null };
  const { code, minutesLate = null } = mark;
  return { ...session, code, class: classOf(code), words: codeOn(code, session.on).words, minutesLate };
}

/** The classes whose register this person reads. */
export async function classesFor({ deps, user }: Omit<Asking, 'at'>): Promise<string[]> {
  if (user.role === 'class-teacher') return user.className === null ? [] : [user.className];
  return classesOf(deps.db, (await schoolOf(deps.db, user)).id);
}

/** The marks of a class in the week of a day: a row a pupil, two sessions a school day. */
export async function classWeek(
  { deps, user, at }: Asking,
  className: string,
  { week, knownOn }: { week?: Day | undefined; knownOn?: Day | undefined },
): Promise<z.infer<typeof ClassRegister>> {
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const then = knownAt(knownOn, today);
  // Of weeks to come nothing was known: that day's own is shown instead.
  const asked = week ?? today;
  const monday = mondayOf(knownOn !== undefined && asked > knownOn ? knownOn : asked);
  const span = { from: monday, to: addDays(monday, 4) };
  const calendar = await calendarOf(deps.db, school.id);
  const days = schoolDaysBetween(calendar, span.from, span.to);
  const rows = await registerRows(deps.db, { schoolId: school.id, className, ...span }, then);
  return {
    ...{ className, monday, days },
    rows: rows.map(({ pupilId, name, marks, ...pupil }) => {
      const expected = { ...pupil, today: knownOn ?? today, calendar: calendarFor(calendar, pupil) };
      return {
        pupil: { id: pupilId, name, className },
        marks: days.flatMap((on) =>
          (['AM', 'PM'] as const).map((session) =>
            markFacts({ on, session }, marks.get(sessionId({ on, session })), withoutMark(on, expected)),
          ),
        ),
      };
    }),
  };
}

export function pupilRow({ totals: [totals], ...pupil }: PupilListed): z.infer<typeof PupilRow> {
  return {
    ...{ ...pupilName(pupil), admissionNo: pupil.admissionNo, yearGroup: pupil.yearGroup },
    ...onRollOf(pupil),
    attendance: totals ? attendance(totals) : null,
  };
}

/** The school year by whose totals a list of pupils is made. */
export const yearOf = async ({ deps, user, at }: Asking): Promise<string> =>
  schoolYearOf(todayAt(await schoolOf(deps.db, user), at));

/**
 * The pupil that an address names, if this person may see them, the school year so far, and what of it they were on roll. As it was
 * known on a day, the year ends there, and `then` is the instant as of which its marks are believed.
 * @throws Refusal('NotFound') if there is none within reach, ('BadInput') for a day that has not come.
 */
export async function pupilAt({ deps, user, at }: Asking, id: string, knownOn?: Day) {
  const found = await pupilFor(deps.db, user, id);
  if (!found) throw new Refusal('NotFound', 'There is no such pupil at your school');
  const today = todayAt(found.school, at);
  const then = knownAt(knownOn, today);
  const to = knownOn ?? today;
  const year = { from: schoolYearStart(to), to };
  return { found, year, onRoll: whileOnRoll(year, onRollOf(found)), then };
}
type Found = Awaited<ReturnType<typeof pupilAt>>;

/** What the pupil's page and a machine both say, but for the marks. */
export async function pupilFacts(
  { deps, user }: Pick<Ctx, 'deps' | 'user'>,
  { found, year, onRoll, then }: Found,
  marks: readonly Mark[],
) {
  const { attended, possible, ...totals } = totalsIn(marks, onRoll);
  const { is: _, ...minutesLate } = minutesLateOf(within(marks, onRoll));
  const corrections = await correctionsOf(deps.db, found.id, year, then);
  const names = await namesOf(
    deps.db,
    corrections.flatMap(({ by }) => (by === null ? [] : [by])),
  );
  return {
    ...{ ...pupilName(found), legalName: found.legalName, admissionNo: found.admissionNo, yearGroup: found.yearGroup },
    ...{ ...onRollOf(found), flags: found.flags },
    ...aboutPupil(
      found,
      marks.filter(({ code }) => code === 'C2').map(({ on }) => on),
      year.to,
    ),
    figures: {
      attendance: attendance({ attended, possible }),
      daysMissed: daysMissed({ attended, possible }),
      ...totals,
      minutesLate,
    },
    cases: found.cases.map(({ id, status, headline, openedOn }) => ({
      ...{ id, status: status as 'open' | 'closed', headline, openedOn: dayOf(openedOn) },
    })),
    contacts: contactsIn(found, year.to, user.role),
    corrections: corrections.map(({ at, by, byName, byRole, fileName, reason, ...one }) => ({
      ...{ ...one, at: at.toISOString() },
      reason: reason ?? (fileName === null ? null : `The file ${fileName} gave no reason`),
      by: byName !== null && byRole !== null ? { name: byName, role: byRole as Role } : (names.get(by ?? '') ?? null),
      via: by === null ? byName : null,
    })),
  } satisfies z.input<typeof Pupil>;
}

function contactsIn(
  { contacts, same, otherChildren }: Found['found'],
  today: Day,
  reader: Role,
): z.infer<typeof Pupil>['contacts'] {
  const rules = contacts.map((link) => contactOfChild(link, same.get(link.contactId) ?? []));
  const written = writtenTo(rules, today);
  return contacts.map(({ contact, relationship, restriction }, i) => ({
    ...{ id: contact.id, name: contact.fullName, relationship, restriction: seesOrders(reader) ? restriction : null },
    reach: written[i]?.may ? (written[i].channel ?? 'none') : 'none',
    because: written[i] ? whyTo(reader, written[i]) : null,
    otherChildren: (otherChildren.get(contact.id) ?? []).map((child) => ({
      ...pupilName(child),
      openCase: child.cases[0]?.id ?? null,
    })),
  }));
}

/**
 * A pupil's marks between two days, as they are believed now or were at the end of a day.
 * @throws Refusal('BadInput') if that is more than a year.
 */
export async function marksBetween(
  ctx: Asking,
  id: string,
  { from, to, knownOn }: { from?: Day | undefined; to?: Day | undefined; knownOn?: Day | undefined },
): Promise<z.infer<typeof Marked>[]> {
  const { year, then } = await pupilAt(ctx, id, knownOn);
  const span = { from: from ?? year.from, to: to ?? year.to };
  if (daysBetween(span.from, span.to) > 366) throw new Refusal('BadInput', 'Ask for a year of marks at most');
  const marks = await marksOf(ctx.deps.db, id, span, then);
  return marks.map((mark) => markFacts({ on: mark.on, session: mark.session }, mark));
}
