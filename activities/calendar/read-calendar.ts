import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { Refusal } from '../../policy/refusal.ts';
import type { CalendarFile } from './calendar-file.ts';
import { readCsvCalendar } from './read-csv-calendar.ts';

/** A school year has some dozens of periods: more bytes than these are another file. */
const mostBytes = 2_000_000;

/**
 * Reads a calendar file in CSV.
 * @throws Refusal('BadInput') if it is no text, or too large for a calendar.
 */
export async function readCalendar(path: string): Promise<CalendarFile> {
  if ((await stat(path)).size > mostBytes)
    throw no('This file is larger than 2 MB, so it is no school’s calendar: choose another');
  const bytes = await readFile(path);
  if (!isUtf8(bytes) || bytes.includes(0))
    throw no('This is no UTF-8 text: save the file as “CSV UTF-8 (comma delimited)”, or download the calendar as an .ics file');
  return readCsvCalendar(bytes.toString('utf8'));
}

const no = (message: string) => new Refusal('BadInput', message);
