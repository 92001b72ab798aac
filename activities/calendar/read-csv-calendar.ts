import { CsvError, parse } from 'csv-parse/sync';
import { calendarColumns, calendarRow } from '../../policy/calendar/calendar-form.ts';
import { periodWords } from '../../policy/calendar/period.ts';
import { cut } from '../../policy/cut.ts';
import { checkRow } from '../register/check-row.ts';
import type { CalendarFile, RowProblem } from './calendar-file.ts';

/** Reads a calendar from CSV text: a period a row, in the form of docs/import-forms.md. The heading is row 1. */
export function readCsvCalendar(text: string): CalendarFile {
  const read = records(text);
  if ('problems' in read) return { rows: [], ...read };
  const [heading = [], ...rest] = read.rows;
  const columns = heading.map((cell) => cell.trim().toLowerCase());
  const wrong = headingProblems(columns);
  if (wrong.length > 0) return { rows: [], problems: wrong };
  const file: CalendarFile = { rows: [], problems: [] };
  for (const [i, cells] of rest.entries()) {
    if (cells.some((cell) => cell.trim() !== '')) readRow(file, i + 2, columns, cells);
  }
  if (file.rows.length + file.problems.length === 0)
    return { rows: [], problems: [at(1, '', 'The file has no rows: add the terms')] };
  return file;
}

function readRow(file: CalendarFile, row: number, columns: readonly string[], cells: readonly string[]): void {
  if (cells.length !== columns.length) {
    const cure = `The row has ${cells.length} cells, the heading ${columns.length}: put quotation marks round a cell that holds a comma`;
    file.problems.push(at(row, '', cure, cut(cells.join(','), 80)));
    return;
  }
  const named = Object.fromEntries(columns.map((column, c) => [column, cells[c] ?? '']));
  const { read, wrongs } = checkRow(calendarRow, { row, cells: named });
  if (read !== null) file.rows.push({ at: `row ${row}`, says: periodWords(read), period: read, why: null });
  for (const { column, value, cure } of wrongs) file.problems.push(at(row, column, cure, value));
}

function records(text: string): { rows: string[][] } | { problems: RowProblem[] } {
  try {
    const rows = parse(text, {
      bom: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: 65_536,
    });
    return { rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = Number((error as { records?: number }).records ?? 0) + 1;
    return { problems: [at(row, '', 'A quotation mark is not closed, or stands inside a cell: mend it, or take it out')] };
  }
}

function headingProblems(found: readonly string[]): RowProblem[] {
  const { all, optional } = calendarColumns;
  if (found.join('') === '') return [at(1, '', 'The file is empty: export it again')];
  if (found.length === 1 && /[;\t|]/.test(found[0] ?? ''))
    return [
      at(1, '', 'Separate the columns with commas: save the file as “CSV UTF-8 (comma delimited)”', cut(found[0] ?? '', 80)),
    ];
  const missing = all.filter((column) => !found.includes(column) && !optional.includes(column));
  const unknown = found.filter((column) => !all.includes(column));
  const twice = found.filter((column, i) => all.includes(column) && found.indexOf(column) !== i);
  return [
    ...missing.map((column) => at(1, column, `The column "${column}" is missing. A calendar file has: ${all.join(', ')}`)),
    ...unknown.map((column) => at(1, cut(column, 60), 'A calendar file has no such column: take it out, or mend its name')),
    ...twice.map((column) => at(1, column, `The column "${column}" is there twice: keep one`)),
  ];
}

const at = (row: number, column: string, cure: string, value = ''): RowProblem => ({ at: `row ${row}`, column, value, cure });
