import { describe, expect, it } from '@jest/globals';
import { offenceLines } from '../../../policy/letters/offence-lines.ts';

const marked = (codes: Record<string, string>) =>
  Object.entries(codes).map(([id, code]) => ({ on: id.slice(0, 10), session: id.slice(11), code }));

describe('the sessions that a notice rests on', () => {
  it.each([
    [
      'a whole day is one line',
      { '2026-10-07 AM': 'G', '2026-10-07 PM': 'G' },
      ['Wednesday 7 October 2026, all day: holiday without leave'],
    ],
    [
      'half days are named apart where their reasons differ',
      { '2026-10-07 AM': 'G', '2026-10-07 PM': 'O' },
      [
        'Wednesday 7 October 2026, morning: holiday without leave',
        'Wednesday 7 October 2026, afternoon: absent in other or unknown circumstances',
      ],
    ],
    [
      'one half day stands alone, in the order of the register',
      { '2026-10-06 PM': 'G', '2026-10-07 AM': 'G' },
      ['Tuesday 6 October 2026, afternoon: holiday without leave', 'Wednesday 7 October 2026, morning: holiday without leave'],
    ],
  ])('%s', (_, codes, lines) => {
    expect(offenceLines(Object.keys(codes), marked(codes))).toEqual(lines);
  });
});
