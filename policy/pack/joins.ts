/** How a school's words go together with the trust's: entry by entry, behind them, or instead of them. */
export type Join = 'by name' | 'behind' | 'instead';

/** The parts of a policy that a trust may leave to its schools, and how theirs go together with its own. */
export const joins = {
  people: 'by name',
  letters: 'by name',
  waiting: 'by name',
  'unexplained absences': 'by name',
  opens: 'instead',
  stages: 'by name',
  alongside: 'behind',
  'alongside opens': 'instead',
  'concern opens': 'instead',
  closes: 'by name',
  softens: 'by name',
  register: 'instead',
  bands: 'by name',
  cohorts: 'behind',
  documents: 'by name',
  leave: 'by name',
  reviews: 'behind',
  rewards: 'behind',
  'year end': 'instead',
  waits: 'instead',
  siblings: 'instead',
  advice: 'behind',
} as const satisfies Record<string, Join>;

type Part = keyof typeof joins;

export const openable = Object.keys(joins) as [Part, ...Part[]];

/** How this part is joined. What is not left to schools at all is the school's own wherever it may stand. */
export const joinOf = (part: PropertyKey): Join => (Object.hasOwn(joins, part) ? joins[part as Part] : 'instead');
