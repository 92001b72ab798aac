import type { Day } from '../policy/calendar/day.ts';
import type { LeaveDays } from '../policy/leave/leave.ts';
import type { Role } from '../policy/people/roles.ts';
import { Refusal } from '../policy/refusal.ts';
import type { Db, Tx } from './client.ts';
import { columnOf, dayOf, dayOrNull } from './day-column.ts';
import type { LeaveDecision, LeaveRequest as Row } from './generated/client.ts';

export type LeaveAsked = { pupilId: string; from: Day; to: Day; reason: string; askedBy: string; receivedOn: Day };

/** Who did something about leave, in which role, on which of the school's days and why. */
export type LeaveDeed = { by: string; role: Role; on: Day; why: string };
type DeedNow = LeaveDeed & { at: Date };

/** What was decided. It stands until it is taken back, and stays when it is. */
export type KeptDecision = LeaveDeed & { id: string; granted: boolean; only: LeaveDays | null; takenBack: LeaveDeed | null };

const include = { decisions: { orderBy: { at: 'asc' } } } as const;
const stands = { takenBackAt: null };

/** The requests for leave of a pupil, the newest days first. */
export const leaveOfPupil = async (db: Db, pupilId: string) =>
  (await db.leaveRequest.findMany({ where: { pupilId }, include, orderBy: [{ fromDay: 'desc' }, { recordedAt: 'desc' }] })).map(
    request,
  );

/** Those of a school that nobody has decided, or whose days lie between two days; with the pupil, the earliest first. */
export async function leaveOfSchool(db: Db, schoolId: string, { from, to }: { from: Day; to: Day }, className: string | null) {
  const days = { fromDay: { lte: columnOf(to) }, toDay: { gte: columnOf(from) } };
  const waits = { decisions: { none: stands } };
  const rows = await db.leaveRequest.findMany({
    where: { schoolId, OR: [waits, days], ...(className === null ? {} : { pupil: { className } }) },
    include: { ...include, pupil: { select: { id: true, chosenName: true, className: true } } },
    orderBy: [{ fromDay: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({ ...request(row), pupil: row.pupil }));
}

const request = (row: Row & { decisions: LeaveDecision[] }) => {
  const decisions = row.decisions.map(decision);
  const decided = decisions.find(({ takenBack }) => takenBack === null) ?? null;
  const decidedAt = row.decisions.find(({ takenBackAt }) => takenBackAt === null)?.at.getTime() ?? null;
  return {
    ...{ id: row.id, pupilId: row.pupilId, from: dayOf(row.fromDay), to: dayOf(row.toDay), receivedOn: dayOf(row.receivedOn) },
    ...{ reason: row.reason, askedBy: row.askedBy, recordedBy: row.recordedBy, reminded: row.remindedOn !== null },
    ...{
      granted: decided?.granted ?? null,
      only: decided?.only ?? null,
      decidedAt,
      decided,
      before: decisions.filter((one) => one !== decided),
    },
  };
};

const decision = ({ id, granted, grantedFrom, grantedTo, ...row }: LeaveDecision): KeptDecision => ({
  only: grantedFrom && grantedTo && { from: dayOf(grantedFrom), to: dayOf(grantedTo) },
  ...{ id, granted, by: row.decidedBy, role: row.role as Role, on: dayOf(row.decidedOn), why: row.why },
  takenBack: row.takenBackOn && {
    ...{ by: row.takenBackBy ?? '', role: row.takenBackRole as Role, on: dayOf(row.takenBackOn), why: row.takenBackWhy ?? '' },
  },
});

/**
 * Keeps a request, which waits from a day on. The same id again is the same request.
 * @throws Refusal('Stale') if a request of that id says something else: then nothing of this one is kept
 */
export async function keepLeave(
  db: Db,
  { id, schoolId, recordedBy, waitsSince }: { id: string; schoolId: string; recordedBy: string; waitsSince: Day },
  { from, to, receivedOn, ...asked }: LeaveAsked,
): Promise<void> {
  const said = { id, schoolId, ...asked, fromDay: columnOf(from), toDay: columnOf(to), receivedOn: columnOf(receivedOn) };
  const row = { ...said, recordedBy, waitsSince: columnOf(waitsSince) };
  await db.leaveRequest.createMany({ data: [row], skipDuplicates: true });
  if ((await db.leaveRequest.count({ where: said })) === 0)
    throw new Refusal('Stale', 'This form was sent before and said something else. Open the page again, and record it there');
}

/** Keeps what was decided. The same said again, by the same person, is the same decision. False if another stands, or none any more. */
export async function decideLeave(
  db: Db,
  { id, requestId, granted, only = null }: { id: string; requestId: string; granted: boolean; only?: LeaveDays | null },
  { by, role, on, why, at }: DeedNow,
): Promise<boolean> {
  const days = { grantedFrom: only && columnOf(only.from), grantedTo: only && columnOf(only.to) };
  const said = { requestId, granted, ...days, decidedBy: by, why };
  await db.leaveDecision.createMany({ data: [{ id, ...said, role, decidedOn: columnOf(on), at }], skipDuplicates: true });
  return (await db.leaveDecision.count({ where: { ...said, ...stands } })) > 0;
}

/** Keeps that a decision was entered by mistake: the request waits anew from that day. False if it does not stand any more. */
export const takeLeaveBack = (
  db: Db,
  { id, requestId }: { id: string; requestId: string },
  { by, role, on, why, at }: DeedNow,
): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const { count } = await tx.leaveDecision.updateMany({
      where: { id, requestId, ...stands },
      data: { takenBackBy: by, takenBackRole: role, takenBackOn: columnOf(on), takenBackWhy: why, takenBackAt: at },
    });
    if (count === 0) return false;
    const anew = { waitsSince: columnOf(on), remindedOn: null, escalatedOn: null };
    await tx.leaveRequest.update({ where: { id: requestId }, data: anew });
    return true;
  });

/** A school's requests that wait for a decision: since when, and who was told on which day that they do. */
export async function leaveWaiting(tx: Tx, schoolId: string) {
  const rows = await tx.leaveRequest.findMany({
    where: { schoolId, decisions: { none: stands } },
    include: { pupil: { select: { className: true } } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, pupil, waitsSince, remindedOn, escalatedOn }) => ({
    ...{ id, className: pupil.className, since: dayOf(waitsSince) },
    ...{ remindedOn: dayOrNull(remindedOn), escalatedOn: dayOrNull(escalatedOn) },
  }));
}

/** Keeps that who decides was reminded on a day, or who stands in asked as well. */
export async function noteLeaveReminded(tx: Tx, id: string, on: Day, what: readonly ('reminded' | 'escalated')[]): Promise<void> {
  const day = columnOf(on);
  const data = { ...(what.includes('reminded') && { remindedOn: day }), ...(what.includes('escalated') && { escalatedOn: day }) };
  await tx.leaveRequest.update({ where: { id }, data });
}
