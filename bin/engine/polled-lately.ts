type Poller = { lastAccessTime?: { seconds?: { toString(): string } | null } | null };

/** A worker without work asks again once a minute; the engine goes on naming one that died for five. */
const asksAgainWithin = 90_000;

/** Whether a worker among these asked the engine for work so lately that it still lives. `now` is epoch ms. */
export const polledLately = (pollers: readonly Poller[], now: number): boolean =>
  pollers.some(({ lastAccessTime }) => now - Number(lastAccessTime?.seconds ?? 0) * 1000 < asksAgainWithin);
