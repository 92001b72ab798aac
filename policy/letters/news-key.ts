/**
 * The key under which a matter hears once what became of its letter. A letter may be asked about more than once: from the second
 * time on the key says which time it is. The training clock (activities/training) looks for the same keys in the database.
 */
export const newsKey = (letterId: string, outcome: string, time = 1): string =>
  `letter:${letterId}:${outcome}${time === 1 ? '' : `:${time}`}`;
