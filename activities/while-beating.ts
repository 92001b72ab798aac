import type { Context } from '@temporalio/activity';

/** Tells the engine that whoever does this lives, so that a killed one is noticed soon and not after the longest attempt. */
export async function whileBeating<T>(engine: Pick<Context, 'heartbeat'>, work: Promise<T>): Promise<T> {
  const beat = setInterval(() => engine.heartbeat(), 5_000);
  try {
    return await work;
  } finally {
    clearInterval(beat);
  }
}
