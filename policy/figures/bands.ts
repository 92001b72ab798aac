import { type Fraction, isBelow, persistentlyAbsent, severelyAbsent } from '../register/fraction.ts';

/**
 * Attendance in four bands without a gap or an overlap. The lower two are the national ones: severe absence is half or more
 * of possible sessions missed, persistent absence a tenth or more (DfE), so exactly 50% and exactly 90% belong to them.
 */
export const bands = {
  severe: { words: '50% or less', says: 'Severe absence: half or more of possible sessions missed' },
  persistent: { words: 'Over 50%, up to 90%', says: 'Persistent absence: a tenth or more missed' },
  watched: { words: 'Over 90%, below 96%', says: 'Neither persistent absence nor 96%' },
  good: { words: '96% or over', says: 'At least 96 of every 100 possible sessions attended' },
} as const;

export type Band = keyof typeof bands;

/** From the lowest attendance to the highest. */
export const bandNames = Object.keys(bands) as Band[];

/** The band that attendance is in, compared as integers; null of no sessions at all. */
export function bandOf(f: Fraction): Band | null {
  if (f.possible === 0) return null;
  if (severelyAbsent(f)) return 'severe';
  if (persistentlyAbsent(f)) return 'persistent';
  return isBelow(f, 9_600) ? 'watched' : 'good';
}

/** How many pupils went from which band to which. Who had no possible session yet, then or now, moved nowhere. */
export function movement(pupils: readonly { before: Fraction; now: Fraction }[]): { from: Band; to: Band; pupils: number }[] {
  const pairs = pupils.map(({ before, now }) => [bandOf(before), bandOf(now)]);
  return bandNames.flatMap((from) =>
    bandNames.flatMap((to) => {
      const these = pairs.filter((pair) => pair[0] === from && pair[1] === to);
      return these.length === 0 ? [] : [{ from, to, pupils: these.length }];
    }),
  );
}
