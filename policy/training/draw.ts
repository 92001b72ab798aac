// Looked up once: a year of the school multiplies tens of millions of times.
const { imul } = Math;

/**
 * A number from 0 up to 1 that depends on nothing but its name: the same name always draws the same, in any order, so
 * that any pupil's any day can be drawn alone. Not for secrets (xmur3 and mulberry32).
 */
export function draw(name: string): number {
  let h = 1_779_033_703 ^ name.length;
  for (let i = 0; i < name.length; i++) {
    h = imul(h ^ name.charCodeAt(i), 3_432_918_353);
    h = (h << 13) | (h >>> 19);
  }
  h = imul(h ^ (h >>> 16), 2_246_822_507);
  h = imul(h ^ (h >>> 13), 3_266_489_909);
  let t = (h ^ (h >>> 16)) + 0x6d2b79f5;
  t = imul(t ^ (t >>> 15), t | 1);
  t ^= t + imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}

/** One of a list that is not empty, by name. */
export function pick<T>(name: string, list: readonly T[]): T {
  const one = list[Math.floor(draw(name) * list.length)];
  if (one === undefined) throw new Error(`There is nothing to pick for "${name}"`);
  return one;
}
