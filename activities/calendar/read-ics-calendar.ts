import ICAL from 'ical.js';
import { calendarRow } from '../../policy/calendar/calendar-form.ts';
import { addDays, type Day, isDay, londonDay, londonTime } from '../../policy/calendar/day.ts';
import { type Period, periodKinds, periodWords } from '../../policy/calendar/period.ts';
import { type CalendarEvent, type Understood, understand } from '../../policy/calendar/understand.ts';
import { Refusal } from '../../policy/refusal.ts';

/** So far ahead a recurring event is followed, and so many times a whole file at most. */
const daysAhead = 3 * 366;
const mostTimes = 20_000;

type Known = { terms: readonly Period[]; since: Day };

/**
 * Reads a calendar from iCalendar text (RFC 5545). Events that Firstbell wrote say themselves what they are; others are guessed
 * from their words. All-day events end before their DTEND. An event of which nothing can be taken says why.
 * @throws Refusal('BadInput') if it is no iCalendar text, or repeats its events without reason.
 */
export function readIcsCalendar(text: string, { terms, since }: Known): Understood[] {
  const components = eventsIn(text);
  const series = seriesIn(components);
  const own: Understood[] = [];
  const guessed: CalendarEvent[] = [];
  let found = 0;
  for (const [i, component] of components.entries()) {
    const at = `event ${i + 1}`;
    const times = occurrences(component, at, { series, until: addDays(since, daysAhead), most: mostTimes - found });
    found += times?.length ?? 0;
    if (found > mostTimes)
      throw new Refusal(
        'BadInput',
        `This calendar has more than ${mostTimes} dates: take out what is no date of the school year`,
      );
    const said = times && ownPeriod(component, times);
    if (said) own.push({ at, says: periodWords(said), period: said, why: null });
    else if (times) guessed.push(...times);
    else own.push({ at, says: `“${textOf(component, 'summary')}”`, period: null, why: 'It has no dates that can be read' });
  }
  return [...own, ...understand(guessed, [...terms, ...own.flatMap(({ period }) => period ?? [])], since)];
}

function eventsIn(text: string): ICAL.Component[] {
  try {
    const calendars = [ICAL.parse(text)].flat(1) as unknown[];
    const jcal = typeof calendars[0] === 'string' ? [calendars] : calendars;
    return jcal.flatMap((calendar) =>
      new ICAL.Component(calendar as [string, unknown[], unknown[]]).getAllSubcomponents('vevent'),
    );
  } catch (error) {
    throw new Refusal('BadInput', 'This is no whole iCalendar file: download the calendar again, or export it as CSV', {
      cause: error,
    });
  }
}

const textOf = (component: ICAL.Component, name: string): string =>
  String(component.getFirstPropertyValue(name) ?? '')
    .normalize('NFC')
    .trim();

/** What an event of ours says of itself; null if it is none, or no longer whole. */
function ownPeriod(component: ICAL.Component, [only]: readonly CalendarEvent[]): Period | null {
  const kind = textOf(component, 'x-firstbell-kind');
  if (!only || !periodKinds.some((one) => one === kind)) return null;
  const cells = {
    ...{ kind, from: only.from, to: only.to, label: textOf(component, 'summary'), part: textOf(component, 'x-firstbell-part') },
    ...{ year_groups: textOf(component, 'x-firstbell-year-groups'), classes: textOf(component, 'x-firstbell-classes') },
  };
  const read = calendarRow.safeParse(cells);
  return read.success ? read.data : null;
}

/** Events of one UID: whether the series itself is there, and its changed times. */
type Series = ReadonlyMap<string, { whole: boolean; changes: ICAL.Component[] }>;

const isChange = (component: ICAL.Component): boolean => component.hasProperty('recurrence-id');

function seriesIn(components: readonly ICAL.Component[]): Series {
  const series = new Map<string, { whole: boolean; changes: ICAL.Component[] }>();
  for (const component of components) {
    const uid = textOf(component, 'uid');
    const known = series.get(uid) ?? { whole: false, changes: [] };
    if (isChange(component)) known.changes.push(component);
    else known.whole = true;
    series.set(uid, known);
  }
  return series;
}

type Following = { series: Series; until: Day; most: number };

/**
 * Each time an event happens, from the first to `until`, and one more than `most` if there are more; null if it has no dates. A
 * changed time of a series comes with its series.
 */
function occurrences(component: ICAL.Component, at: string, { series, until, most }: Following): CalendarEvent[] | null {
  try {
    const { whole, changes } = series.get(textOf(component, 'uid')) ?? { whole: true, changes: [] };
    if (isChange(component) && whole) return [];
    const event = new ICAL.Event(component, { exceptions: isChange(component) ? [] : changes });
    if (!event.isRecurring()) return [eventOf(at, event.summary, event.startDate, event.endDate)];
    if (!component.getAllProperties('rrule').every((rule) => canBeFollowed(rule.getFirstValue() as ICAL.Recur))) return null;
    const found: CalendarEvent[] = [];
    const iterator = event.iterator();
    for (let next = iterator.next(); next && found.length <= most; next = iterator.next()) {
      const { item, startDate, endDate } = event.getOccurrenceDetails(next);
      const one = eventOf(at, item.summary, startDate, endDate);
      if (one.from > until) break;
      found.push(one);
    }
    return found;
  } catch {
    // What somebody else's program wrote may be no date at all: that one event is named, and the others are read.
    return null;
  }
}

const usual = ['YEARLY', 'MONTHLY', 'WEEKLY'];
/** More days, or weeks, lie between no two times of a school's calendar. */
const longest = 3_660;

/**
 * The reader looks for the next date without an end where a rule that goes by days, or less, names none that there is, as 30
 * February: such a rule may only ask which weekday it is.
 */
const canBeFollowed = ({ freq, interval, parts }: ICAL.Recur): boolean =>
  interval <= longest && (usual.includes(freq) || Object.keys(parts).every((part) => part === 'BYDAY'));

function eventOf(at: string, summary: string | null, start: ICAL.Time, end: ICAL.Time): CalendarEvent {
  const from = dayOf(start);
  const hours = start.isDate ? null : (end.toUnixTime() - start.toUnixTime()) / 3_600;
  // Some programs write the last day itself as the end.
  const last = start.isDate || isMidnight(end) ? addDays(dayOf(end), -1) : dayOf(end);
  const to = last < from ? from : last;
  if (!isDay(from) || !isDay(to)) throw new Error('The event has no real dates');
  return {
    at,
    summary:
      (summary ?? '')
        .normalize('NFC')
        .replaceAll(/[\s\p{Cc}]+/gu, ' ')
        .trim() || 'An event without words',
    from,
    to,
    hours,
  };
}

const isFloating = ({ isDate, zone }: ICAL.Time): boolean => isDate || zone === ICAL.Timezone.localTimezone;
const instantOf = (time: ICAL.Time): number => time.toUnixTime() * 1000;

const isMidnight = (time: ICAL.Time): boolean =>
  isFloating(time) ? time.hour + time.minute + time.second === 0 : londonTime(instantOf(time)) === '00:00';

/** A date as it is written, or that of a time: in London if the time says of which zone it is. */
function dayOf(time: ICAL.Time): Day {
  if (!isFloating(time)) return londonDay(instantOf(time));
  return [time.year, time.month, time.day].map((part, i) => `${part}`.padStart(i === 0 ? 4 : 2, '0')).join('-');
}
