import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import { dataConverter, engineConnection } from '../../engine/engine.ts';
import { bundleOf } from '../../engine/workflow-bundle.ts';
import type { Running } from '../../serve.ts';
import { quietRuntime, workerSettings } from '../../worker-process.ts';
import { bareTaskQueue } from './bare-messages.ts';

/** A worker for the bare workflows, set up as the product's own: what is left between the two is what Firstbell does. */
export async function startBareWorker(config: Config, log: Logger): Promise<Running> {
  quietRuntime(log);
  const native = await engineConnection(config);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = await Worker.create({
    connection: native,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: bareTaskQueue,
    workflowBundle: await bundleOf(fileURLToPath(new URL(`bare-workflows.${extension}`, import.meta.url))),
    // None is called: but the product's worker asks for activities too.
    activities: { nothing: async () => undefined },
    dataConverter: await dataConverter(config),
    ...workerSettings,
  });
  const running = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await running;
      await native.close();
    },
  };
}
