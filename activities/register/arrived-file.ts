import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Refusal } from '../../policy/refusal.ts';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import { mostKept } from '../../policy/register/largest-file.ts';
import type { Db, Tx } from '../../prisma/client.ts';
import { Cancelled, type Opened, started } from './import-row.ts';
import { mergeTimes } from './run-import.ts';

/** As much of a file as is held in memory at a time, in bytes. */
const pieceBytes = 1 << 20;

/** What is to become of a file once its turn has come, and by which mapping it is read. */
export type Arriving = { importId: string; kind: ImportKind; of: Opened; aim: 'look' | 'take'; layout: string | null };

/**
 * Keeps the file at `path` with an import that waits for its turn: from now on whoever sent it, and this process, may end.
 * @returns false if the import was there already
 * @throws Refusal('Busy') if too much waits for the school already
 */
export async function keepArrived(db: Db, path: string, { importId, kind, of, aim, layout }: Arriving): Promise<boolean> {
  const { size } = await stat(path);
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`files for ${of.schoolId}`}, 0))`;
    if (await tx.registerImport.findUnique({ where: { id: importId }, select: { id: true } })) return false;
    await refuseTooMuch(tx, of.schoolId, size);
    await started(tx, importId, kind, 'waiting', of);
    await tx.arrivedFile.create({ data: { importId, aim, layout, bytes: size } });
    let n = 0;
    for await (const bytes of createReadStream(path, { highWaterMark: pieceBytes }) as AsyncIterable<Buffer<ArrayBuffer>>)
      await tx.arrivedFilePart.create({ data: { importId, n: n++, bytes } });
    return true;
  }, mergeTimes);
}

async function refuseTooMuch(tx: Tx, schoolId: string, size: number): Promise<void> {
  const { _sum: kept } = await tx.arrivedFile.aggregate({ where: { import: { schoolId } }, _sum: { bytes: true } });
  if ((kept.bytes ?? 0) + size <= mostKept) return;
  throw new Refusal(
    'Busy',
    `Files of more than ${mostKept / 1_000_000} MB would wait for this school. Nothing was changed. Send it again when those before it are in: the list of imports says how far they are`,
  );
}

/** Imports whose file is kept, in the order in which they came. */
export const arrivedFiles = (db: Db) =>
  db.registerImport.findMany({
    where: { arrivedFile: { isNot: null } },
    select: { id: true, schoolId: true },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
  });

/** An import with what is to become of its file; null if that is kept no more. */
export const arrivedFile = (db: Db, importId: string) =>
  db.arrivedFile.findUnique({ where: { importId }, include: { import: { include: { school: true } } } });

/** The file that is kept with an import, from its start. Reading stops with Cancelled once it is kept no more. */
export const readArrived = (db: Db, importId: string): Readable => Readable.from(piecesOf(db, importId), { objectMode: false });

async function* piecesOf(db: Db, importId: string): AsyncGenerator<Buffer> {
  const { bytes: all = 0 } = (await db.arrivedFile.findUnique({ where: { importId } })) ?? {};
  for (let n = 0, read = 0; read < all; n++) {
    const piece = await db.arrivedFilePart.findUnique({ where: { importId_n: { importId, n } } });
    // Without the rest it would be another file.
    if (!piece) throw new Cancelled();
    read += piece.bytes.length;
    yield Buffer.from(piece.bytes);
  }
}
