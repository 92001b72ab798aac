import type { Readable } from 'node:stream';
import type { GridRow } from '../grid.ts';
import { type Book, type Cell, cellText, wrongCell } from './cell-text.ts';
import { damaged, refusedWorkbook } from './parts.ts';
import { readXml } from './xml.ts';

/** More than any spreadsheet can hold: 16,384 columns, 32,767 signs a cell. */
const mostColumns = 16_384;
const mostText = 65_536;

/** The rows of a sheet in which something is written, as it is unpacked. Memory does not grow with the sheet. */
export async function* sheetRows(stream: Readable, book: Book): AsyncGenerator<GridRow[]> {
  let done: GridRow[] = [];
  let row: GridRow = { row: 0, cells: [] };
  let cell: (Cell & { column: number; place: string }) | null = null;
  let column = -1;
  let taking = false;
  let aloud = false;

  const handlers = {
    open(tag: string, attributes: Readonly<Record<string, string>>) {
      if (tag === 'row') {
        row = { row: attributes.r ? Number(attributes.r) : row.row + 1, cells: [] };
        column = -1;
      } else if (tag === 'c') {
        const place = attributes.r ?? '';
        column = place ? columnOf(place) : column + 1;
        if (!(column >= 0 && column < mostColumns)) throw damaged();
        const { t: type = 'n', s: style = '0' } = attributes;
        cell = { type, style: Number(style), text: '', formula: false, column, place };
      } else if (tag === 'f' && cell) cell.formula = true;
      else if (tag === 'rPh') aloud = true;
      else if (tag === 'v' || (tag === 't' && !aloud)) taking = true;
    },
    text(part: string) {
      if (!taking || !cell) return;
      cell.text += part;
      if (cell.text.length > mostText) throw refusedWorkbook(`Cell ${cell.place} is too long for a register: shorten it`);
    },
    close(tag: string) {
      if (tag === 'v' || tag === 't') taking = false;
      else if (tag === 'rPh') aloud = false;
      else if (tag === 'c' && cell) {
        const wrong = wrongCell(cell, cell.place);
        if (wrong) row.wrongs = [...(row.wrongs ?? []), { place: cell.column, wrong }];
        const text = cellText(book, cell);
        if (text !== '') {
          while (row.cells.length < cell.column) row.cells.push('');
          row.cells[cell.column] = text;
        }
        cell = null;
      } else if (tag === 'row' && (row.cells.length > 0 || row.wrongs)) done.push(row);
    },
  };
  for await (const _ of readXml(stream, handlers)) {
    if (done.length > 0) yield done;
    done = [];
  }
}

/** A is 0, B is 1, AA is 26. */
function columnOf(place: string): number {
  let column = 0;
  for (const letter of place) {
    const worth = letter.charCodeAt(0) - 64;
    if (worth < 1 || worth > 26) break;
    column = column * 26 + worth;
  }
  return column - 1;
}
