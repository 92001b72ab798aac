import { UnreadableFile } from '../raw-row.ts';

/** How far reading has come in a text file. */
export type Place = { line: number };

export function newlines(text: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) count++;
  return count;
}

/** A file that cannot be read on from the first line of these bytes that is wrong, shown as the older Western encoding would. */
export function unreadableAt(place: Place, cure: string, bytes?: Buffer, wrong?: (line: Buffer) => boolean): UnreadableFile {
  let row = place.line;
  let value = '';
  for (let from = 0; bytes && wrong; row++) {
    const end = bytes.indexOf(10, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end);
    if (wrong(line) || end === -1) {
      value = line
        .toString('latin1')
        .replaceAll(/\p{Cc}/gu, '·')
        .slice(0, 80);
      break;
    }
    from = end + 1;
  }
  return new UnreadableFile([{ row, column: '', value, cure }]);
}

export const tooLarge = (place: Place, limitBytes: number): UnreadableFile =>
  unreadableAt(place, `The file is larger than ${Math.floor(limitBytes / 1_000_000)} MB: split it into smaller files`);
