import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { CalendarChange } from '../policy/calendar/calendar-change.ts';
import { addDays, type Day, weekday } from '../policy/calendar/day.ts';
import { inOrder, type Period, periodKey } from '../policy/calendar/period.ts';
import { grouped } from '../policy/grouped.ts';
import { yearName } from '../policy/people/year-group.ts';
import type { Db, Tx } from './client.ts';
import { columnOf } from './day-column.ts';
import { Prisma } from './generated/client.ts';
import { ask, askOn } from './pg-client.ts';

export type KeptPeriod = Period & { id: string };

/** The terms, half-terms, INSET days and closures of a school, in order. */
export const periodsOf = async (db: Db | Tx, schoolId: string): Promise<KeptPeriod[]> =>
  periodsIn(await ask(db)<PeriodRow>`${rowsAt(schoolId)}`);

/** The same on a connection of one's own. */
export const periodsOn = async (client: ClientBase, schoolId: string): Promise<KeptPeriod[]> =>
  periodsIn(await askOn<PeriodRow>(client, rowsAt(schoolId)));

/** The same of several schools at once; a school without any is not among them. */
export async function periodsOfSchools(db: Db, schoolIds: readonly string[]): Promise<ReadonlyMap<string, KeptPeriod[]>> {
  const rows = await ask(db)<PeriodRow & { schoolId: string }>`
    SELECT school_id AS "schoolId", id, kind, from_day::text AS "from", to_day::text AS "to", label, part, year_groups AS "yearGroups", classes
    FROM calendar_period WHERE school_id = ANY (${schoolIds}) ORDER BY id`;
  const bySchool = grouped(rows, ({ schoolId }) => schoolId);
  return new Map(
    [...bySchool].map(([schoolId, these]) => [schoolId, periodsIn(these.map(({ schoolId: _, ...period }) => period))]),
  );
}

type PeriodRow = Omit<KeptPeriod, 'covers'> & { part: string | null; yearGroups: number[]; classes: string[] };

const rowsAt = (schoolId: string) => Prisma.sql`
  SELECT id, kind, from_day::text AS "from", to_day::text AS "to", label, part, year_groups AS "yearGroups", classes
  FROM calendar_period WHERE school_id = ${schoolId} ORDER BY id`;

function periodsIn(rows: readonly PeriodRow[]): KeptPeriod[] {
  const periods = rows.map(({ id, kind, from, to, label, part, yearGroups, classes }): KeptPeriod => {
    const period = { id, kind, from, to, label };
    const partly = part !== null || yearGroups.length + classes.length > 0;
    return partly ? { ...period, covers: { part, yearGroups, classes } } : period;
  });
  return inOrder(periods) as KeptPeriod[];
}

/** Names a calendar as it stands: two that are the same have the same version. */
export const versionOf = (periods: readonly Period[]): string =>
  createHash('sha256')
    .update(JSON.stringify(periods.map(periodKey).sort()))
    .digest('hex')
    .slice(0, 16);

/** Puts in and takes out what a change says. Whoever calls has looked that it is still right, and holds the calendar's lock. */
export async function applyChange(tx: Tx, schoolId: string, { added, removed }: CalendarChange): Promise<void> {
  const gone = new Set(removed.map(periodKey));
  const kept = await periodsOf(tx, schoolId);
  const ids = kept.filter((period) => gone.has(periodKey(period))).map(({ id }) => id);
  await tx.calendarPeriod.deleteMany({ where: { id: { in: ids } } });
  await tx.calendarPeriod.createMany({
    data: added.map(({ kind, label, from, to, covers }) => ({
      ...{ schoolId, kind, label, fromDay: columnOf(from), toDay: columnOf(to), part: covers?.part ?? null },
      ...{ yearGroups: [...(covers?.yearGroups ?? [])], classes: [...(covers?.classes ?? [])] },
    })),
  });
}

