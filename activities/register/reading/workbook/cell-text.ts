import { addDays } from '../../../../policy/calendar/day.ts';
import { cut } from '../../../../policy/cut.ts';
import type { Wrong } from '../../raw-row.ts';
import type { Style } from './styles.ts';

/** A cell as the file has it: `type` and `style` as it names them, what stands in it, and whether a formula made it. */
export type Cell = { type: string; style: number; text: string; formula: boolean };
export type Book = { strings: readonly string[]; styles: readonly Style[]; from1904: boolean };

/** What a cell shows, as text: a date as year-month-day, and of a formula what it came to. */
export function cellText({ strings, styles, from1904 }: Book, { type, style, text }: Cell): string {
  if (type === 's') return strings[Number(text)] ?? '';
  if (type === 'b') return text === '1' || text === 'true' ? 'TRUE' : 'FALSE';
  if (type === 'd') return text.replace(/T00:00:00(\.0+)?Z?$/, '');
  if (type !== 'n' || text === '') return text;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  const shown = styles[style] ?? null;
  if (shown === 'date') return dayText(number, from1904);
  if (shown !== null && Number.isInteger(number) && number >= 0) return String(number).padStart(shown.figures, '0');
  return String(number);
}

/** A count of days; below one it is a time of day, and of what comes before March 1900 Excel's count is one out. */
function dayText(number: number, from1904: boolean): string {
  const days = Math.floor(number);
  if (days < (from1904 ? 0 : 61) || days > 200_000) return String(number);
  const day = addDays(from1904 ? '1904-01-01' : '1899-12-30', days);
  const minutes = Math.round((number - days) * 1_440);
  if (minutes === 0) return day;
  const time = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${day} ${time}`;
}

/** What keeps a cell from being read at all. */
export function wrongCell({ type, text, formula }: Cell, place: string): Wrong | null {
  const wrong = (cure: string): Wrong => ({ column: `Cell ${place}`, value: cut(text, 80), cure });
  if (type === 'e') return wrong('A formula of this cell came to no value: mend it in the workbook, or write the value');
  if (formula && text === '' && type !== 'str')
    return wrong('The workbook has a formula here without what it came to: open it in a spreadsheet and save it again');
  return null;
}
