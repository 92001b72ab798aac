import type { Day } from '../policy/calendar/day.ts';
import type { Db } from './client.ts';
import { columnOf, dayOf, dayOrNull } from './day-column.ts';
import type { LeaveRequest as Row } from './generated/client.ts';

export type LeaveAsked = { pupilId: string; from: Day; to: Day; reason: string; askedBy: string; receivedOn: Day };
export type LeaveDecided = { granted: boolean; by: string; on: Day; why: string; at: Date };

/** The requests for leave of a pupil, the newest days first. */
export const leaveOfPupil = async (db: Db, pupilId: string) =>
  (await db.leaveRequest.findMany({ where: { pupilId }, orderBy: [{ fromDay: 'desc' }, { recordedAt: 'desc' }] })).map(request);

/** Those of a school that nobody has decided, or whose days lie between two days; with the pupil, the earliest first. */
export async function leaveOfSchool(db: Db, schoolId: string, { from, to }: { from: Day; to: Day }, className: string | null) {
  const days = { fromDay: { lte: columnOf(to) }, toDay: { gte: columnOf(from) } };
  const rows = await db.leaveRequest.findMany({
    where: { schoolId, OR: [{ granted: null }, days], ...(className === null ? {} : { pupil: { className } }) },
    include: { pupil: { select: { id: true, chosenName: true, className: true } } },
    orderBy: [{ fromDay: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({ ...request(row), pupil: row.pupil }));
}

const request = ({ fromDay, toDay, receivedOn, decidedOn, ...row }: Row) => ({
  ...{ id: row.id, pupilId: row.pupilId, from: dayOf(fromDay), to: dayOf(toDay), receivedOn: dayOf(receivedOn) },
  ...{ reason: row.reason, askedBy: row.askedBy, recordedBy: row.recordedBy, granted: row.granted },
  decided: decidedOn && { on: dayOrNull(decidedOn) ?? '', by: row.decidedBy ?? '', why: row.decidedWhy ?? '' },
});
export type KeptLeave = ReturnType<typeof request>;

/** Keeps a request. The same id again is the same request. */
export async function keepLeave(db: Db, id: string, schoolId: string, asked: LeaveAsked, recordedBy: string): Promise<void> {
  const { from, to, receivedOn, ...more } = asked;
  const days = { fromDay: columnOf(from), toDay: columnOf(to), receivedOn: columnOf(receivedOn) };
  await db.leaveRequest.createMany({ data: [{ id, schoolId, recordedBy, ...more, ...days }], skipDuplicates: true });
}

/** Keeps what was decided. False if somebody had decided already. */
export async function decideLeave(
  db: Db,
  { id, pupilId }: { id: string; pupilId: string },
  { granted, by, on, why, at }: LeaveDecided,
): Promise<boolean> {
  const { count } = await db.leaveRequest.updateMany({
    where: { id, pupilId, granted: null },
    data: { granted, decidedBy: by, decidedOn: columnOf(on), decidedWhy: why, decidedAt: at },
  });
  return count > 0;
}
