import { randomUUID } from 'node:crypto';
import { type CalendarChange, changeByFile, changed, type FileMode } from '../../policy/calendar/calendar-change.ts';
import { type CalendarProblem, calendarProblems } from '../../policy/calendar/calendar-problems.ts';
import { type Period, periodKey } from '../../policy/calendar/period.ts';
import { takenSince, type Understood } from '../../policy/calendar/understand.ts';
import { Refusal } from '../../policy/refusal.ts';
import { periodsOf } from '../../prisma/calendar.ts';
import type { Db } from '../../prisma/client.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { RowProblem } from './calendar-file.ts';
import { readCalendar } from './read-calendar.ts';

type Asked = { schoolId: string; reason: string; by: string | null };

/** A change kept to be looked at under this id; or, of a file, what is wrong with it: then nothing is kept. */
export type Shown = { changeId: string } | { problems: RowProblem[] };

/**
 * Reads a calendar file and keeps what it would change, to be looked at before a person makes it. Nothing is changed yet.
 * @throws Refusal('NotAllowed') if the calendar says all of it already; 'BadInput' if the file is none.
 */
export async function showFile(
  db: Db,
  { path, fileName, mode, ...asked }: Asked & { path: string; fileName: string; mode: FileMode },
): Promise<Shown> {
  const before = await periodsOf(db, asked.schoolId);
  const school = await db.school.findUniqueOrThrow({ where: { id: asked.schoolId } });
  const known = { terms: before.filter(({ kind }) => kind === 'term'), since: takenSince(todayAt(school, Date.now())) };
  const { rows, problems } = await readCalendar(path, known);
  if (problems.length > 0) return { problems };
  const change = changeByFile(
    before,
    rows.flatMap(({ period }) => period ?? []),
    mode,
  );
  const wrong = newProblems(before, change).map((one) => ({ at: placeIn(rows, one.of), column: '', value: '', cure: one.says }));
  if (wrong.length > 0) return { problems: wrong };
  if (isNothing(change)) throw new Refusal('NotAllowed', nothingNew(rows));
  return { changeId: await keep(db, asked, change, { fileName, rows }) };
}

/**
 * The same for a change that a person entered.
 * @throws Refusal('NotAllowed') that says what would be wrong with the calendar, and what to do.
 */
export async function showChange(db: Db, { change, ...asked }: Asked & { change: CalendarChange }): Promise<string> {
  const before = await periodsOf(db, asked.schoolId);
  const [wrong] = newProblems(before, change);
  if (wrong) throw new Refusal('NotAllowed', wrong.says);
  if (isNothing(change)) throw new Refusal('NotAllowed', 'The calendar says so already');
  return keep(db, asked, change, { fileName: null, rows: [] });
}

/** What a change makes wrong. What was wrong before stays to be mended, and stands in nobody's way. */
export function newProblems(before: readonly Period[], change: CalendarChange): CalendarProblem[] {
  const known = new Set(calendarProblems(before).map(({ says }) => says));
  return calendarProblems(changed(before, change)).filter(({ says }) => !known.has(says));
}

/** Why a file changes nothing, with the first of what was not understood. */
function nothingNew(rows: readonly Understood[]): string {
  const left = rows.filter(({ why }) => why !== null);
  if (rows.length > left.length) return 'The calendar says all of this already: nothing in the file is new';
  const some = left.slice(0, 3).map(({ at, says, why }) => `${at}, ${says}: ${why}`);
  return ['Nothing in the file could be taken', ...some].join('. ');
}

const isNothing = ({ added, removed }: CalendarChange): boolean => added.length + removed.length === 0;

const placeIn = (rows: readonly Understood[], of: Period): string =>
  rows.find(({ period }) => period && periodKey(period) === periodKey(of))?.at ?? 'the calendar so far';

async function keep(
  db: Db,
  { schoolId, reason, by }: Asked,
  { added, removed }: CalendarChange,
  { fileName, rows }: { fileName: string | null; rows: Understood[] },
): Promise<string> {
  // What was only looked at, and is a week old, nobody comes back to.
  await db.calendarChange.deleteMany({
    where: { schoolId, madeAt: null, shownAt: { lt: new Date(Date.now() - 7 * 86_400_000) } },
  });
  const id = randomUUID();
  const json = { added: [...added].map(bare), removed: [...removed].map(bare), rows };
  await db.calendarChange.create({ data: { id, schoolId, fileName, reason, byUser: by, ...json } });
  return id;
}

/** Without what the database knows it by. */
export const bare = ({ kind, from, to, label, covers }: Period): Period =>
  covers ? { kind, from, to, label, covers } : { kind, from, to, label };
