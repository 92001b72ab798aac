import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Express } from 'express';
import { stylesheet } from './stylesheet.ts';

type Asset = { url: string; type: string; content: string };

const require = createRequire(import.meta.url);

/** GOV.UK Frontend's script is an enhancement: nothing depends on it. */
const script = (): string =>
  readFileSync(
    path.join(path.dirname(require.resolve('govuk-frontend/package.json')), 'dist/govuk/govuk-frontend.min.js'),
    'utf8',
  );

const layout = (name: string): string => readFileSync(new URL(`../layout/${name}`, import.meta.url), 'utf8');

let kept: Readonly<Record<'css' | 'script' | 'lookAgain' | 'icon', Asset>> | undefined;

/** What pages load, made when the first page is asked for. Each address changes with its content, so browsers may keep it for good. */
function assets() {
  kept ??= {
    css: asset('firstbell.css', stylesheet()),
    script: asset('govuk-frontend.js', script().replace(/^\/\/# sourceMappingURL=.*$/m, '')),
    lookAgain: asset('look-again.js', layout('look-again.js')),
    icon: asset('icon.svg', layout('icon.svg')),
  };
  return kept;
}

function asset(name: string, content: string): Asset {
  const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { url: `/assets/${version}/${name}`, type: path.extname(name), content };
}

/** The addresses of the assets, for the layout. */
export const assetUrls = () => {
  const { css, script, lookAgain, icon } = assets();
  return { css: css.url, script: script.url, lookAgain: lookAgain.url, icon: icon.url };
};

/** Serves the assets. One of an earlier version is a 404, never the wrong content under a kept address. */
export function serveAssets(app: Express): void {
  app.get('/assets/:version/:name', (req, res, next) => {
    const found = Object.values(assets()).find(({ url }) => url === req.path);
    if (!found) return next();
    res.set('Cache-Control', 'public, max-age=31536000, immutable').type(found.type).send(found.content);
  });
}
