import { z } from 'zod';
import { addDays, isDay, longDay, mondayOf, shortDay, weekdayAndDay } from '../../policy/calendar/day.ts';
import { schoolDaysBetween, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { roles } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { classOf, codeOn, codeTable } from '../../policy/register/codes.ts';
import { shown } from '../../policy/register/fraction.ts';
import { type Mark, sessionId } from '../../policy/register/mark.ts';
import { daysMissed, yearToDate } from '../../policy/register/measures.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { classesOf, pupilFor, schoolOf } from '../../prisma/pupils.ts';
import { calendarOf, correctionsOf, marksOf, registerRows } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { sessionWords } from '../cases/attendance-now.ts';
import { counted } from '../layout/counted.ts';
import { flagTags } from '../layout/flags.ts';
import type { Ctx } from '../web/route.ts';
import { page } from '../web/routes.ts';
import { contactsOf } from './contacts.ts';

const school = roles.filter((role) => role !== 'ewo');

const cell = (code: string | undefined, on: string) => ({
  code: code ?? '',
  of:
    code === undefined
      ? 'missing'
      : (classOf(code) ?? 'missing').replace('aea', 'present').replace('administrative', 'not-possible'),
  words: code === undefined || code === '' || code === '-' ? 'No mark' : codeOn(code, on).words,
});

async function classView({
  deps,
  user,
  at,
  query,
}: Pick<Ctx<unknown, { class?: string | undefined; week?: string | undefined }>, 'deps' | 'user' | 'at' | 'query'>) {
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const classes = user.role === 'class-teacher' ? [user.className ?? ''] : await classesOf(deps.db, school.id);
  const className = query.class !== undefined && classes.includes(query.class) ? query.class : (classes[0] ?? '');
  const monday = mondayOf(query.week ?? today);
  const days = schoolDaysBetween(await calendarOf(deps.db, school.id), monday, addDays(monday, 4));
  const rows = await registerRows(deps.db, { schoolId: school.id, className, from: monday, to: addDays(monday, 4) });
  return {
    template: 'register/class.njk',
    model: {
      classes: classes.map((name) => ({ value: name, text: name, selected: name === className })),
      className,
      week: shortDay(monday),
      monday,
      before: `/register?class=${encodeURIComponent(className)}&week=${addDays(monday, -7)}`,
      after: `/register?class=${encodeURIComponent(className)}&week=${addDays(monday, 7)}`,
      days: days.map((on) => ({ short: weekdayAndDay(on), long: longDay(on) })),
      key: keyOf(rows.flatMap(({ codes }) => Object.values(codes))),
      rows: rows.map(({ pupilId, name, codes }) => ({
        href: `/register/${pupilId}`,
        name,
        cells: days.flatMap((on) => (['AM', 'PM'] as const).map((session) => cell(codes[sessionId({ on, session })], on))),
      })),
    },
  };
}

async function pupilView({ deps, user, at }: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string) {
  const pupil = await pupilFor(deps.db, user, id);
  if (!pupil) throw new Refusal('NotFound', 'There is no such pupil at your school');
  const today = todayAt(pupil.school, at);
  const span = { from: schoolYearStart(today), to: today };
  const marks = await marksOf(deps.db, id, span);
  const totals = yearToDate(marks, span);
  const days = schoolDaysBetween(await calendarOf(deps.db, pupil.schoolId), span.from, span.to);
  return {
    template: 'register/pupil.njk',
    model: {
      name: pupil.chosenName,
      legalName: pupil.legalName,
      className: pupil.className,
      flags: flagTags(pupil.flags),
      cases: pupil.cases.map(({ id: caseId, headline, openedOn }) => ({
        href: `/cases/${caseId}`,
        opened: shortDay(dayOf(openedOn)),
        headline,
      })),
      figures: [
        ['Attendance this year', `${totals.attended} of ${totals.possible} sessions (${shown(totals)})`],
        ['Days missed', String(daysMissed(totals))],
        ['Authorised absence', counted(totals.authorised, 'session')],
        ['Unauthorised absence', counted(totals.unauthorised, 'session')],
        ['Late, before the register closed (L)', counted(totals.lateL, 'session')],
        ['Late, after the register closed (U)', counted(totals.lateU, 'session')],
      ],
      contacts: contactsOf(pupil.contacts, today),
      weeks: herringbone(marks, days),
      key: keyOf(marks.map(({ code }) => code)),
      corrections: (await correctionsOf(deps.db, id, span)).map(({ on, session, was, is, reason }) => ({
        session: sessionWords(sessionId({ on, session })),
        was,
        is,
        reason: reason ?? '',
      })),
    },
  };
}

/** What each code that is there means. */
const keyOf = (codes: readonly string[]) =>
  codeTable.filter(({ code }) => codes.includes(code)).map(({ code, words }) => ({ code, words }));

/** The marks of a year by week, as a paper register shows them: a row a week, two sessions a day. */
function herringbone(marks: readonly Mark[], days: readonly string[]) {
  const codes = new Map(marks.map((mark) => [sessionId(mark), mark.code]));
  const open = new Set(days);
  const mondays = [...new Set(days.map(mondayOf))].reverse();
  return mondays.map((monday) => ({
    week: shortDay(monday),
    cells: [0, 1, 2, 3, 4].flatMap((n) => {
      const on = addDays(monday, n);
      return (['AM', 'PM'] as const).map((session) =>
        open.has(on) ? cell(codes.get(sessionId({ on, session })), on) : { code: '', of: 'not-possible', words: 'School closed' },
      );
    }),
  }));
}

export const registerRoutes = [
  page({
    path: '/register',
    may: school,
    summary: 'The register of a class, week by week',
    query: z.object({ class: z.string().max(20).optional(), week: z.string().refine(isDay, 'a date as YYYY-MM-DD').optional() }),
    handle: classView,
  }),
  page({
    path: '/register/:id',
    may: school,
    summary: 'A pupil’s register',
    params: z.object({ id: z.uuid() }),
    handle: (ctx) => pupilView(ctx, ctx.params.id),
  }),
];
