import { longDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { reasonDueOn } from '../../policy/register/measures/unexplained.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Ctx } from '../web/route.ts';
import { contactToday } from './first-contact.ts';
import { unexplained } from './unexplained.ts';

/**
 * The line in the inbox of whom the policy has speak to families, of absences of earlier days that nobody explained yet: their marks may
 * have come in only now, with those of a child who is back. Where a policy names nobody it is the attendance officer's: the reason
 * is to be established all the same (SI 2024/208 reg 10(7)).
 */
export async function notAskedLine(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>): Promise<{ text: string; href: string } | null> {
  const role = (await contactToday(ctx))?.role ?? 'attendance-officer';
  if (role !== ctx.user.role) return null;
  const school = await schoolOf(ctx.deps.db, ctx.user);
  const today = todayAt(school, ctx.at);
  const open = (await unexplained(ctx)).filter(({ on, wrong }) => on < today && wrong === null);
  const inTime = open.filter(({ overdue }) => !overdue);
  const ofPupils = (rows: typeof open) => new Set(rows.map(({ pupil }) => pupil.id)).size;
  if (open.length === 0) return null;
  const who = `${counted(ofPupils(open), 'pupil was', 'pupils were')} absent before today without a reason that is known`;
  const [first] = inTime;
  const by = first && ` by ${longDay(reasonDueOn(await calendarOf(ctx.deps.db, school.id), first.on))}`;
  const over = ofPupils(open.filter(({ overdue }) => overdue));
  const late = over > 0 ? `; of ${counted(over, 'pupil')} the five school days are over` : '';
  return { text: `${who}: ask each family${by ?? ''}${late}`, href: '/register/unexplained' };
}
