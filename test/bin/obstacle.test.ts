import { describe, expect, it } from '@jest/globals';
import { explained, Obstacle } from '../../bin/obstacle.ts';
import { failure } from '../../bin/parts/failure.ts';

const fault = (message: string, code?: string) => Object.assign(new Error(message), { code });

describe('what stops a start', () => {
  it.each([
    ['a full disk', fault('ENOSPC: no space left on device, write', 'ENOSPC'), /disk is full: free some space/],
    ['a full disk under the database', fault('could not extend file', '53100'), /disk of the database is full/],
    ['a full disk in the words of the database alone', fault('could not write: No space left on device'), /disk is full/],
    [
      'a full disk as Prisma tells it',
      fault('\nInvalid `x()` invocation:\n\n\nCode: `53100`. No space left on device', 'P2010'),
      /free some space/,
    ],
    ['a folder of another user', fault("EACCES: permission denied, open '.data/x'", 'EACCES'), /mend its owner/],
    ['a port that is taken', fault('listen EADDRINUSE: address already in use 127.0.0.1:3000', 'EADDRINUSE'), /set PORT/],
    [
      'an engine out of reach',
      Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'x' }),
      /TEMPORAL_ADDRESS is right/,
    ],
    [
      'a namespace that the engine does not know',
      Object.assign(new Error('5 NOT_FOUND'), { code: 5, details: 'Namespace nope is not found.' }),
      /set TEMPORAL_NAMESPACE/,
    ],
  ])('is said with its cure: %s', (_, error, words) => {
    const said = explained(error);
    expect(said).toBeInstanceOf(Obstacle);
    expect((said as Obstacle).message).toMatch(words);
    expect((said as Obstacle).message).not.toContain('\n');
  });

  it('is left alone if it is a fault of ours', () => {
    const bug = new TypeError('x is not a function');
    expect(explained(bug)).toBe(bug);
  });

  it('is the complaint in what another program said, not its last line', () => {
    const words =
      'starting\n2026-11-25 08:01:29.239 UTC [32615] FATAL:  data directory has wrong ownership\nHINT:  see the manual';
    expect(failure('PostgreSQL did not start', words, 'look').message).toBe(
      'PostgreSQL did not start: FATAL:  data directory has wrong ownership. To mend it, look.',
    );
  });
});
