import type { Day } from '../../policy/calendar/day.ts';
import { type Done, dayRegister, type History } from '../../policy/training/day-register.ts';
import type { Db } from '../../prisma/client.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { calendarOf } from '../../prisma/register.ts';
import type { RawRow } from '../register/raw-row.ts';

/** The rows of one generated school day, as if they had been read from a file. */
export async function generatedRegister(db: Db, school: { id: string }, on: Day): Promise<{ rows: RawRow[]; fileName: string }> {
  const marks = dayRegister(on, await historyOf(db, school.id), await calendarOf(db, school.id));
  return { rows: marks.map((cells, i) => ({ row: i + 2, cells })), fileName: `register-${on}.csv` };
}

const felt: Record<string, Done['what']> = { called: 'call', 'meeting recorded': 'meeting' };

/** What was done for each pupil so far, by admission number: calls and meetings from the ledger, letters as they left, notices as issued. */
async function historyOf(db: Db, schoolId: string): Promise<History> {
  const cases = await db.attendanceCase.findMany({
    where: { schoolId },
    select: { id: true, pupilId: true, pupil: { select: { admissionNo: true } } },
  });
  const noOf = new Map(cases.flatMap((one) => [one.id, one.pupilId].map((id) => [id, one.pupil.admissionNo])));
  const events = await db.ledgerEvent.findMany({
    where: { matterId: { in: cases.map(({ id }) => id) }, type: { in: Object.keys(felt) } },
    select: { matterId: true, type: true, onDay: true },
  });
  const letters = await db.letter.findMany({
    where: { schoolId, sentOn: { not: null } },
    select: { caseId: true, sentOn: true },
  });
  const notices = await db.penaltyNotice.findMany({
    where: { pupilId: { in: cases.map(({ pupilId }) => pupilId) } },
    select: { pupilId: true, issuedOn: true },
  });
  const history = new Map<string, Done[]>();
  const add = (caseOrPupil: string, done: Done) => {
    const no = noOf.get(caseOrPupil);
    if (no !== undefined) history.set(no, [...(history.get(no) ?? []), done]);
  };
  for (const { matterId, type, onDay } of events) add(matterId, { on: dayOf(onDay), what: felt[type] ?? 'call' });
  for (const { caseId, sentOn } of letters) if (sentOn) add(caseId, { on: dayOf(sentOn), what: 'letter' });
  for (const { pupilId, issuedOn } of notices) add(pupilId, { on: dayOf(issuedOn), what: 'notice' });
  return history;
}
