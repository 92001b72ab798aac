// Tests run in plain Node, many files in one process (decision 21). Imported before Jest; its processes get the same.
import { register } from 'node:module';
import 'tsx';

const globals = new URL('jest-globals.mjs', import.meta.url).href;
const hook = `export const resolve = (name, context, next) =>
  name === '@jest/globals' ? { url: '${globals}', shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

if (process.argv[1]?.includes('tinypool')) {
  await import('./what-to-run.mjs');
  // The runner lets go of its processes at the end: whatever a test has left open keeps none.
  process.once('disconnect', () => process.exit());
}
