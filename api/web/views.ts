import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';

const require = createRequire(import.meta.url);
const api = fileURLToPath(new URL('..', import.meta.url));
const govuk = path.join(path.dirname(require.resolve('govuk-frontend/package.json')), 'dist');

const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader([api, govuk]), {
  autoescape: true,
  throwOnUndefined: true,
  trimBlocks: true,
  lstripBlocks: true,
});

/** A page as HTML. A value that a template prints and nobody gave is an error, never a blank. */
export const render = (template: string, model: object): string => environment.render(template, model);
