import type { Day } from '../../policy/calendar/day.ts';
import { hasCome } from '../../policy/calendar/moment.ts';
import { counted } from '../../policy/counted.ts';
import { type FirstContact, firstContact } from '../../policy/pack/first-contact.ts';
import { packInForce } from '../../prisma/packs.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { type Unexplained, unexplainedOf } from '../../prisma/register.ts';
import { timeAt, todayAt } from '../../prisma/school-clock.ts';
import type { Ctx } from '../web/route.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;
type Today = FirstContact & { on: Day; over: boolean };

/** What the policy in force asks of the office about today's absences without a reason, and whether its time is over; null if nothing. */
export async function contactToday({ deps, user, at }: Asking): Promise<Today | null> {
  const school = await schoolOf(deps.db, user);
  const on = todayAt(school, at);
  const inForce = await packInForce(deps.db, school.packId, on);
  const contact = inForce && firstContact(inForce.pack);
  const now = { on, at: timeAt(school, at) };
  return contact && { ...contact, on, over: contact.by !== null && hasCome({ on, at: contact.by }, now) };
}

/** Absences without a reason that this person reads, of some days: a class teacher those of their own class. */
export async function unexplainedFor(
  { deps, user }: Omit<Asking, 'at'>,
  span: { from: Day; to: Day },
): Promise<readonly Unexplained[]> {
  const all = await unexplainedOf(deps.db, user.schoolId ?? 'none', span);
  return user.role === 'class-teacher' ? all.filter(({ className }) => className === user.className) : all;
}

/** Those who are absent since this morning: the time of the day that a policy names is not one for who went at noon. */
export const awaySinceMorning = <R extends { on: Day; session: string }>(rows: readonly R[], today: Day): R[] =>
  rows.filter(({ on, session }) => on === today && session === 'AM');

/** The line in the inbox of whom the policy names, while somebody is absent today and nobody knows why. */
export async function contactLine(ctx: Asking): Promise<{ text: string; href: string } | null> {
  const contact = await contactToday(ctx);
  if (contact?.role !== ctx.user.role) return null;
  const { on } = contact;
  const rows = await unexplainedFor(ctx, { from: on, to: on });
  const pupils = new Set(rows.map(({ pupilId }) => pupilId)).size;
  if (pupils === 0) return null;
  const who = `${counted(pupils, 'pupil is', 'pupils are')} absent today without a reason`;
  const timed = contact.by === null || awaySinceMorning(rows, on).length > 0;
  const by = timed ? `${contact.said}${contact.over ? ' (that time has passed)' : ''}` : 'today';
  return { text: `${who}: speak to each family ${by}`, href: '/register/unexplained' };
}
