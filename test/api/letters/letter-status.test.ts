import { describe, expect, it } from '@jest/globals';
import { letterStatus } from '../../../api/letters/words.ts';

const releaseAt = new Date('2026-10-05T09:30:00Z');
const letter = { status: 'waiting', statusWhy: null, sentOn: null, releaseAt, channel: 'email' };

describe('where a letter is', () => {
  it.each([
    ['before its recall window ends', -1, 'Waits until 5 Oct 2026, 10:30, and can be recalled until then'],
    ['when it ends', 0, 'About to go'],
    ['after it, as when a person has just said that a held letter goes', 60_000, 'About to go'],
  ])('is said as it is %s', (_, past, expected) => {
    expect(letterStatus(letter, releaseAt.getTime() + past)).toBe(expected);
  });
});
