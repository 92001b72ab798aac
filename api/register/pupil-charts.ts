import type { z } from 'zod';
import type { Day } from '../../policy/calendar/day.ts';
import { type Mark, within } from '../../policy/register/mark.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { marksOf } from '../../prisma/register.ts';
import { stepsOf } from '../cases/steps.ts';
import { attendanceLine, line, type Step, weekly } from '../charts/attendance-line.ts';
import { type Chart, charted, lineInWords, lineSheet, stepsInWords } from '../charts/chart.ts';
import { drawn, Size, widths } from '../charts/draw.ts';
import { byWeekday, weekdayBars, weekdaySheet, weekdaysInWords } from '../charts/weekday-bars.ts';
import { address } from '../figures/words.ts';
import type { Ctx } from '../web/route.ts';
import { page } from '../web/routes.ts';
import { sheetFile } from '../web/sheet.ts';
import { pupilAt } from './facts.ts';
import { asKnownOn, KnownOnPage } from './known-on.ts';
import { Id, school } from './reach.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;
type Pupil = Awaited<ReturnType<typeof pupilAt>>;

/** What the pupil's page shows of a year of marks; nothing before there are two weeks of them. */
export async function pupilCharts({ deps }: Pick<Ctx, 'deps'>, pupil: Pupil, all: readonly Mark[], knownOn?: Day) {
  const marks = within(all, pupil.onRoll);
  const points = weekly(line(marks));
  if (points.length < 2) return [];
  const at = `/register/${pupil.found.id}`;
  const more = asKnownOn(knownOn);
  const then = { 'as-known-on': knownOn };
  const days = byWeekday(marks, pupil.onRoll);
  const lines: Chart = charted({
    ...{ src: `${at}/attendance.svg`, more, csv: address(`${at}/attendance.csv`, then) },
    alt: `Attendance this school year at the end of each week. ${lineInWords(points)}`,
    caption: `The school year so far, at the end of each school week. Lines across: 96% and 90%.${stepsInWords(await stepsFor(deps.db, pupil))}`,
    sheet: attendanceSheet(points),
  });
  const bars: Chart = charted({
    ...{ src: `${at}/weekdays.svg`, more, csv: address(`${at}/weekdays.csv`, then) },
    alt: `Sessions missed by day of the week. ${weekdaysInWords(days)}`,
    caption: 'Of a hundred possible sessions of each day, how many were missed this school year. A few absences make no pattern.',
    sheet: weekdaySheet(days),
  });
  return [
    { title: 'Attendance by week', ...lines },
    { title: 'Absence by day of the week', ...bars },
  ];
}

const attendanceSheet = (points: ReturnType<typeof line>) =>
  lineSheet('attendance', 'Attendance this school year at the end of each week', points);

/** The steps of the pupil's cases that were open this school year, up to its end. */
async function stepsFor(db: Asking['deps']['db'], { found, year }: Pupil): Promise<Step[]> {
  const these = found.cases.filter(({ closedOn }) => closedOn === null || dayOf(closedOn) >= year.from);
  const events = await Promise.all(these.map(({ id }) => eventsOf(db, id)));
  return events.flatMap((of) => stepsOf(of, year.from)).filter(({ on }) => on <= year.to);
}

/** The pupil that an address names, with the marks of the school year while on roll. */
async function marked(ctx: Asking & { query: z.infer<typeof KnownOnPage> }, id: string) {
  const pupil = await pupilAt(ctx, id, ctx.query['as-known-on']);
  return { pupil, marks: await marksOf(ctx.deps.db, id, pupil.onRoll, pupil.then) };
}

const said = { may: school, params: Id };

/** What the pupil's page shows, as pictures and as files. */
export const pupilChartRoutes = [
  page({
    ...{ ...said, path: '/register/:id/attendance.svg', query: Size.extend(KnownOnPage.shape) },
    summary: 'A pupil’s attendance by week, as a picture',
    handle: async (ctx) => {
      const { pupil, marks } = await marked(ctx, ctx.params.id);
      const steps = await stepsFor(ctx.deps.db, pupil);
      return drawn('attendance.svg', attendanceLine(weekly(line(marks)), steps, widths[ctx.query.size]));
    },
  }),
  page({
    ...{ ...said, path: '/register/:id/weekdays.svg', query: Size.extend(KnownOnPage.shape) },
    summary: 'A pupil’s absence by day of the week, as a picture',
    handle: async (ctx) => {
      const { pupil, marks } = await marked(ctx, ctx.params.id);
      return drawn('weekdays.svg', weekdayBars(byWeekday(marks, pupil.onRoll), widths[ctx.query.size]));
    },
  }),
  page({
    ...{ ...said, path: '/register/:id/attendance.csv', query: KnownOnPage },
    summary: 'A pupil’s attendance by week, as a CSV file',
    handle: async (ctx) => sheetFile(attendanceSheet(weekly(line((await marked(ctx, ctx.params.id)).marks)))),
  }),
  page({
    ...{ ...said, path: '/register/:id/weekdays.csv', query: KnownOnPage },
    summary: 'A pupil’s absence by day of the week, as a CSV file',
    handle: async (ctx) => {
      const { pupil, marks } = await marked(ctx, ctx.params.id);
      return sheetFile(weekdaySheet(byWeekday(marks, pupil.onRoll)));
    },
  }),
];
