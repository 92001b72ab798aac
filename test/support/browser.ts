import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** A real Chromium: CHROMIUM_PATH, else one on the PATH, else the one that npm brought. */
export async function aBrowser(): Promise<Browser> {
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((place) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => path.join(place, name)));
  const found = process.env.CHROMIUM_PATH ?? onPath.find((place) => existsSync(place));
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  if (found) return chromium.launch({ executablePath: found, args: quiet });
  const packaged = (await import('@sparticuz/chromium')).default;
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...packaged.args, ...quiet], headless: true });
}
