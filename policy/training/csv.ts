import type { Day } from '../calendar/day.ts';
import { columnsOf, type ImportKind } from '../register/csv-forms.ts';
import { dayRegister } from './day-register.ts';
import type { Cells } from './family.ts';
import { contactRows, pupilRows } from './register-rows.ts';
import { yearDays } from './timetable.ts';
import { trainees } from './trainee.ts';

/** Rows as the text of a CSV file in the form of its kind (docs/import-forms.md): every column, CRLF, quotes where needed. */
export function csvText(kind: ImportKind, rows: readonly Cells[]): string {
  const columns = columnsOf(kind).all;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export const trainingClasses: readonly string[] = [...new Set(trainees.map(({ className }) => className))].sort((a, b) =>
  a.localeCompare(b, 'en', { numeric: true }),
);

/**
 * The training school as a school would send it: its three files, with the register of each day from one to another, of all
 * pupils or those of some classes.
 */
export function trainingFiles(from: Day, to: Day, classes: readonly string[] = trainingClasses): Record<ImportKind, string> {
  const nos = new Set(trainees.filter(({ className }) => classes.includes(className)).map(({ no }) => no));
  const theirs = <Row extends { admission_no?: string }>(rows: readonly Row[]) =>
    rows.filter(({ admission_no: no }) => no !== undefined && nos.has(no));
  const marks = yearDays.filter((day) => from <= day && day <= to).flatMap((day) => theirs(dayRegister(day, new Map())));
  return {
    pupils: csvText('pupils', theirs(pupilRows())),
    contacts: csvText('contacts', theirs(contactRows())),
    marks: csvText('marks', newest(marks)),
  };
}

/** A file says one thing of a session: what was last found out. */
function newest<Row extends { admission_no: string; date: Day; session: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [`${row.admission_no} ${row.date} ${row.session}`, row])).values()];
}
