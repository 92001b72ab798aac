import { addDays, type Day, endOfDay } from '../policy/calendar/day.ts';
import { calendarFor, schoolYearStart } from '../policy/calendar/school-calendar.ts';
import type { PriorNotice } from '../policy/referral/circumstances.ts';
import type { Mark, Session } from '../policy/register/mark.ts';
import { oneParent, type SimulatedPupil } from '../policy/simulate/pupil.ts';
import type { SimulatedSchool } from '../policy/simulate/school.ts';
import { agreedTimesOf } from './agreed-times.ts';
import { profileOf } from './authority-profiles.ts';
import type { Db } from './client.ts';
import { columnOf, dayOf, dayOrNull } from './day-column.ts';
import type { Pupil } from './generated/client.ts';
import { noticesOf } from './penalty-notices.ts';
import { calendarOf, marksOfAll } from './register.ts';
import { todayAt } from './school-clock.ts';

/**
 * A school's pupils who were on its roll between two days, with their marks of these and of the school year before, of which policies
 * and the penalty notice's ten weeks ask too, as a simulation takes them. `asKnown`: each day with the marks as they were
 * believed at its end, and not as they are now; `only`: this pupil alone.
 */
export async function simulatedSchool(
  db: Db,
  schoolId: string,
  { from, to, asKnown, only }: { from: Day; to: Day; asKnown: boolean; only?: { id: string } | { upn: string } },
): Promise<SimulatedSchool> {
  const onRoll = { onRollFrom: { lte: columnOf(to) }, OR: [{ onRollTo: null }, { onRollTo: { gte: columnOf(from) } }] };
  const rows = await db.pupil.findMany({ where: { schoolId, ...onRoll, ...only }, orderBy: { id: 'asc' } });
  const calendar = await calendarOf(db, schoolId);
  const ids = rows.map(({ id }) => id);
  const span = { from: schoolYearStart(addDays(from, -1)), to };
  const now = await marksOfAll(db, ids, span);
  const then = asKnown ? await corrected(db, ids, span) : new Map<string, Known[]>();
  const school = await db.school.findUniqueOrThrow({ where: { id: schoolId } });
  const { profile: authority } = await profileOf(db, school.authorityId, to);
  const today = todayAt(school, Date.now());
  const notices = await noticesBefore(db, ids, from);
  const years = new Map(rows.map((row) => [row.id, yearGroupThen(row, from, today)]));
  const places = new Map(
    rows.map((row) => [row.id, calendarFor(calendar, { ...row, yearGroup: years.get(row.id) ?? row.yearGroup })]),
  );
  const pupils = rows.map((row): SimulatedPupil => {
    const wasOnRoll = ({ on }: Mark) => on >= dayOf(row.onRollFrom);
    const known = then.get(row.id)?.filter(wasOnRoll);
    const marks = (now.get(row.id) ?? []).filter(wasOnRoll);
    return {
      ...{ id: row.id, flags: row.flags, born: dayOf(row.born), recipients: oneParent },
      yearGroup: years.get(row.id),
      ...{ onRollFrom: dayOf(row.onRollFrom), onRollTo: dayOrNull(row.onRollTo) },
      ...agreedTimesOf(row, to),
      priorNotices: notices.get(row.id) ?? [],
      marksOn: known ? asBelieved(known) : () => marks,
    };
  });
  return { calendar, calendarOf: (pupilId) => places.get(pupilId) ?? calendar, pupils, authority };
}

/** The year group of a pupil on an earlier day: the register knows the one of today, or of the year in which the pupil left. */
function yearGroupThen({ yearGroup, onRollTo }: Pick<Pupil, 'yearGroup' | 'onRollTo'>, day: Day, today: Day): number {
  const left = dayOrNull(onRollTo);
  const known = left !== null && left < today ? left : today;
  return yearGroup - Math.max(0, startOf(known) - startOf(day));
}

