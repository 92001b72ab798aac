import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aRegister } from './a-register.ts';

const mb = 1_000_000;
let school: Awaited<ReturnType<typeof aRegister>>;
beforeAll(async () => {
  school = await aRegister();
});
afterAll(() => school.end());

/** 200 MB of the same piece, after a heading, counted as it is taken. */
function junk(piece: Buffer, first = 'admission_no,date,session,code\n') {
  const taken = { bytes: 0 };
  function* pieces() {
    yield Buffer.from(first);
    for (; taken.bytes < 200 * mb; taken.bytes += piece.length) yield piece;
  }
  return { taken, stream: Readable.from(pieces()) };
}

describe('200 MB of junk', () => {
  it.each([
    ['random bytes', randomBytes(64_000), '', 1],
    ['one endless line', Buffer.alloc(64_000, 'x'), '', 1],
    ['lines of nonsense under the right heading', Buffer.from('lorem,ipsum,dolor,sit\n'.repeat(3_000)), undefined, 1_000],
    ['marks of pupils nobody knows', Buffer.from('X9,2026-09-14,AM,/\n'.repeat(3_000)), undefined, 1_000],
    ['an open quotation mark', Buffer.from('"lorem ipsum\n'.repeat(3_000)), undefined, 1],
  ])('%s is refused before it is read', async (_name, piece, first, problems) => {
    const { taken, stream } = junk(piece, first);
    const memory = process.memoryUsage().rss;
    const result = await school.file('marks', stream);
    expect(result.status).toBe('refused');
    expect(result.problems.length).toBeGreaterThanOrEqual(problems);
    expect(result.problems.length).toBeLessThanOrEqual(1_000);
    expect(result.problems[0]?.cure).toBeTruthy();
    expect(taken.bytes).toBeLessThan(5 * mb);
    expect(process.memoryUsage().rss - memory).toBeLessThan(150 * mb);
    expect(await school.left()).toBe(0);
    expect(await school.db.mark.count()).toBe(0);
  });

  it('good rows without end stop at the limit, and nothing stays', async () => {
    const { stream } = junk(Buffer.from('A1,2026-09-14,AM,/\n'.repeat(3_000)));
    const result = await school.file('marks', stream, { limitBytes: 2 * mb });
    expect(result.problems.at(-1)?.cure).toMatch(/larger than 2 MB: split it/);
    expect(await school.db.mark.count()).toBe(0);
    expect(await school.left()).toBe(0);
  });
});
