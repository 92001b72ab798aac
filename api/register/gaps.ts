import { z } from 'zod';
import { addDays, type Day, longDay } from '../../policy/calendar/day.ts';
import { schoolDaysBetween, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { counted } from '../../policy/counted.ts';
import { type Gap, gapsIn } from '../../policy/register/gaps.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { calendarOf, classSessions } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Ctx } from '../web/route.ts';
import { api } from '../web/routes.ts';
import { gapReaders } from './reach.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

const Gaps = z.object({
  days: z.array(z.iso.date()).describe('The school days that were looked at: today is not over, and is not one of them'),
  gaps: z.array(
    z
      .discriminatedUnion('what', [
        z.object({ what: z.literal('day'), on: z.iso.date() }),
        z.object({
          ...{ what: z.literal('class'), on: z.iso.date(), className: z.string() },
          session: z.enum(['AM', 'PM']).nullable().describe('Null if neither session has a mark'),
        }),
        z.object({ what: z.literal('marks'), on: z.iso.date(), className: z.string(), missing: z.int() }),
      ])
      .meta({ id: 'RegisterGap', description: 'A day without a register, a class without one, or marks that are missing' }),
  ),
});

/** How many school days back a gap is looked for: what is older was seen, or is a register that never comes. */
const lookedAt = 5;

/** What the register of the last school days lacks; for a class teacher, that of the class. */
export async function registerGaps({ deps, user, at }: Asking): Promise<z.infer<typeof Gaps>> {
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const calendar = await calendarOf(deps.db, school.id);
  const days = schoolDaysBetween(calendar, schoolYearStart(today), addDays(today, -1)).slice(-lookedAt);
  const className = user.role === 'class-teacher' ? user.className : null;
  return { days, gaps: gapsIn(await classSessions(deps.db, school.id, days, className)) };
}

const weekOf = (className: string, on: Day) => `/register?class=${encodeURIComponent(className)}&week=${on}`;

/** A gap in words, and where it can be seen. */
export function gapLine(gap: Gap): { text: string; href: string } {
  const on = longDay(gap.on);
  if (gap.what === 'day') return { text: `No register is in for ${on}`, href: `/register?week=${gap.on}` };
  const href = weekOf(gap.className, gap.on);
  if (gap.what === 'marks') return { text: `${counted(gap.missing, 'mark')} missing in class ${gap.className}, ${on}`, href };
  const half = gap.session === null ? '' : gap.session === 'AM' ? ' in the morning' : ' in the afternoon';
  return { text: `No register is in for class ${gap.className}, ${on}${half}`, href };
}

/** What the register lacks, for machines; people see it first in their inbox. */
export const gapRoutes = [
  api({
    ...{ method: 'get', path: '/register/gaps', name: 'listRegisterGaps', may: gapReaders },
    summary: 'What the register of the last five school days lacks, the newest first',
    reply: Gaps,
    handle: registerGaps,
  }),
];
