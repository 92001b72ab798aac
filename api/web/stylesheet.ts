import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const layout = fileURLToPath(new URL('../layout', import.meta.url));

/** Our one stylesheet, as it was made of its source. */
export const stylesheet = (): string => readFileSync(new URL('../../firstbell.css', import.meta.url), 'utf8');

/** The stylesheet from its source: the build keeps it as `firstbell.css`. */
export function compileStylesheet(): string {
  // Loaded only here: a built Firstbell never needs Sass.
  const sass = require('sass') as typeof import('sass');
  const modules = path.resolve(path.dirname(require.resolve('govuk-frontend/package.json')), '..');
  const moj = path.dirname(require.resolve('@ministryofjustice/frontend/package.json'));
  return sass.compile(path.join(layout, 'firstbell.scss'), {
    // MoJ Frontend names GOV.UK Frontend by a path from the folder that holds node_modules.
    loadPaths: [path.join(modules, 'govuk-frontend/dist'), moj, path.dirname(modules)],
    style: 'compressed',
    quietDeps: true,
  }).css;
}
