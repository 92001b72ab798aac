/**
 * How likely so many or more are found among those drawn, when `drawn` of `all` are taken blindly and `marked` of `all` are
 * marked: the upper tail of the hypergeometric distribution (Fisher's exact test, one-sided), as a fraction of whole numbers.
 */
export function chanceOfAtLeast(found: number, { all, marked, drawn }: { all: number; marked: number; drawn: number }) {
  const most = Math.min(marked, drawn);
  const least = Math.max(0, drawn - (all - marked));
  let ways = choose(marked, least) * choose(all - marked, drawn - least);
  let enough = 0n;
  for (let n = least; n <= most; n++) {
    if (n >= found) enough += ways;
    ways = (ways * BigInt(marked - n) * BigInt(drawn - n)) / (BigInt(n + 1) * BigInt(all - marked - drawn + n + 1));
  }
  return { of: enough, in: choose(all, drawn) };
}

/** In how many ways k can be taken from n. */
function choose(n: number, k: number): bigint {
  let ways = 1n;
  for (let i = 1; i <= k; i++) ways = (ways * BigInt(n - k + i)) / BigInt(i);
  return ways;
}

/**
 * "1 in so many", rounded down, for the most striking of several comparisons: each that was looked at could have struck by
 * chance, so the chance is as many times larger (Bonferroni). At least 1.
 */
export function oneIn(chance: { of: bigint; in: bigint }, comparisons: number): number {
  const n = chance.in / (chance.of * BigInt(comparisons));
  return n < 1n ? 1 : Number(n < 1_000_000n ? n : 1_000_000n);
}
