import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';
import { failureConverterPath } from './engine.ts';

const built = fileURLToPath(new URL('../../workflow-bundle.cjs', import.meta.url));

/** The workflows as one script: the one the build made, or else made now from the sources (about two seconds). */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  if (existsSync(built)) return { codePath: built };
  return freshBundle();
}

export function freshBundle() {
  const source = import.meta.url.endsWith('.ts') ? '../../workflows/all.ts' : '../../workflows/all.js';
  return bundleOf(fileURLToPath(new URL(source, import.meta.url)));
}

/** The workflows of a file as one script, made now. */
export const bundleOf = (workflowsPath: string) =>
  bundleWorkflowCode({
    workflowsPath,
    failureConverterPath,
    logger: {
      log: () => undefined,
      trace: () => undefined,
      debug: () => undefined,
      info: () => undefined,
      warn: console.warn,
      error: console.error,
    },
  });
