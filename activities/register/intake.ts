import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { UnreadableFile } from './raw-row.ts';

export type Intake = { stream: Transform; sha256(): string };

/** Lets bytes pass as long as they are UTF-8 text and not too many; the SHA-256 is of all that passed. */
export function intake(limitBytes: number): Intake {
  const hash = createHash('sha256');
  let bytes = 0;
  let line = 1;
  let unfinished: Buffer = Buffer.alloc(0);

  function look(chunk: Buffer): Buffer {
    bytes += chunk.length;
    if (bytes > limitBytes) throw tooLarge(line, limitBytes);
    hash.update(chunk);
    const whole = unfinished.length > 0 ? Buffer.concat([unfinished, chunk]) : chunk;
    const length = lengthOfWholeCharacters(whole);
    const text = whole.subarray(0, length);
    if (!isUtf8(text) || text.includes(0)) throw notText(text, line);
    line += newlines(text);
    unfinished = whole.subarray(length);
    return text;
  }

  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        done(null, look(chunk));
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      done(unfinished.length > 0 ? notText(unfinished, line) : null);
    },
  });
  return { stream, sha256: () => hash.copy().digest('hex') };
}

/** The length without a last character whose bytes have not all come. */
function lengthOfWholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needs > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function newlines(text: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) count++;
  return count;
}

/** Names the first line that is not UTF-8 text, showing it as the older Western encoding would. */
function notText(bytes: Buffer, firstLine: number): UnreadableFile {
  let row = firstLine;
  let from = 0;
  for (;;) {
    const end = bytes.indexOf(10, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end);
    if (!isUtf8(line) || line.includes(0) || end === -1) {
      const value = line
        .toString('latin1')
        .replaceAll(/\p{Cc}/gu, '·')
        .slice(0, 80);
      const cure = line.includes(0)
        ? 'This is no CSV text (it may be UTF-16 or a workbook): save the file again as “CSV UTF-8 (comma delimited)”'
        : 'The text is not UTF-8: save the file again as “CSV UTF-8 (comma delimited)”';
      return new UnreadableFile([{ row, column: '', value, cure }]);
    }
    row++;
    from = end + 1;
  }
}

const tooLarge = (row: number, limit: number): UnreadableFile =>
  new UnreadableFile([
    {
      row,
      column: '',
      value: '',
      cure: `The file is larger than ${Math.floor(limit / 1_000_000)} MB: split it into smaller files`,
    },
  ]);
