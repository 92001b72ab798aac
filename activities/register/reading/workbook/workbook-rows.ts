import type { FileHandle } from 'node:fs/promises';
import type { GridRow } from '../grid.ts';
import type { How } from '../how.ts';
import { contentsOf, type SheetPart } from './contents.ts';
import { type Parts, partsOf, refusedWorkbook } from './parts.ts';
import { sharedStrings } from './shared-strings.ts';
import { sheetRows } from './sheet-rows.ts';
import { stylesOf } from './styles.ts';

/** The rows of a workbook's sheet of this name or, without one, of the first sheet that has something written in it. */
export async function* workbookRows(file: FileHandle, named: string | undefined, how: How): AsyncGenerator<GridRow[]> {
  const parts = await partsOf(file);
  const { sheets, from1904, ...names } = await contentsOf(parts);
  const book = {
    strings: await sharedStrings(parts, names.strings),
    styles: await stylesOf(parts, names.styles),
    from1904,
  };
  for (const sheet of candidates(sheets, named)) {
    let any = false;
    for await (const rows of sheetRows(await opened(parts, sheet), book)) {
      if (!any) how.notes.push(...sheetsRead(sheet, sheets, named));
      any = true;
      yield rows;
    }
    if (any) return;
  }
}

const opened = (parts: Parts, { part }: SheetPart) => parts.open(part);

function candidates(sheets: readonly SheetPart[], named: string | undefined): SheetPart[] {
  if (named === undefined) return sheets.filter(({ hidden }) => !hidden);
  const found = sheets.filter(({ name }) => name.trim().toLowerCase() === named.trim().toLowerCase());
  if (found.length > 0) return found;
  throw refusedWorkbook(`The workbook has no sheet "${named}". It has: ${sheets.map(({ name }) => name).join(', ')}`);
}

function sheetsRead(read: SheetPart, sheets: readonly SheetPart[], named: string | undefined): string[] {
  const others = sheets.filter((sheet) => sheet !== read).map(({ name }) => name);
  const cure = named === undefined ? '. If one of those is meant, move it to the front of the workbook' : '';
  return others.length > 0 ? [`The sheet “${read.name}” was read; not read: ${others.join(', ')}${cure}`] : [];
}
