import type { z } from 'zod';
import { bankHolidaysBetween } from '../../policy/calendar/bank-holidays.ts';
import { type CalendarChange, changed, type FileMode, seen } from '../../policy/calendar/calendar-change.ts';
import { isAllRest } from '../../policy/calendar/calendar-problems.ts';
import { shortDay } from '../../policy/calendar/day.ts';
import { coversWords, datesWords, daysWords } from '../../policy/calendar/period.ts';
import { schoolCalendar } from '../../policy/calendar/school-calendar.ts';
import { counted } from '../../policy/counted.ts';
import { Refusal } from '../../policy/refusal.ts';
import {
  type ChangeRow,
  changeIn,
  changeOf,
  type KeptPeriod,
  keepingNobodyAway,
  marksOnClosedDays,
  periodsOf,
  versionOf,
} from '../../prisma/calendar.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { namesOf } from '../../prisma/users.ts';
import type { Ctx } from '../web/route.ts';
import { movesBy } from './moves.ts';
import { type Calendar, type Change, saidPeriod } from './shapes.ts';

export type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** The school's calendar, as its page and a machine both say it. */
export async function calendarFacts({ deps, user }: Asking): Promise<z.infer<typeof Calendar>> {
  const periods = await periodsOf(deps.db, (await schoolOf(deps.db, user)).id);
  const { days, terms } = schoolCalendar(periods);
  const [first, last] = [terms[0], terms.at(-1)];
  return {
    version: versionOf(periods),
    periods: periods.map((period) => ({ id: period.id, ...saidPeriod(period) })),
    bankHolidays: first && last ? bankHolidaysBetween(first.from, last.to) : [],
    schoolDays: days.length,
  };
}

/**
 * A period of the school's calendar.
 * @throws Refusal('NotFound') if it is not there, perhaps no longer.
 */
export async function periodAt({ deps, user }: Asking, id: string): Promise<KeptPeriod> {
  const found = (await periodsOf(deps.db, (await schoolOf(deps.db, user)).id)).find((period) => period.id === id);
  if (!found) throw new Refusal('NotFound', 'This is not in your school’s calendar, or no longer. Open the calendar');
  return found;
}

/** Keeps a change to be looked at. @returns its id */
export async function show({ deps, user }: Asking, change: CalendarChange, reason: string): Promise<string> {
  const { id: schoolId } = await schoolOf(deps.db, user);
  return deps.calendar.show({ schoolId, change, reason, by: user.id });
}

/** The same for the file that came with a request: the id of its change, or what is wrong with it. */
export async function showUpload(
  { deps, user, upload }: Asking & Pick<Ctx, 'upload'>,
  { mode, reason, fileName = upload?.name ?? '' }: { mode: FileMode; reason: string; fileName?: string | undefined },
) {
  if (!upload) throw new Refusal('BadInput', 'Choose a file');
  const { id: schoolId } = await schoolOf(deps.db, user);
  return deps.calendar.showFile({ schoolId, path: upload.path, fileName, mode, reason, by: user.id });
}

/** Makes a change that was looked at. */
export async function make({ deps, user }: Asking, changeId: string, version: string) {
  const { id: schoolId } = await schoolOf(deps.db, user);
  return deps.calendar.make({ schoolId, changeId, version, by: user.id });
}

/**
 * What a change would do to the calendar as it is now, or what it did.
 * @throws Refusal('NotFound') if there is none at this school.
 */
export async function changeFacts(ctx: Asking, id: string): Promise<z.infer<typeof Change>> {
  const { deps, user } = ctx;
  const school = await schoolOf(deps.db, user);
  const row = await changeOf(deps.db, school.id, id);
  if (!row) throw new Refusal('NotFound', 'There is no such change to your school’s calendar');
  const change = changeIn(row);
  const now = await periodsOf(deps.db, school.id);
  const before = row.madeAt ? changed(now, { added: change.removed, removed: change.added }) : now;
  const { gained, lost } = seen(before, change);
  const { moves, ends } = row.madeAt ? { moves: [], ends: [] } : await movesBy(ctx, school, changed(now, change));
  return {
    ...{ id, version: versionOf(now), fileName: row.fileName, reason: row.reason, made: await madeOf(ctx, row) },
    rows: row.rows as z.infer<typeof Change>['rows'],
    ...{ added: change.added.map(saidPeriod), removed: change.removed.map(saidPeriod), schoolDays: { gained, lost } },
    moves,
    warnings: row.madeAt ? [] : [...ends, ...(await warningsOf(ctx, school, change, { gained, lost }))],
  };
}

async function madeOf({ deps }: Asking, { madeAt, madeBy, told }: ChangeRow): Promise<z.infer<typeof Change>['made']> {
  if (!madeAt) return null;
  const by = (await namesOf(deps.db, [madeBy])).get(madeBy ?? '') ?? null;
  return { at: madeAt.toISOString(), by, told };
}

/** What the register would have to be mended for, before or after the change. */
async function warningsOf(
  { deps, at }: Asking,
  school: Awaited<ReturnType<typeof schoolOf>>,
  { added }: CalendarChange,
  { gained, lost }: { gained: string[]; lost: string[] },
): Promise<string[]> {
  const today = todayAt(school, at);
  const past = gained.filter((day) => day < today);
  const parts = added.filter(({ kind, covers }) => kind === 'closure' && covers);
  const marked = await marksOnClosedDays(deps.db, school.id, lost, parts);
  const empty = await keepingNobodyAway(deps.db, school.id, parts);
  const idle = added.filter((period) => period.kind === 'closure' && isAllRest(period));
  return [
    ...idle.map(
      ({ label, ...dates }) => `The closure "${label}" ${datesWords(dates)} has no school day in it: look at its dates`,
    ),
    ...empty.map((who) => `Nobody is in ${who}: look at how it is written`),
    ...(past.length > 0
      ? [`${counted(past.length, 'day')} before today would be school days: their register would be missing (${daysWords(past)})`]
      : []),
    ...marked.map(
      ({ on, marks, closure }) =>
        `${shortDay(on)} has ${counted(marks, 'mark')} already${closure ? ` of ${coversWords(closure)}` : ''}. They stay, and count: if nobody was there, import ${closure ? 'Y3' : 'Y4'} or # for them`,
    ),
  ];
}
