import { foundOnce } from '../found-once.ts';

/** A date as schools write it in their registers: 'YYYY-MM-DD', in Europe/London. It has no time and no zone. */
export type Day = string;

const dayMs = 86_400_000;
/** Reading and writing a date takes a microsecond, and the rules count days all the time; there are few days in a school's life. */
const ms = foundOnce((day: Day): number => Date.parse(`${day}T00:00:00Z`));
const dayAt = foundOnce((at: number): Day => new Date(at).toISOString().slice(0, 10));

/** True for a real date in our form: 2026-02-30 is not one. */
export function isDay(text: string): text is Day {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(ms(text)) && new Date(ms(text)).toISOString().startsWith(text);
}

/** The day so many calendar days later, or earlier if negative. */
export const addDays = (day: Day, n: number): Day => dayAt(ms(day) + n * dayMs);

/** Calendar days from one day to another: 1 from a day to the next. */
export const daysBetween = (from: Day, to: Day): number => Math.round((ms(to) - ms(from)) / dayMs);

/** 1 for Monday to 7 for Sunday. */
export const weekday = (day: Day): number => new Date(ms(day)).getUTCDay() || 7;

/** The Monday of the day's week. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekday(day));

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const londonParts = (at: number): Record<string, string> =>
  Object.fromEntries(london.formatToParts(at).map(({ type, value }) => [type, value]));

/** The date in London at an instant (epoch ms). */
export function londonDay(at: number): Day {
  const { year, month, day } = londonParts(at);
  return `${year}-${month}-${day}`;
}

/** The time of day in London at an instant, as 'HH:MM'. */
export function londonTime(at: number): string {
  const { hour, minute } = londonParts(at);
  return `${hour}:${minute}`;
}

/** The instant (epoch ms) at which clocks in London show this time on this day: the first of two in autumn. A time that spring skips is an hour on. */
export function londonInstant(day: Day, time: string): number {
  const utc = Date.parse(`${day}T${time}:00Z`);
  const anHourBack = utc - 3_600_000;
  return londonDay(anHourBack) === day && londonTime(anHourBack) === time ? anHourBack : utc;
}

/** The last instant of a day in London. */
export const endOfDay = (day: Day): number => londonInstant(addDays(day, 1), '00:00') - 1;

const words = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
  return foundOnce((day: Day): string => format.format(ms(day)).replace(',', ''));
};

/** "Monday 14 September 2026" */
export const longDay = words({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** "Mon 14 Sep", for a head over a column where the year stands elsewhere. */
export const weekdayAndDay = (day: Day): string => {
  const [name = '', date = '', month = ''] = longDay(day).split(' ');
  return `${name.slice(0, 3)} ${date} ${month.slice(0, 3)}`;
};

/** "14 September 2026" */
export const plainDay = words({ day: 'numeric', month: 'long', year: 'numeric' });

/** "14 Sep 2026". Cut from the full name, because the short names differ from one release of Node to the next. */
export const shortDay = (day: Day): string => plainDay(day).replace(/[a-z]+/i, (month) => month.slice(0, 3));

/** "September 2026", of "2026-09". */
export const plainMonth = (month: string): string => plainDay(`${month}-01`).replace(/^\d+ /, '');

export const monthNames = 'January February March April May June July August September October November December'.split(' ');
/** From Monday on. */
export const weekdayNames = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
