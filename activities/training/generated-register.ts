import type { Day } from '../../policy/calendar/day.ts';
import { type Done, dayRegister, type History, type MarkCells } from '../../policy/training/day-register.ts';
import type { Db } from '../../prisma/client.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { calendarOf } from '../../prisma/register.ts';
import type { RawRow } from '../register/raw-row.ts';

/**
 * The rows of one generated school day, as if they had been read from a file. The reason for an earlier absence comes only where
 * nobody at the school has found one meanwhile: what a person said of a session stands.
 */
export async function generatedRegister(db: Db, school: { id: string }, on: Day): Promise<{ rows: RawRow[]; fileName: string }> {
  const made = dayRegister(on, await historyOf(db, school.id), await calendarOf(db, school.id));
  const days = [...new Set(made.flatMap(({ date }) => (date < on ? [date] : [])))];
  const unexplained = await unexplainedOn(db, school.id, days);
  const marks = made.filter((mark) => mark.date === on || unexplained.has(sessionOf(mark)));
  return { rows: marks.map((cells, i) => ({ row: i + 2, cells })), fileName: `register-${on}.csv` };
}

type PupilSession = Pick<MarkCells, 'admission_no' | 'date' | 'session'>;
const sessionOf = ({ admission_no, date, session }: PupilSession): string => `${admission_no} ${date} ${session}`;

/** The sessions of these days for which no reason is known yet. */
async function unexplainedOn(db: Db, schoolId: string, days: readonly Day[]): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<PupilSession[]>`
    SELECT p.admission_no, m.day::text AS date, m.session FROM mark AS m JOIN pupil AS p ON p.id = m.pupil_id
    WHERE p.school_id = ${schoolId} AND m.day = ANY (${days}::date[]) AND m.code = 'N' AND m.known_until IS NULL`;
  return new Set(rows.map(sessionOf));
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
