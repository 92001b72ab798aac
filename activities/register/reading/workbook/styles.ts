import type { Parts } from './parts.ts';
import { readAllXml } from './xml.ts';

/** How a number is shown: as a date, with noughts before it to so many figures, or as it is. */
export type Style = 'date' | { figures: number } | null;

/** The formats that have numbers and no text in the file: 14 to 17, 22, and those of East Asia are dates (ECMA-376, 18.8.30). */
const isDateId = (id: number): boolean => (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** The styles that a workbook's cells name by their place. */
export async function stylesOf(parts: Parts, name: string | undefined): Promise<Style[]> {
  if (name === undefined || !parts.has(name)) return [];
  const codes = new Map<number, string>();
  const styles: Style[] = [];
  let ofCells = false;
  await readAllXml(await parts.open(name), {
    open(tag, { numFmtId = '0', formatCode = '' }) {
      if (tag === 'numFmt') codes.set(Number(numFmtId), formatCode);
      if (tag === 'cellXfs') ofCells = true;
      if (tag === 'xf' && ofCells) styles.push(styleOf(Number(numFmtId), codes.get(Number(numFmtId))));
    },
    close(tag) {
      if (tag === 'cellXfs') ofCells = false;
    },
  });
  return styles;
}

function styleOf(id: number, code: string | undefined): Style {
  if (code === undefined) return isDateId(id) ? 'date' : null;
  if (/^0{2,40}$/.test(code)) return { figures: code.length };
  const signs = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').toLowerCase();
  return /[dy]/.test(signs) || (signs.includes('m') && !/[hs]/.test(signs)) ? 'date' : null;
}
