import type { Command } from './command.ts';
import { serve } from './serve.ts';
import { startWorker } from './worker-process.ts';

export const command: Command = {
  summary: 'run cases and letters (settings from the environment)',
  usage: 'worker',
  run: () => serve('worker', startWorker),
};
