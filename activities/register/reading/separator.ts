const separators = [',', ';', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

/** The sign that separates the columns of a text: of the four in use, the one that stands equally often in the most of its first lines. */
export function separatorOf(text: string): Separator {
  const lines = firstLines(text, 50);
  let best: Separator = ',';
  let bestScore = 0;
  for (const separator of separators) {
    const score = agreement(lines.map((line) => line.split(separator).length - 1));
    if (score > bestScore) [best, bestScore] = [separator, score];
  }
  return best;
}

/** Lines without what stands in quotation marks, where any sign may stand. */
const firstLines = (text: string, most: number): string[] =>
  text
    .replaceAll(/"[^"]*("|$)/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, most);

/** How many lines have the commonest count that is not nought; of equals, the higher count is a little better. */
function agreement(counts: readonly number[]): number {
  const lines = new Map<number, number>();
  for (const count of counts) if (count > 0) lines.set(count, (lines.get(count) ?? 0) + 1);
  return Math.max(0, ...[...lines].map(([count, of]) => of + Math.min(count, 999) / 1_000));
}
