import { addDays, type Day, isDay, monthNames } from '../../calendar/day.ts';

/** How a file writes its dates. A date as year-month-day is understood beside each of them; month before day is never. */
export const dateForms = ['iso', 'british', 'excel-1900', 'excel-1904'] as const;
export type DateForm = (typeof dateForms)[number];

const months = monthNames.map((name) => name.toLowerCase());
const midnight = /[T ]+0{1,2}:00(:00(\.0+)?)?Z?$/;
const weekdayBefore = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+/i;
const inFigures = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/;
const inWords = /^(\d{1,2})(?:st|nd|rd|th)?[ /.-]*([a-z]{3,9})\.?[, /.-]*(\d{4}|\d{2})$/i;

/** The day that a text means in a form; null if it means none. A year of two figures is of this century up to 49. */
export function readDate(text: string, form: DateForm): Day | null {
  const plain = text.trim().replace(midnight, '');
  const iso = asDay(plain);
  if (iso !== null) return iso;
  if (form === 'british') return british(plain.replace(weekdayBefore, ''));
  if (form === 'excel-1900') return excelDay(plain, '1899-12-30', 61);
  if (form === 'excel-1904') return excelDay(plain, '1904-01-01', 0);
  return null;
}

function british(text: string): Day | null {
  const [, day, month, year] = inFigures.exec(text) ?? inWords.exec(text) ?? [];
  if (day === undefined || month === undefined || year === undefined) return null;
  const number = /^\d/.test(month) ? Number(month) : monthNamed(month);
  const full = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  const meant = `${full}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return asDay(meant);
}

const asDay = (text: string): Day | null => (isDay(text) ? text : null);

/** Which month "Sep", "Sept" and "September" are, but not "Sepia": 0. */
const monthNamed = (text: string): number => months.findIndex((name) => name.startsWith(text.toLowerCase())) + 1;

/** Days since an epoch, which a spreadsheet writes for a date. Before March 1900 Excel's count is one out: no school needs it. */
function excelDay(text: string, epoch: Day, least: number): Day | null {
  if (!/^\d{1,6}(\.0+)?$/.test(text)) return null;
  const days = Math.trunc(Number(text));
  return days < least || days > 200_000 ? null : addDays(epoch, days);
}