const startOf = (day: Day): number => Number(schoolYearStart(day).slice(0, 4));

/** Penalty notices of before a day, by pupil: those of the parent who had most, since a simulation has one parent. */
async function noticesBefore(db: Db, ids: readonly string[], from: Day): Promise<Map<string, PriorNotice[]>> {
  const rows = (await noticesOf(db, ids)).filter(({ issuedOn }) => issuedOn < from);
  const byParent = new Map<string, PriorNotice[]>();
  const most = new Map<string, PriorNotice[]>();
  for (const { id, pupilId, contactId, issuedOn, status, sessions } of rows) {
    const of = `${pupilId} ${contactId}`;
    const theirs = [...(byParent.get(of) ?? []), { noticeId: id, issuedOn, status, sessions }];
    byParent.set(of, theirs);
    if (theirs.length > (most.get(pupilId)?.length ?? 0)) most.set(pupilId, theirs);
  }
  return most;
}

type Known = Mark & { from: number; until: number };

/** Every belief about the sessions of those pupils of whom one was ever corrected. */
async function corrected(db: Db, ids: readonly string[], { from, to }: { from: Day; to: Day }): Promise<Map<string, Known[]>> {
  type Row = { id: string; on: Date; session: string; code: string; minutes: number | null; from: Date; until: Date | null };
  const rows = await db.$queryRaw<Row[]>`
    SELECT pupil_id AS id, day AS on, session, code, minutes_late AS minutes, known_from AS from, known_until AS until FROM mark
    WHERE day BETWEEN ${from}::date AND ${to}::date AND pupil_id IN (
      SELECT pupil_id FROM mark WHERE pupil_id = ANY (${ids}::uuid[]) AND known_until IS NOT NULL AND day BETWEEN ${from}::date AND ${to}::date)
    ORDER BY pupil_id, day, session, known_from`;
  const all = new Map<string, Known[]>();
  for (const { id, on, session, code, minutes, from: since, until } of rows) {
    const known = all.get(id) ?? [];
    all.set(id, known);
    known.push({
      on: dayOf(on),
      session: session as Session,
      code,
      ...(minutes === null ? {} : { minutesLate: minutes }),
      from: since.getTime(),
      until: until?.getTime() ?? Number.POSITIVE_INFINITY,
    });
  }
  return all;
}

/** The marks as they were believed at the end of a day: the same array until a belief changed. */
function asBelieved(known: readonly Known[]): (day: Day) => readonly Mark[] {
  const changes = [...new Set(known.flatMap(({ until }) => (Number.isFinite(until) ? [until] : [])))].sort((a, b) => a - b);
  const beliefs = new Map<number, readonly Mark[]>();
  return (day) => {
    const end = endOfDay(day);
    const since = changes.filter((at) => at <= end).length;
    const had = beliefs.get(since);
    if (had) return had;
    // A mark that was entered late is taken as known on its day: what matters here is what was corrected.
    const marks = known.filter(
      (one) => one.until > end && (one.from <= end || !known.some((before) => isCorrected(before, one))),
    );
    beliefs.set(since, marks);
    return marks;
  };
}

/** True if a belief was put right by another one of the same session. */
const isCorrected = (before: Known, after: Known): boolean =>
  before.until === after.from && before.on === after.on && before.session === after.session;

/** The last day, of those from one day to another, of which the school's register knows something; the first if it knows nothing. */
export async function lastKnownDay(db: Db, schoolId: string, { from, to }: { from: Day; to: Day }): Promise<Day> {
  const [row] = await db.$queryRaw<{ last: Date | null }[]>`
    SELECT max(m.day) AS last FROM mark AS m JOIN pupil AS p ON p.id = m.pupil_id
    WHERE p.school_id = ${schoolId} AND m.known_until IS NULL AND m.day BETWEEN ${from}::date AND ${to}::date`;
  return row?.last ? dayOf(row.last) : from;
}
