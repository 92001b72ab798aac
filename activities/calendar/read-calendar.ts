import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import type { Day } from '../../policy/calendar/day.ts';
import type { Period } from '../../policy/calendar/period.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { CalendarFile } from './calendar-file.ts';
import { readCsvCalendar } from './read-csv-calendar.ts';
import { readIcsCalendar } from './read-ics-calendar.ts';

/** A school year has some dozens of periods: more bytes than these are another file. */
const mostBytes = 2_000_000;

/**
 * Reads a calendar file, CSV or iCalendar: which of the two, its text says, whatever it is called.
 * @throws Refusal('BadInput') if it is no text, too large for a calendar, or no whole iCalendar file.
 */
export async function readCalendar(path: string, known: { terms: readonly Period[]; since: Day }): Promise<CalendarFile> {
  if ((await stat(path)).size > mostBytes)
    throw no('This file is larger than 2 MB, so it is no school’s calendar: choose another');
  const bytes = await readFile(path);
  if (!isUtf8(bytes) || bytes.includes(0))
    throw no('This is no UTF-8 text: save the file as “CSV UTF-8 (comma delimited)”, or download the calendar as an .ics file');
  const text = bytes.toString('utf8');
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) return readCsvCalendar(text);
  return { rows: readIcsCalendar(text.replace('\uFEFF', ''), known), problems: [] };
}

const no = (message: string) => new Refusal('BadInput', message);
