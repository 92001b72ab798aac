import type { Day } from '../policy/calendar/day.ts';
import { schoolYearStart } from '../policy/calendar/school-calendar.ts';
import type { EarlierCase } from '../policy/case/earlier-case.ts';
import type { LastCase } from '../policy/case/last-case.ts';
import type { CaseState } from '../policy/case/state.ts';
import { Refusal } from '../policy/refusal.ts';
import { agreedTimes } from './agreed-times.ts';
import type { Db, Tx } from './client.ts';
import { type AttendanceCase, Prisma } from './generated/client.ts';
import { letterSummary } from './letter-lists.ts';
import { pageAfter } from './page-after.ts';
import { ask } from './pg-client.ts';
import type { Reader } from './proposals.ts';
import { columnsOf } from './row-columns.ts';

/** The cases within reach of this person. The authority reads cases through their referrals, not here. */
const inReach = ({ role, schoolId, className }: Reader) => ({
  schoolId: schoolId ?? 'none',
  ...(role === 'class-teacher' ? { pupil: { className: className ?? 'none' } } : {}),
});

const pupil = {
  select: {
    id: true,
    chosenName: true,
    legalName: true,
    className: true,
    yearGroup: true,
    flags: true,
    onRollFrom: true,
    onRollTo: true,
    ...agreedTimes,
  },
} as const;

/** A page of cases, newest first. */
export const casesFor = (db: Db, reader: Reader, { status, after }: { status: string; after?: string | undefined }) =>
  pageAfter(
    after,
    [
      ['openedOn', 'desc'],
      ['id', 'asc'],
    ],
    (id) => db.attendanceCase.findFirst({ where: { id, ...inReach(reader) } }),
    ({ where, ...at }) =>
      db.attendanceCase.findMany({ where: { AND: [inReach(reader), { status }, where] }, include: { pupil }, ...at }),
  );

export type CaseListed = Awaited<ReturnType<typeof casesFor>>['rows'][number];

/** How many open cases there are in each stage. */
export async function stageCounts(db: Db, reader: Reader): Promise<{ stage: string; count: number }[]> {
  const where = { ...inReach(reader), status: 'open' };
  const found = await db.attendanceCase.groupBy({ by: ['stage'], where, _count: true, orderBy: { stage: 'asc' } });
  return found.map(({ stage, _count }) => ({ stage, count: _count }));
}

/** One case with its pupil, letters and referrals; null if it is not within reach. */
export async function caseFor(db: Db, reader: Reader, id: string) {
  const found = await db.attendanceCase.findFirst({
    where: { id, ...inReach(reader) },
    include: {
      pupil: { select: { ...pupil.select, contacts: { include: { contact: { select: { fullName: true } } } } } },
      school: true,
      referrals: { select: { id: true, headline: true, madeOn: true } },
      letters: { select: letterSummary, orderBy: [{ releaseAt: 'asc' }, { id: 'asc' }] },
    },
  });
  return found && { ...found, state: found.state as CaseState & typeof found.state };
}

export type CaseFound = NonNullable<Awaited<ReturnType<typeof caseFor>>>;

/**
 * Keeps what a person wrote, under an id that a repeat gives again.
 * @throws Refusal('Stale') if other words are kept under it: the same form was sent before, with those.
 */
export async function keepText(db: Db, id: string, byUser: string, text: string): Promise<void> {
  const { count } = await db.writtenText.createMany({ data: [{ id, byUser, body: { text } }], skipDuplicates: true });
  if (count === 1) return;
  const { body } = await db.writtenText.findUniqueOrThrow({ where: { id } });
  if ((body as { text: string }).text !== text) {
    throw new Refusal(
      'Stale',
      'This form was sent before, with other words. Look whether those were taken; if they were not, send these',
    );
  }
}

/** Cases with their pupils' names, those that were asked for. */
export const casesNamed = (db: Db, ids: readonly string[]) =>
  db.attendanceCase.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, headline: true, openedOn: true, pupil: { select: { id: true, chosenName: true } } },
    orderBy: [{ pupil: { chosenName: 'asc' } }, { id: 'asc' }],
  });

/** Whether a case has taken what was said to it under this key. */
export const hasTaken = async (db: Db, matterId: string, key: string): Promise<boolean> =>
  (await db.matterInput.count({ where: { matterId, key } })) > 0;

