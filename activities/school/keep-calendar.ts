import { randomUUID } from 'node:crypto';
import { shortDay } from '../../policy/calendar/day.ts';
import { type Period, schoolCalendar } from '../../policy/calendar/school-calendar.ts';
import type { SchoolPlan } from '../../policy/school/school-plan.ts';
import type { Tx } from '../../prisma/client.ts';
import { columnOf, dayOf } from '../../prisma/day-column.ts';

/**
 * Makes the school's calendar what the plan says. Cases and referrals that are open hear of a change, and count the days that
 * they wait for again; a monitoring period that has begun keeps its dates.
 * @returns what was changed, in words
 */
export async function keepCalendar(tx: Tx, { id: schoolId, periods }: Pick<SchoolPlan, 'id' | 'periods'>): Promise<string[]> {
  const kept = (await tx.calendarPeriod.findMany({ where: { schoolId } })).map(({ id, kind, label, fromDay, toDay }) => ({
    ...{ id, kind: kind as Period['kind'], label, from: dayOf(fromDay), to: dayOf(toDay) },
  }));
  const [before, wanted] = [new Set(kept.map(words)), new Set(periods.map(words))];
  const added = periods.filter((period, i) => !before.has(words(period)) && periods.findIndex(same(period)) === i);
  const gone = kept.filter((period) => !wanted.has(words(period)));
  if (added.length + gone.length === 0) return [];
  await tx.calendarPeriod.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } });
  await tx.calendarPeriod.createMany({
    data: added.map(({ kind, label, from, to }) => ({ schoolId, kind, label, fromDay: columnOf(from), toDay: columnOf(to) })),
  });
  if (kept.length === 0) return [`Calendar: new, ${schoolCalendar(periods).days.length} school days`];
  const told = await tellOpenMatters(tx, schoolId);
  return [
    ...added.map((period) => `Calendar, ${words(period)}: new`),
    ...gone.map((period) => `Calendar, ${words(period)}: taken out`),
    ...(told > 0 ? [`Calendar: ${told} open ${told === 1 ? 'case or referral is' : 'cases and referrals are'} told of it`] : []),
  ];
}

const words = ({ kind, label, from, to }: Period): string =>
  `${kind} "${label}" ${from === to ? `on ${shortDay(from)}` : `from ${shortDay(from)} to ${shortDay(to)}`}`;

const same = (one: Period) => (other: Period) => words(one) === words(other);

async function tellOpenMatters(tx: Tx, schoolId: string): Promise<number> {
  const where = { schoolId, status: { not: 'closed' } };
  const input = { key: `calendar:${randomUUID()}`, kind: 'day' };
  const cases = await tx.attendanceCase.findMany({ where, select: { id: true } });
  const referrals = await tx.referral.findMany({ where, select: { id: true } });
  const row =
    (matterKind: 'case' | 'referral') =>
    ({ id: matterId }: { id: string }) => ({
      ...{ schoolId, matterId, matterKind, kind: 'tell', input },
    });
  const { count } = await tx.outbox.createMany({ data: [...cases.map(row('case')), ...referrals.map(row('referral'))] });
  return count;
}
