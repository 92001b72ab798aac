import { addDays, type Day, longDay, shortDay, weekdayAndDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import { address } from '../figures/words.ts';
import type { Ctx, View } from '../web/route.ts';
import type { Sheet } from '../web/sheet.ts';
import { classesFor, classWeek } from './facts.ts';
import { knownInput, knownWords } from './known-on.ts';
import { cell, markKeyOf } from './mark-cell.ts';
import { keepers } from './reach.ts';
import { unexplained } from './unexplained.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;
type Week = { class?: string | undefined; week?: Day | undefined; 'as-known-on'?: Day | undefined };

/** The class and week that are asked for; without a class that there is, the first. */
async function weekAsked(ctx: Asking, asked: Week) {
  const classes = await classesFor(ctx);
  const className = asked.class !== undefined && classes.includes(asked.class) ? asked.class : (classes[0] ?? '');
  return { classes, ...(await classWeek(ctx, className, { week: asked.week, knownOn: asked['as-known-on'] })) };
}

/** The register of a class for a week, with ways to the other classes and weeks. */
export async function classView(ctx: Asking, asked: Week, typed: Record<string, unknown> = {}): Promise<View> {
  const knownOn = asked['as-known-on'];
  const { classes, className, monday, days, rows } = await weekAsked(ctx, asked);
  const called = await toldApart(
    ctx.deps.db,
    rows.map(({ pupil }) => pupil.id),
  );
  const lines = rows.map(({ pupil, marks }) => ({
    href: address(`/register/${pupil.id}`, { 'as-known-on': knownOn }),
    name: called(pupil),
    cells: marks.map(cell),
  }));
  const href = (week: Day, as?: 'csv') => address('/register', { class: className, week, 'as-known-on': knownOn, as });
  return {
    template: 'register/class.njk',
    model: {
      classes: classes.map((name) => ({ value: name, text: name, selected: name === className })),
      className,
      nobody:
        ctx.user.role === 'class-teacher'
          ? 'Your account has no class.'
          : 'No pupil is on the register yet: they come with an import.',
      keeps: keepers.some((role) => role === ctx.user.role),
      unexplained: keepers.some((role) => role === ctx.user.role) ? await unexplainedSaid(ctx) : null,
      week: shortDay(monday),
      monday,
      before: href(addDays(monday, -7)),
      after: href(addDays(monday, 7)),
      csv: href(monday, 'csv'),
      days: days.map((on) => ({ short: weekdayAndDay(on), long: longDay(on) })),
      key: markKeyOf(lines.flatMap(({ cells }) => cells)),
      rows: lines,
      ...{ known: knownWords(knownOn), knownInput, typed },
    },
  };
}

/** The same week as a file: a row a pupil, a column a session. */
export async function classSheet(ctx: Asking, asked: Week): Promise<Sheet> {
  const { className, days, rows } = await weekAsked(ctx, asked);
  const called = await toldApart(
    ctx.deps.db,
    rows.map(({ pupil }) => pupil.id),
  );
  return {
    ...{ name: `class-${className}-${days[0] ?? 'no-school'}`, caption: `Register of class ${className}` },
    heads: ['Pupil', ...days.flatMap((on) => [`${on} AM`, `${on} PM`])],
    rows: rows.map(({ pupil, marks }) => [called(pupil), ...marks.map(({ code }) => code)]),
  };
}

/** "5 absences of the school have no reason yet, 3 of them for more than five school days"; null if all have one. */
async function unexplainedSaid(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>): Promise<string | null> {
  const all = await unexplained(ctx);
  const overdue = all.filter((one) => one.overdue).length;
  if (all.length === 0) return null;
  const have = all.length === 1 ? 'has' : 'have';
  const late = overdue > 0 ? `, ${overdue} of them for more than five school days` : '';
  return `${counted(all.length, 'absence')} of the school ${have} no reason yet${late}`;
}
