/** How a pupil's attendance goes over a year. Shares are of the whole school; what is left is ordinary. */
export const shares = {
  'short illness': 0.06,
  'long illness': 0.008,
  'Friday pattern': 0.014,
  drift: 0.03,
  refusal: 0.008,
  holiday: 0.03,
  lateness: 0.03,
  recovery: 0.006,
} as const;

export type Shape = keyof typeof shares | 'ordinary' | 'scripted';

/** The chance that an absence begins on a day, and how many days it may last. */
export type Chance = { begins: number; longest: number; codes: readonly string[] };

/** `through` runs from 0 (September) to 1 (July). `from` is the pupil's own number from 0 to 1: frailty, or when it begins. */
export type Asked = { through: number; weekday: number; from: number };

/** Colds: few in September, most from November to February. */
function season(through: number): number {
  if (through < 0.12) return 0.13;
  if (through < 0.28) return 0.7;
  return through < 0.62 ? 1.3 : 0.9;
}

/** What a shape's days are like. */
export const chances: Record<Exclude<Shape, 'scripted'>, (asked: Asked) => Chance> = {
  ordinary: ({ through, from }) => ({
    begins: 0.015 * (0.2 + 1.6 * from) * season(through),
    longest: 3,
    codes: ['I', 'I', 'I', 'M', 'N'],
  }),
  'short illness': ({ through }) => ({ begins: 0.04 * season(through), longest: 3, codes: ['I', 'I', 'I', 'N'] }),
  'long illness': ({ through, from }) => ({
    begins: through > from && through < from + 0.15 ? 0.5 : 0.004,
    longest: 5,
    codes: ['I'],
  }),
  'Friday pattern': ({ weekday }) => ({ begins: weekday === 5 ? 0.3 : 0.01, longest: 1, codes: ['N', 'O', 'I'] }),
  drift: ({ through }) => ({ begins: 0.015 + 0.14 * through, longest: 2, codes: ['N', 'I', 'O', 'N'] }),
  refusal: ({ through, from }) => ({ begins: through > 0.05 + from * 0.4 ? 0.22 : 0.02, longest: 4, codes: ['O', 'N', 'O'] }),
  holiday: ({ through, from }) => ({
    begins: Math.abs(through - (0.1 + 0.85 * from)) < 0.006 ? 0.9 : 0.008 * season(through),
    longest: 5,
    codes: Math.abs(through - (0.1 + 0.85 * from)) < 0.006 ? ['G'] : ['I'],
  }),
  lateness: ({ through }) => ({ begins: 0.015 * season(through), longest: 2, codes: ['I', 'N'] }),
  recovery: ({ through }) => ({ begins: through < 0.15 ? 0.14 : 0.004, longest: 2, codes: ['I', 'N'] }),
};
