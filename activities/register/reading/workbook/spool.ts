import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tooLarge } from '../place.ts';

/**
 * Keeps a stream in a file while it is used, because a workbook is read from its end. The file has no name from the moment
 * it is open, so that a crash leaves nobody's data behind; where a system does not allow that, it goes afterwards.
 */
export async function* spooled<T>(
  bytes: AsyncIterable<Buffer>,
  limitBytes: number,
  use: (file: FileHandle) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'firstbell-'));
  const file = await open(path.join(folder, 'workbook'), 'wx+', 0o600);
  const forget = () => rm(folder, { recursive: true, force: true });
  try {
    await forget().catch(() => undefined);
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > limitBytes) throw tooLarge({ line: 1 }, limitBytes);
      await file.write(chunk);
    }
    yield* use(file);
  } finally {
    await file.close();
    await forget().catch(() => undefined);
  }
}
