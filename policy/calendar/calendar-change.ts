import { type Day, daysBetween } from './day.ts';
import { inOrder, type Period, periodKey } from './period.ts';
import { schoolCalendar, schoolYearStart } from './school-calendar.ts';

/** What is put into a calendar, and what is taken out of it. */
export type CalendarChange = { added: readonly Period[]; removed: readonly Period[] };

/**
 * How a file is meant: `replace` if it is the whole calendar of the school years it has terms of, so that what it does not name
 * goes; `add` if nothing goes but what it names with other dates.
 */
export const fileModes = ['add', 'replace'] as const;
export type FileMode = (typeof fileModes)[number];

/** What would make one calendar the other. */
export function changeBetween(before: readonly Period[], after: readonly Period[]): CalendarChange {
  const [had, has] = [new Set(before.map(periodKey)), new Set(after.map(periodKey))];
  const once = new Map(after.map((period) => [periodKey(period), period]));
  return {
    added: inOrder([...once.values()].filter((period) => !had.has(periodKey(period)))),
    removed: inOrder(before.filter((period) => !has.has(periodKey(period)))),
  };
}

/**
 * What the school's own file changes: what it says new, and what it said before and says no more. What was entered or taken
 * out elsewhere since, as on the calendar page, stays so.
 */
export function changeBySchoolFile(
  before: readonly Period[],
  { said, says }: { said: readonly Period[]; says: readonly Period[] },
): CalendarChange {
  const has = new Set(before.map(periodKey));
  const { added, removed } = changeBetween(said, says);
  return {
    added: added.filter((period) => !has.has(periodKey(period))),
    removed: removed.filter((period) => has.has(periodKey(period))),
  };
}

/** The calendar after a change. */
export function changed(before: readonly Period[], { added, removed }: CalendarChange): Period[] {
  const gone = new Set(removed.map(periodKey));
  return inOrder([...before.filter((period) => !gone.has(periodKey(period))), ...added]);
}

/**
 * What a file would change. Terms and half-terms are known by their name within a school year, if only one is called so here and
 * there: one of new dates is the same one moved. Where several are called the same, as "Half-term", it is the one that it overlaps.
 * They and INSET days are known by their dates too: one of another name is the same one renamed.
 */
export function changeByFile(before: readonly Period[], file: readonly Period[], mode: FileMode): CalendarChange {
  const years = new Set(file.filter(({ kind }) => kind === 'term').map(({ from }) => schoolYearStart(from)));
  const spans = new Set(file.map(spanOf));
  const isMoved = (period: Period) => {
    const others = namedAs(period, file);
    const only = others.length === 1 && namedAs(period, before).length === 1;
    return period.kind !== 'inset' && (only || others.some((other) => overlap(period, other)));
  };
  const goes = (period: Period) =>
    mode === 'replace'
      ? years.has(schoolYearStart(period.from))
      : period.kind !== 'closure' && (spans.has(spanOf(period)) || isMoved(period));
  return changeBetween(before, [...before.filter((period) => !goes(period)), ...file]);
}

const spanOf = ({ kind, from, to }: Period): string => `${kind} ${from} ${to}`;
const namedAs = (period: Period, among: readonly Period[]): Period[] => among.filter((one) => nameOf(one) === nameOf(period));
const overlap = (one: Period, other: Period): boolean => one.from <= other.to && other.from <= one.to;
const nameOf = ({ kind, label, from }: Period): string => `${kind} ${schoolYearStart(from)} ${label.toLowerCase()}`;

/** What a reader sees of a change: what is new, gone, or the same one otherwise, and the school days that come and go. */
export type ChangeSeen = {
  fresh: Period[];
  gone: Period[];
  moved: { was: Period; is: Period }[];
  /** Of the whole school. */
  gained: Day[];
  lost: Day[];
};

/** Pairs what went with what came: of one kind and name in one school year, the nearest; or of one kind and overlapping. */
export function seen(before: readonly Period[], change: CalendarChange): ChangeSeen {
  const fresh = [...change.added];
  const gone: Period[] = [];
  const moved: ChangeSeen['moved'] = [];
  for (const was of change.removed) {
    const is = nearest(was, namedAs(was, fresh)) ?? fresh.find((one) => one.kind === was.kind && overlap(one, was));
    if (!is) gone.push(was);
    else {
      moved.push({ was, is });
      fresh.splice(fresh.indexOf(is), 1);
    }
  }
  const [old, now] = [schoolCalendar(before).days, schoolCalendar(changed(before, change)).days];
  const [had, has] = [new Set(old), new Set(now)];
  return { fresh, gone, moved, gained: now.filter((day) => !had.has(day)), lost: old.filter((day) => !has.has(day)) };
}

const nearest = ({ from }: Period, among: readonly Period[]): Period | undefined =>
  among.toSorted((a, b) => Math.abs(daysBetween(from, a.from)) - Math.abs(daysBetween(from, b.from)))[0];
