/** Matters whose rows could not be delivered lately. Each is tried again later and later, and keeps no other from its turn. */
export type Resting = ReturnType<typeof restingMatters>;

export function restingMatters(now: () => number = Date.now) {
  const resting = new Map<string, { again: number; rest: number }>();
  return {
    /** Those that are not to be tried yet. */
    ids: (): string[] => [...resting].flatMap(([id, { again }]) => (again > now() ? [id] : [])),
    arrived: (id: string): boolean => resting.delete(id),
    /** While nothing at all arrives it is rather the engine that fails: then all are tried again soon. */
    failed(id: string, othersArrive: boolean): void {
      const rest = othersArrive ? Math.min(300_000, 2 * (resting.get(id)?.rest ?? 2_500)) : 5_000;
      resting.set(id, { again: now() + rest, rest });
    },
  };
}
