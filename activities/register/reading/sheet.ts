import { inThousands } from '../../../policy/counted.ts';
import { type RawRow, UnreadableFile } from '../raw-row.ts';
import { type GridRow, isBlank } from './grid.ts';
import type { How } from './how.ts';

/** The columns under a heading. */
export type Layout = {
  width: number;
  /** Whether the column at this place, the first being 0, is read. */
  reads(place: number): boolean;
  /** What a row says: nothing, one row of our form or, where sessions stand beside each other, many. */
  read(row: GridRow): readonly RawRow[];
};

/** A kind of sheet: it knows its heading, and with it what each row says. */
export type Sheet = {
  /** The layout if the last of these rows ends the heading; null if the heading is still to come. */
  layout(rows: readonly GridRow[]): Layout | null;
  /** In how many rows the heading is looked for. */
  within: number;
  /** Why none of a sheet's first rows is its heading. */
  refusal(rows: readonly GridRow[]): UnreadableFile;
};

/** The heading is looked for in so many rows, unless it is said where it is: titles and blank rows may stand above it. */
export const headingWithin = 20;

/** A school year side by side, with room to spare. */
const mostColumns = 2_000;

const tooWide = ({ row, cells }: GridRow): UnreadableFile => {
  const cure = `The row has ${inThousands(cells.length)} columns, and at most ${inThousands(mostColumns)} are read: split the file`;
  return new UnreadableFile([{ row, column: '', value: '', cure }]);
};

/** Gives what the rows of a table say, each that is not blank at least once. How it was read is noted as it is read. */
export async function* understood(grid: AsyncIterable<GridRow[]>, sheet: Sheet, how: How): AsyncGenerator<RawRow> {
  const above: GridRow[] = [];
  let layout: Layout | null = null;
  for await (const rows of grid)
    for (const row of rows) {
      if (row.cells.length > mostColumns) throw tooWide(row);
      if (layout !== null) {
        for (const said of rowsOf(row, layout, how)) yield said;
        continue;
      }
      above.push(row);
      layout = sheet.layout(above);
      if (layout !== null) how.headingRow = row.row;
      else if (above.length >= sheet.within) throw sheet.refusal(above);
    }
  if (layout === null) throw sheet.refusal(above);
}

const nothing: readonly RawRow[] = [];

function rowsOf(row: GridRow, layout: Layout, how: How): readonly RawRow[] {
  if (isBlank(row)) {
    how.blankRows++;
    return nothing;
  }
  how.rows++;
  // A workbook leaves out what is empty at the end of a row.
  if (how.format === 'xlsx') while (row.cells.length < layout.width) row.cells.push('');
  const unread = row.wrongs?.find(({ place }) => layout.reads(place));
  const said = unread ? [{ row: row.row, cells: {}, wrong: unread.wrong }] : layout.read(row);
  if (said.length === 0) how.silentRows++;
  return said;
}
