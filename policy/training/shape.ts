/** How a pupil's attendance goes over a year. Shares add up to 1; what is left is ordinary. */
export const shares = {
  'short illness': 0.08,
  'long illness': 0.008,
  'Friday pattern': 0.014,
  drift: 0.03,
  refusal: 0.01,
  holiday: 0.02,
  lateness: 0.03,
  recovery: 0.012,
} as const;

export type Shape = keyof typeof shares | 'ordinary' | 'scripted';

/** The chance that an absence begins on a day, and how many days it may last. `through` runs from 0 (September) to 1 (July). */
export type Chance = { begins: number; longest: number; codes: readonly [string, ...string[]] };

type Asked = { through: number; weekday: number; from: number };

/** What a shape's days are like. `from` is the pupil's own starting point within the year, for what begins at some time. */
export const chances: Record<Exclude<Shape, 'scripted'>, (asked: Asked) => Chance> = {
  ordinary: ({ through }) => ({ begins: through < 0.12 ? 0.001 : 0.005, longest: 2, codes: ['I', 'I', 'M', 'N'] }),
  'short illness': ({ through }) => ({ begins: through < 0.12 ? 0.006 : 0.014, longest: 3, codes: ['I', 'I', 'I', 'N'] }),
  'long illness': ({ through, from }) => ({
    begins: through > from && through < from + 0.15 ? 0.5 : 0.004,
    longest: 5,
    codes: ['I'],
  }),
  'Friday pattern': ({ weekday }) => ({ begins: weekday === 5 ? 0.35 : 0.01, longest: 1, codes: ['N', 'O', 'I'] }),
  drift: ({ through }) => ({ begins: 0.02 + 0.1 * through, longest: 2, codes: ['N', 'I', 'O', 'N'] }),
  refusal: ({ through, from }) => ({ begins: through > from * 0.3 ? 0.22 : 0.02, longest: 4, codes: ['O', 'N', 'O'] }),
  holiday: ({ through, from }) => ({
    begins: Math.abs(through - (0.1 + 0.85 * from)) < 0.006 ? 0.9 : 0.004,
    longest: 5,
    codes: ['G'],
  }),
  lateness: () => ({ begins: 0.006, longest: 1, codes: ['I', 'N'] }),
  recovery: ({ through }) => ({ begins: through < 0.15 ? 0.14 : 0.003, longest: 2, codes: ['I', 'N'] }),
};
