import type { Day } from '../../policy/calendar/day.ts';
import type { Db } from '../../prisma/client.ts';
import { columnOf } from '../../prisma/day-column.ts';

type Due = { schoolId: string; on: Day };

/** Every case and referral of a school whose next day has come is told the date, once a day, where no timer does so. */
export async function tellDueMatters(db: Db, due: Due): Promise<void> {
  const where = dueBy(due);
  await tell(db, due, 'case', await db.attendanceCase.findMany({ where: { OR: [where, ofLeavers(due)] }, select: { id: true } }));
  await tell(db, due, 'referral', await db.referral.findMany({ where, select: { id: true } }));
}

/**
 * The same for closed cases that still ask for something: their workflow has ended, and its timers with it. And for open ones of
 * pupils who have left: cases that began before they waited for that day have no timer for it.
 */
export async function tellDueClosedCases(db: Db, due: Due): Promise<void> {
  const where = { OR: [{ ...dueBy(due), status: 'closed' }, ofLeavers(due)] };
  await tell(db, due, 'case', await db.attendanceCase.findMany({ where, select: { id: true } }));
}

const dueBy = ({ schoolId, on }: Due) => ({ schoolId, nextOn: { lte: columnOf(on) } });

const ofLeavers = ({ schoolId, on }: Due) => ({ schoolId, status: 'open', pupil: { onRollTo: { lt: columnOf(on) } } });

async function tell(db: Db, { schoolId, on }: Due, matterKind: 'case' | 'referral', due: { id: string }[]): Promise<void> {
  const input = { key: `day:${on}`, kind: 'day' };
  const told = await db.outbox.findMany({
    where: { schoolId, matterKind, input: { equals: input }, matterId: { in: due.map(({ id }) => id) } },
    select: { matterId: true },
  });
  const already = new Set(told.map(({ matterId }) => matterId));
  const rows = due.filter(({ id }) => !already.has(id));
  await db.outbox.createMany({
    data: rows.map(({ id: matterId }) => ({ schoolId, matterId, matterKind, kind: 'tell', input })),
  });
}
