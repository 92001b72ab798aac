import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const layout = fileURLToPath(new URL('../layout', import.meta.url));

/** Our one stylesheet: as the build left it beside its source, or compiled now in a checkout. */
export function stylesheet(): string {
  const built = path.join(layout, 'firstbell.css');
  return existsSync(built) ? readFileSync(built, 'utf8') : compileStylesheet();
}

/** The stylesheet from its source. The build keeps it as `api/layout/firstbell.css`. */
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
