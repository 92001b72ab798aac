import { csvForms, type MarkRow } from '../../policy/register/csv-forms.ts';
import { type Checked, checkRow } from './check-row.ts';
import type { RawRow } from './raw-row.ts';

/** So many numbers, and so many days with their codes, are kept; then they are forgotten, and kept anew. */
const most = 20_000;

/**
 * Reads marks by their form. A year has millions of rows, and few say anything new but whose mark it is: what was found right
 * once is not judged again, which takes a tenth of the time. A reason is in somebody's own words, and judged each time.
 */
export function marksChecker(): (raw: RawRow) => Checked<MarkRow> {
  const numbers = new Map<string, string>();
  const marks = new Map<string, MarkRow>();
  return (raw) => {
    const { admission_no = '', date = '', session = '', code = '', minutes_late, reason = '' } = raw.cells;
    // No file has this sign in a cell.
    const said = `${date}\0${session}\0${code}\0${minutes_late}`;
    const number = numbers.get(admission_no);
    const mark = marks.get(said);
    if (number !== undefined && mark !== undefined && reason === '' && !raw.wrong)
      return { row: raw.row, read: { ...mark, admission_no: number }, wrongs: [] };
    const checked = checkRow(csvForms.marks, raw);
    if (checked.read === null || reason !== '') return checked;
    keep(numbers, admission_no, checked.read.admission_no);
    keep(marks, said, checked.read);
    return checked;
  };
}

function keep<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  if (kept.size === most) kept.clear();
  kept.set(key, value);
}