/** Until the transaction ends, nobody else changes this school's calendar. */
export const lockCalendar = (tx: Tx, schoolId: string) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`calendar of ${schoolId}`}, 0))`;

/** One change of a school, made or only shown so far; null if there is none. */
export const changeOf = (db: Db | Tx, schoolId: string, id: string) => db.calendarChange.findFirst({ where: { id, schoolId } });

export type ChangeRow = NonNullable<Awaited<ReturnType<typeof changeOf>>>;

/** What a change puts in and takes out. */
export const changeIn = ({ added, removed }: Pick<ChangeRow, 'added' | 'removed'>): CalendarChange => ({
  added: added as unknown as Period[],
  removed: removed as unknown as Period[],
});

/** The changes made to a school's calendar, newest first. */
export const changesMade = (db: Db, schoolId: string, most: number) =>
  db.calendarChange.findMany({ where: { schoolId, madeAt: { not: null } }, orderBy: { madeAt: 'desc' }, take: most });

type Marked = { on: Day; marks: number; closure: Period | null };

/**
 * How many marks other than # and Y stand on days that would be closed: of the school on these days, and of the pupils that
 * these closures of a part keep away.
 */
export async function marksOnClosedDays(
  db: Db,
  schoolId: string,
  days: readonly Day[],
  parts: readonly Period[],
): Promise<Marked[]> {
  const found: Marked[] = [];
  const whole = days.length > 0 ? [{ days: [...days], closure: null, years: null, classes: null }] : [];
  const partly = parts.map((closure) => ({
    ...{ days: daysFrom(closure), closure, years: [...(closure.covers?.yearGroups ?? [])] },
    classes: [...(closure.covers?.classes ?? [])],
  }));
  for (const { days: on, closure, years, classes } of [...whole, ...partly]) {
    const rows = await db.$queryRaw<{ on: Day; marks: number }[]>`
      SELECT m.day::text AS "on", count(*)::int AS marks FROM pupil AS p CROSS JOIN LATERAL (
        SELECT day FROM mark WHERE pupil_id = p.id AND day = ANY (${on}::date[]) AND known_until IS NULL
          AND code NOT IN ('#', '-') AND code NOT LIKE 'Y%'
      ) AS m
      WHERE p.school_id = ${schoolId}
        AND (${years}::int[] IS NULL OR p.year_group = ANY (${years}::int[]) OR p.class_name = ANY (${classes}::text[]))
      GROUP BY m.day ORDER BY m.day`;
    found.push(...rows.map((row) => ({ ...row, closure })));
  }
  return found;
}

/** The year groups and classes among those that these closures keep away in which the school has no pupil; none of a school without any. */
export async function keepingNobodyAway(db: Db, schoolId: string, parts: readonly Period[]): Promise<string[]> {
  const named = parts.flatMap(({ covers }) => covers ?? []);
  if (named.length === 0) return [];
  const pupils = await db.pupil.findMany({
    where: { schoolId },
    distinct: ['yearGroup', 'className'],
    select: { yearGroup: true, className: true },
  });
  if (pupils.length === 0) return [];
  const [years, classes] = [new Set(pupils.map((one) => one.yearGroup)), new Set(pupils.map((one) => one.className))];
  return [
    ...new Set(named.flatMap(({ yearGroups }) => yearGroups.filter((year) => !years.has(year)).map(yearName))),
    ...new Set(named.flatMap((covers) => covers.classes.filter((name) => !classes.has(name)).map((name) => `class ${name}`))),
  ];
}

/** The weekdays of a period. */
function daysFrom({ from, to }: Period): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (weekday(day) <= 5) days.push(day);
  return days;
}

/** The open cases of a school, with what a change of its calendar may move. */
export const openCasesAt = (db: Db, schoolId: string) =>
  db.attendanceCase.findMany({
    where: { schoolId, status: 'open' },
    select: {
      ...{ id: true, packId: true, packVersion: true, state: true, nextOn: true, nextWhy: true },
      pupil: { select: { id: true, chosenName: true, className: true, yearGroup: true } },
    },
    orderBy: [{ pupil: { yearGroup: 'asc' } }, { pupil: { className: 'asc' } }, { pupil: { chosenName: 'asc' } }, { id: 'asc' }],
  });

export type OpenCase = Awaited<ReturnType<typeof openCasesAt>>[number];

/** Letters of a school that have not gone yet. */
export const waitingLetters = (db: Db, schoolId: string) =>
  db.letter.findMany({ where: { schoolId, status: { in: ['waiting', 'to-print'] } }, select: { fields: true } });
