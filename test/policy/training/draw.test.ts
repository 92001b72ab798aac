import { describe, expect, it } from '@jest/globals';
import { draw, pick } from '../../../policy/training/draw.ts';

describe('a draw', () => {
  it('depends on nothing but its name', () => {
    const names = Array.from({ length: 50 }, (_, i) => `pupil ${i}`);
    const forwards = names.map(draw);
    expect([...names].reverse().map(draw).reverse()).toEqual(forwards);
    expect(new Set(forwards).size).toBe(50);
  });

  it('is spread evenly from 0 up to 1, whatever alike the names are', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 20_000; i++) {
      const at = Math.floor(draw(`A${String(i % 1060).padStart(4, '0')} 2026-09-${10 + (i % 20)} ${i}`) * 10);
      tenths[at] = (tenths[at] ?? 0) + 1;
    }
    for (const share of tenths) expect(Math.abs(share - 2000)).toBeLessThan(200);
  });

  it('picks by name, and says so when there is nothing to pick', () => {
    expect(pick('x', ['only'])).toBe('only');
    expect(() => pick('nobody', [])).toThrow('nobody');
  });
});
