import type { Day } from '../policy/calendar/day.ts';
import type { Db } from './client.ts';
import { columnOf, dayOf } from './day-column.ts';

/** What was asked, as the policy worded it then. */
export type DutyAsked = { policy: string; version: string; says: string; source: string };

/** One time that a duty was due. */
export type DutyDue = { dutyId: string; due: Day };

/** Somebody did what a policy asks for again and again. */
export type DutyDone = DutyDue & { byUser: string; doneOn: Day; note: string | null };

/** It was ticked off by mistake: who says so, when and why. */
export type Mistake = { byUser: string; on: Day; why: string };

/** What was ticked off of the duties that a school had by days from one to another, what was so by mistake included. */
export async function dutiesDone(
  db: Db,
  schoolId: string,
  { from, to }: { from: Day; to: Day },
): Promise<(DutyDone & { asked: DutyAsked; mistake: Mistake | null })[]> {
  const rows = await db.policyDutyDone.findMany({
    where: { schoolId, due: { gte: columnOf(from), lte: columnOf(to) } },
    orderBy: { at: 'asc' },
  });
  return rows.map(({ dutyId, due, byUser, doneOn, note, asked, mistakenBy, mistakenOn, mistakenWhy }) => ({
    ...{ dutyId, byUser, note, asked: asked as DutyAsked },
    ...{ due: dayOf(due), doneOn: dayOf(doneOn) },
    mistake: mistakenOn ? { byUser: mistakenBy ?? '', on: dayOf(mistakenOn), why: mistakenWhy ?? '' } : null,
  }));
}

/** Keeps that it was done: who says so first, for each day on which it was due. */
export async function keepDutyDone(db: Db, schoolId: string, asked: DutyAsked, done: DutyDone): Promise<void> {
  const due = columnOf(done.due);
  // Whoever ticks it off at the same moment comes to the same number, and is second.
  const nth = await db.policyDutyDone.count({ where: { schoolId, dutyId: done.dutyId, due, mistakenOn: { not: null } } });
  const row = { ...done, schoolId, asked, due, nth, doneOn: columnOf(done.doneOn) };
  await db.policyDutyDone.createMany({ data: [row], skipDuplicates: true });
}

/** Keeps that it was ticked off by mistake; what was ticked off stays on record. False if nothing is ticked off. */
export async function keepDutyMistaken(
  db: Db,
  schoolId: string,
  { dutyId, due }: DutyDue,
  { byUser, on, why, at }: Mistake & { at: Date },
): Promise<boolean> {
  const { count } = await db.policyDutyDone.updateMany({
    where: { schoolId, dutyId, due: columnOf(due), mistakenOn: null },
    data: { mistakenBy: byUser, mistakenOn: columnOf(on), mistakenWhy: why, mistakenAt: at },
  });
  return count > 0;
}
