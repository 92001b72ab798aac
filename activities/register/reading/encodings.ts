import { isAscii, isUtf8 } from 'node:buffer';
import { type Place, unreadableAt } from './place.ts';

export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type TextEncoding = (typeof textEncodings)[number];

/** Gives the UTF-8 bytes of what has come; the last call, with nothing, asks whether all is whole. */
export type Decode = (chunk: Buffer, last: boolean) => Buffer;

/**
 * What the first bytes say: a byte order mark, or, in UTF-16 without one, Latin letters with nothing before or after each.
 * Otherwise null: UTF-8, unless a sign shows later that it is not.
 */
export function encodingByMark(head: Buffer): TextEncoding | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = head;
  if ((first === 0xff && second === 0xfe) || (first && !second && third && !fourth)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (!first && second && !third && fourth)) return 'utf-16be';
  return null;
}

export function utf16(encoding: TextEncoding, place: Place): Decode {
  const text = new TextDecoder(encoding, { fatal: true });
  return (chunk, last) => {
    try {
      return Buffer.from(text.decode(chunk, { stream: !last }));
    } catch {
      throw unreadableAt(place, 'The text begins as UTF-16 and does not go on as it: export the file again');
    }
  };
}

/** UTF-8 or, once a sign is not, Windows-1252. Plain ASCII is either; a file that was UTF-8 before such a sign is refused. */
export function utf8OrWestern(given: TextEncoding | null, place: Place, seen: (encoding: TextEncoding) => void): Decode {
  let decode: Decode = given === 'windows-1252' ? western(() => false, place) : utf8(given, place, seen);
  return (chunk, last) => {
    try {
      return decode(chunk, last);
    } catch (error) {
      if (!(error instanceof NotUtf8)) throw error;
      seen('windows-1252');
      decode = western(mixed, place);
      return decode(error.bytes, last);
    }
  };
}

class NotUtf8 extends Error {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    super('Not UTF-8');
    this.bytes = bytes;
  }
}

const inTwo = 'The text is not UTF-8, but other text of the file is: save the file again as “CSV UTF-8 (comma delimited)”';
const cutOff = 'The text is not UTF-8: its last character is cut off. Export the file again';

function utf8(given: TextEncoding | null, place: Place, seen: (encoding: TextEncoding) => void): Decode {
  let certain = given !== null;
  let unfinished: Buffer = Buffer.alloc(0);
  return (chunk, last) => {
    const whole = unfinished.length > 0 ? Buffer.concat([unfinished, chunk]) : chunk;
    const text = whole.subarray(0, lengthOfWholeCharacters(whole));
    if (!isUtf8(text)) {
      if (!certain) throw new NotUtf8(whole);
      throw unreadableAt(place, inTwo, text, (line) => !isUtf8(line));
    }
    unfinished = whole.subarray(text.length);
    // The only sign that is no ASCII may be the very last, and a letter of Windows-1252.
    if (last && unfinished.length === 1 && !certain && isAscii(text)) throw new NotUtf8(whole);
    if (last && unfinished.length > 0) throw unreadableAt(place, cutOff, unfinished, () => true);
    if (!certain && !isAscii(text)) {
      certain = true;
      seen('utf-8');
    }
    return text;
  };
}

const western =
  (doubtful: (bytes: Buffer) => boolean, place: Place): Decode =>
  (chunk) => {
    if (doubtful(chunk)) throw unreadableAt(place, inTwo, chunk, doubtful);
    return westernToUtf8(chunk);
  };

/** Letters such as é and ł as UTF-8 has them: two bytes that are hardly ever side by side in Western text. */
const mixed = (bytes: Buffer): boolean => /[\xc3-\xc5][\x80-\xbf]/.test(bytes.toString('latin1'));

/** What Windows-1252 has where Latin-1 has control characters. Node's own decoder takes one for the other. */
const windowsSigns = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const westernToUtf8 = (bytes: Buffer): Buffer =>
  isAscii(bytes)
    ? bytes
    : Buffer.from(bytes.toString('latin1').replaceAll(/[\x80-\x9f]/g, (sign) => windowsSigns.charAt(sign.charCodeAt(0) - 0x80)));

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
