import type { Outcome } from './outcome.ts';

/** Below this many pupils a group is not shown, nor a number in it: somebody could be known by it. */
export const fewest = 5;

export type GroupShown = { group: string; pupils: string; withCase: string; letters: string; referrals: string };

/** The groups of a school as they may be shown: small numbers as "fewer than 5", small groups not at all. */
export const groupsShown = ({ groups }: Outcome): GroupShown[] =>
  groups
    .filter(({ pupils }) => pupils >= fewest)
    .map(({ group, pupils, withCase, letters, referrals }) => ({
      ...{ group, pupils: String(pupils) },
      ...{ withCase: shown(withCase), letters: shown(letters), referrals: shown(referrals) },
    }));

/** A number of pupils as it may be shown. */
export const shown = (n: number): string => (n > 0 && n < fewest ? `fewer than ${fewest}` : String(n));
