#!/usr/bin/env node
// Runs the sources of a checkout, built when they changed. The image has what was built, `dist/bin/firstbell.js`, alone.
import { build } from './build.mjs';

try {
  await build();
  await import('../dist/bin/firstbell.js');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
