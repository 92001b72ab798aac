import { type Parts, refusedWorkbook } from './parts.ts';
import { readAllXml } from './xml.ts';

/** In characters. It is the one part of a workbook that has to be kept in memory. */
const mostText = 50_000_000;

/** The texts that cells name by their place. Runs of one text are put together; how a name is read aloud is left out. */
export async function sharedStrings(parts: Parts, name: string | undefined): Promise<string[]> {
  if (name === undefined || !parts.has(name)) return [];
  const strings: string[] = [];
  let length = 0;
  let text = '';
  let taking = false;
  let aloud = false;
  await readAllXml(await parts.open(name), {
    open(tag) {
      if (tag === 'si') text = '';
      if (tag === 'rPh') aloud = true;
      taking = tag === 't' && !aloud;
    },
    text(part) {
      if (!taking) return;
      text += part;
      length += part.length;
      if (length > mostText)
        throw refusedWorkbook('The workbook holds more text than a school’s register: split it into smaller files');
    },
    close(tag) {
      taking = false;
      if (tag === 'rPh') aloud = false;
      if (tag === 'si') strings.push(text);
    },
  });
  return strings;
}
