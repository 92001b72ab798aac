import { type Outcome, yearGroups } from './outcome.ts';

/** Below this many pupils a group is not shown, nor a number in it: somebody could be known by it. */
export const fewest = 5;

export type GroupShown = { group: string; pupils: string; withCase: string; letters: string; referrals: string };

type Group = Outcome['groups'][number];
const counts = ['withCase', 'letters', 'referrals'] as const;

/**
 * The groups of a school as they may be shown: small numbers as "fewer than 5", small groups not at all. Every pupil is in one year
 * group, so that of the year groups a single hidden number would be the whole school's less the others': then another is hidden too.
 */
export function groupsShown({ groups }: Outcome): GroupShown[] {
  const years = groups.filter(({ group }) => group.startsWith(yearGroups));
  const alone = new Map(counts.map((count) => [count, alsoHidden(years, count)]));
  return groups
    .filter(({ pupils }) => pupils >= fewest)
    .map((one) => {
      const said = (count: (typeof counts)[number]) => (alone.get(count) === one ? 'not shown' : shown(one[count]));
      return {
        ...{ group: one.group, pupils: String(one.pupils) },
        ...{ withCase: said('withCase'), letters: said('letters'), referrals: said('referrals') },
      };
    });
}

/** The year group whose number could tell the only one that is hidden; undefined if none or several are. */
function alsoHidden(years: readonly Group[], count: (typeof counts)[number]): Group | undefined {
  const isHidden = (one: Group) => one[count] > 0 && (one.pupils < fewest || one[count] < fewest);
  if (years.filter(isHidden).length !== 1) return undefined;
  return years.filter((one) => !isHidden(one) && one.pupils >= fewest && one[count] > 0).sort((a, b) => a[count] - b[count])[0];
}

/** True of a school that is itself so small a group: whatever was counted in it is about somebody who could be known. */
export const isTooSmall = ({ outcomes }: { outcomes: readonly Pick<Outcome, 'pupils'>[] }): boolean =>
  outcomes.some(({ pupils }) => pupils > 0 && pupils < fewest);

/** A number of pupils as it may be shown. */
export const shown = (n: number): string => (n > 0 && n < fewest ? `fewer than ${fewest}` : String(n));
