import { ZipFile } from 'yazl';

/** A cell as text, or as the XML of what is in its `c` element: `xml('<v>46274</v>', 's="1"')`. */
export type CellXml = { attributes: string; inner: string };
export const xml = (inner: string, attributes = ''): CellXml => ({ attributes, inner });
export type SheetOf = { name: string; rows: (string | CellXml)[][]; state?: string };
export type BookOf = {
  sheets: SheetOf[];
  from1904?: boolean;
  /** Texts stand in one list, as Excel writes them, or in their cells. */
  shared?: boolean;
  /** More parts, or others in place of those that are made. */
  parts?: Record<string, string>;
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
const type = (name: string) => `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${name}`;

/** Styles: 1 is a date that Excel knows, 2 a date written out, 3 five figures, 4 hours and minutes, 5 a text in brackets. */
const styles =
  '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-809]dd\\-mmm\\-yyyy;@"/><numFmt numFmtId="165" formatCode="00000"/><numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="0.0&quot; days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs></styleSheet>';

/** A workbook as Excel lays one out, its sheets after the parts that they need or before. */
export function workbook({ sheets, from1904 = false, shared = false, parts = {} }: BookOf): Promise<Buffer> {
  const strings: string[] = [];
  const cell = (one: string | CellXml, place: string): string => {
    if (typeof one !== 'string') return `<c r="${place}" ${one.attributes}>${one.inner}</c>`;
    if (one === '') return '';
    if (!shared) return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(one)}</t></is></c>`;
    if (!strings.includes(one)) strings.push(one);
    return `<c r="${place}" t="s"><v>${strings.indexOf(one)}</v></c>`;
  };
  const sheetXml = ({ rows }: SheetOf) =>
    `<worksheet><sheetData>${rows
      .map((cells, r) => `<row r="${r + 1}">${cells.map((one, c) => cell(one, `${letters(c)}${r + 1}`)).join('')}</row>`)
      .join('')}</sheetData></worksheet>`;
  const sheetParts = sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet)]);
  const relation = (id: string, of: string, target: string) => `<Relationship Id="${id}" Type="${type(of)}" Target="${target}"/>`;
  const all: Record<string, string> = {
    ...Object.fromEntries(sheetParts),
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets.map((_, i) => relation(`r${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}${relation('s', 'styles', 'styles.xml')}${relation('t', 'sharedStrings', '/xl/sharedStrings.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="x"><workbookPr date1904="${from1904 ? 1 : 0}"/><sheets>${sheets.map(({ name, state = 'visible' }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" state="${state}" r:id="r${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/styles.xml': styles,
    'xl/sharedStrings.xml': `<sst>${strings.map((one) => `<si><t xml:space="preserve">${escaped(one)}</t></si>`).join('')}</sst>`,
    ...parts,
  };
  return zip(Object.entries(all));
}

export async function zip(parts: [string, string | Buffer][]): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, content] of parts) file.addBuffer(Buffer.from(content), name);
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks);
}

const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
