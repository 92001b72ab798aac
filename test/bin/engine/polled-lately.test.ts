import { describe, expect, it } from '@jest/globals';
import { polledLately } from '../../../bin/engine/polled-lately.ts';

const now = Date.UTC(2026, 10, 25, 15, 0);
const polled = (secondsAgo: number) => ({ lastAccessTime: { seconds: BigInt(now / 1000 - secondsAgo) } });

describe('a worker that polls', () => {
  it.each([
    ['nobody ever polled', [], false],
    ['one waits for work, asking once a minute', [polled(61)], true],
    ['one died two minutes ago, and the engine still names it', [polled(120)], false],
    ['one died and another took its place', [polled(120), polled(2)], true],
    ['one is named without a time', [{ lastAccessTime: null }], false],
  ])('%s', (_, pollers, polls) => {
    expect(polledLately(pollers, now)).toBe(polls);
  });
});
