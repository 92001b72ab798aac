import { z } from 'zod';
import { schoolDaysBetween, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { partTimeAlert, partTimeWords } from '../../policy/register/part-time.ts';
import { partTimePupils, schoolOf } from '../../prisma/pupils.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import type { Ctx } from '../web/route.ts';
import { api } from '../web/routes.ts';
import { PupilName } from '../web/shapes.ts';
import { gapReaders } from './reach.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

const Row = z
  .object({
    pupil: PupilName,
    what: z.enum(['no agreement', 'outside agreement', 'review']),
    says: z.string(),
  })
  .meta({ id: 'PartTimeAlert', description: 'C2 that no agreement covers, or a review of an agreement that is past its day' });

/** How many school days back C2 is looked at: what is still coming. */
const lookedAt = 5;

/** The pupils whose part-time timetable has to be looked at; for a class teacher, those of the class. */
async function partTimeAlerts({ deps, user, at }: Asking): Promise<z.infer<typeof Row>[]> {
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const days = schoolDaysBetween(await calendarOf(deps.db, school.id), schoolYearStart(today), today).slice(-lookedAt);
  const className = user.role === 'class-teacher' ? user.className : null;
  const rows = await partTimePupils(deps.db, { schoolId: school.id, className, from: days[0] ?? today, to: today });
  return rows.flatMap(({ pupil, agreed, marked }) => {
    const alert = partTimeAlert(agreed, marked, today);
    return alert ? [{ pupil, what: alert.what, says: partTimeWords(alert) }] : [];
  });
}

/** The same for people, each with where they can see it. */
export async function partTimeLines(ctx: Asking): Promise<{ text: string; href: string }[]> {
  const alerts = await partTimeAlerts(ctx);
  const called = await toldApart(
    ctx.deps.db,
    alerts.map(({ pupil }) => pupil.id),
  );
  return alerts.map(({ pupil, says }) => ({
    text: `${called(pupil)}, class ${pupil.className}: ${says}`,
    href: `/register/${pupil.id}`,
  }));
}

/** The same for machines; people see it first in their inbox. */
export const partTimeRoutes = [
  api({
    ...{ method: 'get', path: '/register/part-time', name: 'listPartTime', may: gapReaders },
    summary: 'Part-time timetables to look at: C2 of the last five school days without an agreement, and overdue reviews',
    reply: z.object({ rows: z.array(Row) }),
    handle: async (ctx) => ({ rows: await partTimeAlerts(ctx) }),
  }),
];
