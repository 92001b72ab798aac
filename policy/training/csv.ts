import type { Day } from '../calendar/day.ts';
import { columnsOf, type ImportKind } from '../register/csv-forms.ts';
import { dayRegister } from './day-register.ts';
import type { Cells } from './family.ts';
import { contactRows, pupilRows } from './register-rows.ts';
import { yearDays } from './timetable.ts';

/** Rows as the text of a CSV file in the form of its kind (docs/import-forms.md): every column, CRLF, quotes where needed. */
export function csvText(kind: ImportKind, rows: readonly Cells[]): string {
  const columns = columnsOf(kind).all;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The training school as a school would send it: its three files, with the register of each day from one to another. */
export const trainingFiles = (from: Day, to: Day): Record<ImportKind, string> => ({
  pupils: csvText('pupils', pupilRows()),
  contacts: csvText('contacts', contactRows()),
  marks: csvText(
    'marks',
    newest(yearDays.filter((day) => from <= day && day <= to).flatMap((day) => dayRegister(day, new Map()))),
  ),
});

/** A file says one thing of a session: what was last found out. */
function newest<Row extends { admission_no: string; date: Day; session: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [`${row.admission_no} ${row.date} ${row.session}`, row])).values()];
}
