import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { UnreadableFile } from '../../raw-row.ts';

/** The parts that a workbook is zipped from, by name. */
export type Parts = { has(name: string): boolean; open(name: string): Promise<Readable> };

// A million marks unpack to some 200 MB at about 15 to 1; what is made to swell up gives itself away by far.
const mostUnpacked = 2_000_000_000;
const mostTimesLarger = 150;
const alwaysFine = 20_000_000;
const mostParts = 10_000;

export const refusedWorkbook = (cure: string): UnreadableFile => new UnreadableFile([{ row: 1, column: '', value: '', cure }]);
export const damaged = (): UnreadableFile =>
  refusedWorkbook('The workbook is damaged or cut off: open it in a spreadsheet, save it again, and choose that file');

/**
 * Opens a workbook's directory. Nothing is unpacked yet.
 * @throws UnreadableFile if it is no zip file, is protected, or would unpack to far more than it is.
 */
export async function partsOf(file: FileHandle): Promise<Parts> {
  const zip = await fromFdPromise(file.fd, { autoClose: false }).catch(() => null);
  if (zip === null) throw damaged();
  const entries = new Map<string, Entry>();
  try {
    if (zip.entryCount > mostParts) throw refusedWorkbook(swollen);
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
  } catch (error) {
    throw error instanceof UnreadableFile ? error : damaged();
  }
  refuseBomb([...entries.values()]);
  const opened = async (name: string): Promise<Readable> => {
    const entry = entries.get(name.toLowerCase());
    if (!entry) throw damaged();
    return openEntry(zip, entry);
  };
  return { has: (name) => entries.has(name.toLowerCase()), open: opened };
}

const swollen =
  'The workbook would unpack to far more than a school’s register: save the one sheet that is needed as “CSV UTF-8 (comma delimited)”';

function refuseBomb(entries: readonly Entry[]): void {
  if (entries.some((entry) => entry.isEncrypted()))
    throw refusedWorkbook('The workbook is protected by a password: save it without one');
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  const swells = ({ uncompressedSize, compressedSize }: Entry) =>
    uncompressedSize > alwaysFine && uncompressedSize > mostTimesLarger * compressedSize;
  if (unpacked > mostUnpacked || entries.some(swells)) throw refusedWorkbook(swollen);
}

/** What comes out is checked against the size that the directory promised, so that a lie ends there. */
async function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  try {
    return await zip.openReadStreamPromise(entry);
  } catch {
    throw damaged();
  }
}
