import { type Outcome, yearGroups } from './outcome.ts';

/** Below this many pupils a group is not shown, nor a number in it: somebody could be known by it. */
export const fewest = 5;

export type GroupShown = { group: string; pupils: string; withCase: string; letters: string; referrals: string };

type Group = Outcome['groups'][number];
const counts = ['withCase', 'letters', 'referrals'] as const;

type Count = (typeof counts)[number];

/**
 * The groups of a school as they may be shown: small numbers as "fewer than 5", small groups not at all. Every pupil is in one year
 * group, so that of the year groups a number that is hidden could follow from the whole school's: then others are hidden too.
 */
export function groupsShown({ groups }: Outcome): GroupShown[] {
  const years = groups.filter(({ group }) => group.startsWith(yearGroups));
  const hidden = new Map(counts.map((count) => [count, alsoHidden(years, count)]));
  return groups
    .filter(({ pupils }) => pupils >= fewest)
    .map((one) => {
      const said = (count: Count) => (hidden.get(count)?.has(one) ? 'not shown' : shown(one[count]));
      return {
        ...{ group: one.group, pupils: String(one.pupils) },
        ...{ withCase: said('withCase'), letters: said('letters'), referrals: said('referrals') },
      };
    });
}

/** The year groups that are hidden besides the small ones so that no number follows from the sum: the smallest, or else all. */
function alsoHidden(years: readonly Group[], count: Count): ReadonlySet<Group> {
  const isSmall = (one: Group) => one.pupils < fewest || (one[count] > 0 && one[count] < fewest);
  const small = years.filter(isSmall);
  const others = years.filter((one) => !isSmall(one) && one[count] > 0).sort((a, b) => a[count] - b[count]);
  for (let n = 0; n <= others.length; n++) {
    const also = others.slice(0, n);
    if (!isTold([...small, ...also].map((one) => hiddenOf(one, count)))) return new Set(also);
  }
  return new Set(years);
}

/** A number that is hidden, and between which two it lies as far as a reader can tell who knows these rules. */
type Hidden = { is: number; least: number; most: number };

function hiddenOf(group: Group, count: Count): Hidden {
  const { pupils, [count]: is } = group;
  if (pupils < fewest) return { is, least: 0, most: pupils };
  return is < fewest ? { is, least: 1, most: fewest - 1 } : { is, least: fewest, most: pupils };
}

/** True if their sum leaves one of the numbers no other value. */
function isTold(hidden: readonly Hidden[]): boolean {
  const sumOf = (part: keyof Hidden) => hidden.reduce((sum, one) => sum + one[part], 0);
  const [sum, least, most] = [sumOf('is'), sumOf('least'), sumOf('most')];
  return hidden.some((one) => {
    const low = Math.max(one.least, sum - (most - one.most));
    const high = Math.min(one.most, sum - (least - one.least));
    return one.is > 0 && low === high;
  });
}

/** True of a school that is itself so small a group: whatever was counted in it is about somebody who could be known. */
export const isTooSmall = ({ outcomes }: { outcomes: readonly Pick<Outcome, 'pupils'>[] }): boolean =>
  outcomes.some(({ pupils }) => pupils > 0 && pupils < fewest);

/** A number of pupils as it may be shown. */
export const shown = (n: number): string => (n > 0 && n < fewest ? `fewer than ${fewest}` : String(n));