/** A case as its row has it. @throws if there is none */
export async function caseRow(tx: Tx, id: string): Promise<AttendanceCase> {
  const [row] = await ask(tx)<AttendanceCase>`
    SELECT ${columnsOf(Prisma.AttendanceCaseScalarFieldEnum, 'c')} FROM attendance_case AS c WHERE id = ${id}::uuid`;
  if (!row) throw new Error(`There is no case ${id}`);
  return row;
}

/** Whether a pupil has another case that is open, or that began after this one. */
export async function hasLaterCase(db: Db | Tx, { id, pupilId }: { id: string; pupilId: string }): Promise<boolean> {
  const later = await db.$queryRaw`
    SELECT 1 FROM attendance_case c JOIN ledger_event begun ON begun.matter_id = c.id AND begun.seq = 1
    WHERE c.pupil_id = ${pupilId}::uuid AND c.id <> ${id}::uuid AND (c.status = 'open' OR begun.at >
      (SELECT at FROM ledger_event WHERE matter_id = ${id}::uuid AND seq = 1)) LIMIT 1`;
  return (later as unknown[]).length > 0;
}

/** Of these pupils, those who had left and are on the roll on a day again: the last case of each, if it was closed for that in the same school year. */
export const casesToTakeUp = (tx: Tx, pupilIds: readonly string[], on: Day) => ask(tx)<{ id: string; pupilId: string }>`
  SELECT c.id, p.id AS "pupilId" FROM pupil AS p
  JOIN LATERAL (
    SELECT id, status, closed_on, state FROM attendance_case WHERE pupil_id = p.id
    ORDER BY status DESC, closed_on DESC, opened_on DESC LIMIT 1
  ) AS c ON c.status = 'closed' AND c.state -> 'leftOn' IS NOT NULL AND c.closed_on >= ${schoolYearStart(on)}::date
  WHERE p.id = ANY (${pupilIds}::uuid[]) AND ${on}::date BETWEEN p.on_roll_from AND coalesce(p.on_roll_to, 'infinity')
  ORDER BY c.id`;

/** The last case of each of these pupils that is closed: what it leaves to the next one. */
export async function lastCasesOf(tx: Tx, pupilIds: readonly string[]): Promise<ReadonlyMap<string, LastCase>> {
  const rows = await ask(tx)<{
    pupilId: string;
    closedOn: Day;
    attendance: LastCase['attendance'];
    rules: LastCase['rules'] | null;
  }>`
    SELECT DISTINCT ON (pupil_id) pupil_id AS "pupilId", closed_on::text AS "closedOn", state -> 'attendance' AS attendance, state -> 'rules' AS rules
    FROM attendance_case WHERE pupil_id = ANY (${pupilIds}::uuid[]) AND closed_on IS NOT NULL
    ORDER BY pupil_id, closed_on DESC, opened_on DESC`;
  return new Map(rows.map(({ pupilId, rules, ...closed }) => [pupilId, { ...closed, rules: rules ?? {} }]));
}

/**
 * The cases of each of these pupils that were closed in the school year of a day, and no later than `before`; the oldest first, and
 * without one of them (`but`).
 */
export async function earlierCasesOf(
  tx: Tx,
  pupilIds: readonly string[],
  { on, before, but = null }: { on: Day; before: Day; but?: string | null },
): Promise<ReadonlyMap<string, EarlierCase[]>> {
  if (pupilIds.length === 0) return new Map();
  const rows = await ask(tx)<{ pupilId: string; closedOn: Day } & Pick<CaseState, 'attendance' | 'letters'>>`
    SELECT pupil_id AS "pupilId", closed_on::text AS "closedOn", state -> 'attendance' AS attendance, state -> 'letters' AS letters
    FROM attendance_case WHERE pupil_id = ANY (${pupilIds}::uuid[]) AND status = 'closed'
      AND id IS DISTINCT FROM ${but}::uuid AND closed_on BETWEEN ${schoolYearStart(on)}::date AND ${before}::date ORDER BY closed_on, opened_on, id`;
  const found = rows.map(({ pupilId, letters, ...one }) => [pupilId, { ...one, letters: Object.values(letters) }] as const);
  return new Map(pupilIds.map((id) => [id, found.flatMap(([of, one]) => (of === id ? [one] : []))]));
}
