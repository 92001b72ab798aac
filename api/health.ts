import { setTimeout } from 'node:timers/promises';
import type { Express } from 'express';
import type { Deps } from './deps.ts';

/** Alive: this process answers. Ready: every part it needs answers too, in three seconds; each is named. */
export function health(app: Express, { checks, log }: Deps): void {
  app.get('/health/live', (_req, res) => void res.json({ status: 'ok' }));
  app.get('/health/ready', async (_req, res) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        try {
          await inTime(check);
          return [name, 'ok'] as const;
        } catch (error) {
          log.warn({ part: name, why: (error as Error).message }, `Not ready: ${name}`);
          return [name, 'failed'] as const;
        }
      }),
    );
    const ready = results.every(([, state]) => state === 'ok');
    res.status(ready ? 200 : 503).json({ status: ready ? 'ok' : 'failed', parts: Object.fromEntries(results) });
  });
}

async function inTime(check: () => Promise<void>): Promise<void> {
  const over = new AbortController();
  const late = setTimeout(3_000, undefined, { signal: over.signal }).then(() => {
    throw new Error('No answer in three seconds');
  });
  try {
    await Promise.race([check(), late]);
  } finally {
    late.catch(() => undefined);
    over.abort();
  }
}
