import type { Day } from '../policy/calendar/day.ts';
import type { Db } from './client.ts';
import { columnOf, dayOf } from './day-column.ts';

/** What was asked, as the policy worded it then. */
export type DutyAsked = { policy: string; version: string; says: string; source: string };

/** Somebody did what a policy asks for again and again. */
export type DutyDone = { dutyId: string; due: Day; byUser: string; doneOn: Day; note: string | null };

/** What was done of the duties that a school had by days from one to another. */
export async function dutiesDone(db: Db, schoolId: string, { from, to }: { from: Day; to: Day }): Promise<DutyDone[]> {
  const rows = await db.policyDutyDone.findMany({ where: { schoolId, due: { gte: columnOf(from), lte: columnOf(to) } } });
  return rows.map(({ dutyId, due, byUser, doneOn, note }) => ({
    ...{ dutyId, byUser, note },
    ...{ due: dayOf(due), doneOn: dayOf(doneOn) },
  }));
}

/** Keeps that it was done: who says so first, for each day on which it was due. */
export async function keepDutyDone(db: Db, schoolId: string, asked: DutyAsked, done: DutyDone): Promise<void> {
  const row = { ...done, schoolId, asked, due: columnOf(done.due), doneOn: columnOf(done.doneOn) };
  await db.policyDutyDone.createMany({ data: [row], skipDuplicates: true });
}
