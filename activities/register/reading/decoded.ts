import { type Decode, encodingByMark, type TextEncoding, utf8OrWestern, utf16 } from './encodings.ts';
import { newlines, type Place, tooLarge, unreadableAt } from './place.ts';

export type Decoding = { limitBytes: number; encoding: TextEncoding | null; seen(encoding: TextEncoding): void };

const binary = 'This is no text (it may be a picture or an old workbook): save it again as “CSV UTF-8 (comma delimited)”';

/**
 * The bytes of a text file as UTF-8, whatever encoding they were in, as they come.
 * @throws UnreadableFile naming the line at which it is no text, is in two encodings, or is too much.
 */
export async function* decoded(source: AsyncIterable<Buffer>, { limitBytes, encoding, seen }: Decoding): AsyncGenerator<Buffer> {
  const place: Place = { line: 1 };
  let decode: Decode | undefined;
  let bytes = 0;
  const text = (chunk: Buffer, last = false): Buffer => {
    decode ??= decoderOf(encoding ?? encodingByMark(chunk), place, seen);
    const out = decode(chunk, last);
    const hasNothing = (line: Buffer) => line.includes(0);
    if (hasNothing(out)) throw unreadableAt(place, binary, out, hasNothing);
    place.line += newlines(out);
    return out;
  };
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw tooLarge(place, limitBytes);
    yield text(chunk);
  }
  yield text(Buffer.alloc(0), true);
}

function decoderOf(encoding: TextEncoding | null, place: Place, seen: Decoding['seen']): Decode {
  if (encoding !== null) seen(encoding);
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? utf16(encoding, place) : utf8OrWestern(encoding, place, seen);
}
