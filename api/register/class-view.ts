import { addDays, type Day, shortDay } from '../../policy/calendar/day.ts';
import type { Ctx, View } from '../web/route.ts';
import { classesFor, classWeek } from './facts.ts';
import { cell } from './mark-cell.ts';

/** The register of a class for a week, with ways to the other classes and weeks. */
export async function classView(
  ctx: Pick<Ctx, 'deps' | 'user' | 'at'>,
  asked: { class?: string | undefined; week?: Day | undefined },
): Promise<View> {
  const classes = await classesFor(ctx);
  const className = asked.class !== undefined && classes.includes(asked.class) ? asked.class : (classes[0] ?? '');
  const { monday, days, rows } = await classWeek(ctx, className, asked.week);
  const href = (name: string, week: Day) => `/register?class=${encodeURIComponent(name)}&week=${week}`;
  return {
    template: 'register/class.njk',
    model: {
      classes: classes.map((name) => ({ name, href: href(name, monday), current: name === className })),
      className,
      week: shortDay(monday),
      before: href(className, addDays(monday, -7)),
      after: href(className, addDays(monday, 7)),
      days: days.map(shortDay),
      rows: rows.map(({ pupil, marks }) => ({ href: `/register/${pupil.id}`, name: pupil.name, cells: marks.map(cell) })),
    },
  };
}
