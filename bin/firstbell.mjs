#!/usr/bin/env node
// Runs the TypeScript sources of a checkout. The built tree has bin/firstbell.js, which plain Node runs.
import { register } from 'tsx/esm/api';
import { generate } from './generate.mjs';

try {
  await generate();
  register();
  await import('./firstbell.ts');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
