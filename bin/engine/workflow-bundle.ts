import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';
import { failureConverterPath } from './engine.ts';

/** The workflows as one script, as it was made of their sources. */
export const workflowBundle: WorkflowBundleOption = {
  codePath: fileURLToPath(new URL('../../workflow-bundle.cjs', import.meta.url)),
};

/** The workflows as one script, made now (about two seconds): the build keeps it as `workflow-bundle.cjs`. */
export function freshBundle() {
  return bundleOf(fileURLToPath(new URL('../../workflows/all.js', import.meta.url)));
}

/** The workflows of a file as one script, made now. */
export const bundleOf = (workflowsPath: string) =>
  bundleWorkflowCode({
    workflowsPath,
    failureConverterPath,
    preloadModules: [fileURLToPath(new URL('./short-stacks.cjs', import.meta.url))],
    logger: {
      log: () => undefined,
      trace: () => undefined,
      debug: () => undefined,
      info: () => undefined,
      warn: console.warn,
      error: console.error,
    },
  });
