import type { Fraction } from '../register/fraction.ts';
import { type Band, bandOf, bands } from '../register/measures/band.ts';

/** A band by its ends, and what it is. Without a gap or an overlap: exactly 50% and exactly 90% are absence, as nationally. */
export const bandWords: Record<Band, { ends: string; says: string }> = {
  'severely absent': { ends: '50% or less', says: 'Severe absence: half or more of possible sessions missed' },
  'persistently absent': { ends: 'Over 50%, up to 90%', says: 'Persistent absence: a tenth or more missed' },
  'below 96%': { ends: 'Over 90%, below 96%', says: 'Less than a tenth missed, more than 4 in 100' },
  '96% or more': { ends: '96% or more', says: 'At most 4 in 100 missed' },
};

/** How many pupils went from which band to which. Who had no possible session, before or now, went nowhere. */
export function movement(pupils: readonly { before: Fraction; now: Fraction }[]): { from: Band; to: Band; pupils: number }[] {
  const pairs = pupils.map(({ before, now }) => [bandOf(before), bandOf(now)]);
  return bands.flatMap((from) =>
    bands.flatMap((to) => {
      const these = pairs.filter((pair) => pair[0] === from && pair[1] === to).length;
      return these === 0 ? [] : [{ from, to, pupils: these }];
    }),
  );
}
