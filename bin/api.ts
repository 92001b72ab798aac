import { startApi } from './api-process.ts';
import type { Command } from './command.ts';
import { serve } from './serve.ts';

export const command: Command = {
  summary: 'serve the pages and the API (settings from the environment)',
  usage: 'api',
  run: () => serve('api', startApi),
};
