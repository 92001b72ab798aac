/** The value that a share of the numbers (0 to 1) does not exceed: the nearest rank, never a value that was not measured. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new Error('Nothing was measured');
  return found;
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);
