import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';
import * as sass from 'sass';

const require = createRequire(import.meta.url);
const folderOf = (name: string): string => path.dirname(require.resolve(`${name}/package.json`));
const api = fileURLToPath(new URL('..', import.meta.url));
const govuk = path.join(folderOf('govuk-frontend'), 'dist');

const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader([api, govuk]), {
  autoescape: true,
  throwOnUndefined: true,
  trimBlocks: true,
  lstripBlocks: true,
});

/** A page as HTML. A value that a template prints and nobody gave is an error, never a blank. */
export const render = (template: string, model: object): string => environment.render(template, model);

let css: string | undefined;

/** Our one stylesheet, made of GOV.UK Frontend with Arial: a school's site is no GOV.UK service. */
export function stylesheet(): string {
  css ??= sass.compile(path.join(api, 'layout/firstbell.scss'), {
    loadPaths: [govuk],
    style: 'compressed',
    quietDeps: true,
    silenceDeprecations: ['import'],
  }).css;
  return css;
}

/** GOV.UK Frontend's own script: an enhancement, nothing depends on it. */
export const script = (): Buffer => readFileSync(path.join(govuk, 'govuk/govuk-frontend.min.js'));
