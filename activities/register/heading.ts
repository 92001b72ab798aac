import { columnsOf, type ImportKind } from '../../policy/register/csv-forms.ts';
import { UnreadableFile, type Wrong } from './raw-row.ts';

/** What a file of rejected rows says besides: mended, it may come in again as it is. */
const ofRejectedRows = ['file_row', 'why_rejected'];

/**
 * The columns of a file in its own order, checked against its form.
 * @throws UnreadableFile naming each column that is missing, unknown or there twice.
 */
export function heading(kind: ImportKind, cells: readonly string[]): string[] {
  const { all, optional } = columnsOf(kind);
  const found = cells.map((cell) => cell.trim().toLowerCase());
  const wrongs: Wrong[] = [];
  const wrong = (column: string, cure: string) => wrongs.push({ column: column.slice(0, 60), value: '', cure });
  if (found.length === 1 && /[;\t|]/.test(found[0] ?? ''))
    throw unreadable([
      {
        column: '',
        value: cells.join().slice(0, 80),
        cure: 'Separate the columns with commas: save the file as “CSV UTF-8 (comma delimited)”',
      },
    ]);
  for (const column of all) {
    if (!found.includes(column) && !optional.includes(column))
      wrong(column, `The column "${column}" is missing. A ${kind} file has: ${all.join(', ')}`);
  }
  for (const [i, column] of found.entries()) {
    if (!all.includes(column) && !ofRejectedRows.includes(column))
      wrong(column, `A ${kind} file has no column "${column.slice(0, 60)}": take it out, or mend its name`);
    else if (found.indexOf(column) !== i) wrong(column, `The column "${column}" is there twice: keep one`);
  }
  if (wrongs.length > 0) throw unreadable(wrongs);
  return found;
}

const unreadable = (wrongs: Wrong[]) => new UnreadableFile(wrongs.slice(0, 50).map((one) => ({ row: 1, ...one })));
