import ICAL from 'ical.js';
import { rowOf } from '../../policy/calendar/calendar-form.ts';
import { addDays, type Day } from '../../policy/calendar/day.ts';
import { coversWords, kindTitles, type Period } from '../../policy/calendar/period.ts';

/**
 * A school's periods as iCalendar text (RFC 5545): an all-day event each, which any calendar shows, and in properties of our own
 * what each is, so that it comes in again unchanged.
 */
export function icsOf(school: string, periods: readonly (Period & { id: string })[], at: Date): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('prodid', '-//Firstbell//School calendar//EN');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addProperty(textProperty('x-wr-calname', school));
  for (const period of periods) calendar.addSubcomponent(eventOf(period, at));
  return `${calendar.toString()}\r\n`;
}

function eventOf(period: Period & { id: string }, at: Date): ICAL.Component {
  const {
    kind,
    part,
    year_groups: years,
    classes,
  } = rowOf(period) as Record<'kind' | 'part' | 'year_groups' | 'classes', string>;
  const event = new ICAL.Component('vevent');
  const add = (property: ICAL.Property) => void event.addProperty(property);
  add(textProperty('uid', `${period.id}@firstbell`));
  event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(at, true));
  add(dateProperty('dtstart', period.from));
  add(dateProperty('dtend', addDays(period.to, 1)));
  add(textProperty('summary', period.label));
  const who = coversWords(period);
  add(textProperty('description', who ? `${kindTitles[period.kind]} for ${who}` : kindTitles[period.kind]));
  event.addPropertyWithValue('transp', 'TRANSPARENT');
  add(textProperty('x-firstbell-kind', kind));
  for (const [name, value] of [
    ['part', part],
    ['year-groups', years],
    ['classes', classes],
  ] as const)
    if (value) add(textProperty(`x-firstbell-${name}`, value));
  return event;
}

/** What is not said to be text is kept as it stands: a comma or a line break in it would not come back. */
function textProperty(name: string, value: string): ICAL.Property {
  const property = new ICAL.Property(name);
  if (name.startsWith('x-')) property.resetType('text');
  property.setValue(value);
  return property;
}

function dateProperty(name: string, day: Day): ICAL.Property {
  const property = new ICAL.Property(name);
  property.resetType('date');
  property.setValue(ICAL.Time.fromDateString(day));
  return property;
}
