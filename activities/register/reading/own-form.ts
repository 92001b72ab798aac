import { cut } from '../../../policy/cut.ts';
import { columnsOf, type ImportKind, isHeadingOf, likenessTo } from '../../../policy/register/csv-forms.ts';
import { type RawRow, UnreadableFile, type Wrong } from '../raw-row.ts';
import type { GridRow } from './grid.ts';
import { headingWithin, type Layout, type Sheet } from './sheet.ts';

/** A file in our own form: its heading names our columns, in any order, and nothing else. */
export function ownForm(kind: ImportKind): Sheet {
  const likeness = ({ cells }: GridRow) => likenessTo(kind, cells).named;
  return {
    within: headingWithin,
    layout(rows) {
      const row = rows.at(-1);
      if (!row || !isHeadingOf(kind, row.cells)) return null;
      return layout(checked(kind, row));
    },
    refusal(rows) {
      const [first] = rows;
      if (!first) return new UnreadableFile([{ row: 1, column: '', value: '', cure: 'The file is empty: export it again' }]);
      // A title over the columns is not to blame: among rows that are as like, it is the first with the most cells filled.
      const likest = rows.reduce(
        (best, row) => ((likeness(row) - likeness(best) || filled(row) - filled(best)) > 0 ? row : best),
        first,
      );
      return refused(kind, likest, likeness(likest) === 0 ? [fromElsewhere] : []);
    },
  };
}

const filled = ({ cells }: GridRow): number => cells.filter((cell) => cell.trim() !== '').length;
const columnsIn = ({ cells }: GridRow): string[] => cells.map((cell) => cell.trim().toLowerCase());

function checked(kind: ImportKind, heading: GridRow): string[] {
  if (wrongsIn(kind, heading).length > 0) throw refused(kind, heading);
  return columnsIn(heading);
}

const fromElsewhere: Wrong = {
  column: '',
  value: '',
  cure: 'None of our columns is in the first rows: if another system exported the file, choose a mapping for it',
};

const refused = (kind: ImportKind, heading: GridRow, more: readonly Wrong[] = []): UnreadableFile =>
  new UnreadableFile([...more, ...wrongsIn(kind, heading)].slice(0, 50).map((one) => ({ row: heading.row, ...one })));

/** What a file of rejected rows says besides: mended, it may come in again as it is. */
const ofRejectedRows = ['file_row', 'why_rejected'];

/** Each column that is missing, unknown or there twice. */
function wrongsIn(kind: ImportKind, heading: GridRow): Wrong[] {
  const { all, optional } = columnsOf(kind);
  const found = columnsIn(heading);
  const wrong = (column: string, cure: string): Wrong => ({ column: cut(column, 60), value: '', cure });
  const missing = all.filter((column) => !found.includes(column) && !optional.includes(column));
  return [
    ...missing.map((column) => wrong(column, `The column "${column}" is missing. A ${kind} file has: ${all.join(', ')}`)),
    ...found.flatMap((column, i) => {
      if (!all.includes(column) && !ofRejectedRows.includes(column))
        return [wrong(column, `A ${kind} file has no column "${cut(column, 60)}": take it out, or mend its name`)];
      return found.indexOf(column) === i ? [] : [wrong(column, `The column "${column}" is there twice: keep one`)];
    }),
  ];
}

const layout = (columns: readonly string[]): Layout => ({
  width: columns.length,
  reads: () => true,
  read({ row, cells }) {
    const named: Record<string, string> = {};
    for (const [i, column] of columns.entries()) named[column] = cells[i] ?? '';
    if (cells.length === columns.length) return [{ row, cells: named }];
    return [{ row, cells: named, wrong: ragged(cells, columns.length) } satisfies RawRow];
  },
});

export const ragged = (cells: readonly string[], columns: number): Wrong => ({
  column: '',
  value: cut(cells.join(','), 80),
  cure: `The row has ${cells.length} cells, the heading ${columns}: put quotation marks round a cell that holds a comma`,
});
