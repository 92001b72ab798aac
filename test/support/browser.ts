import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/**
 * A Chromium to run: CHROMIUM_PATH, else one on the PATH, else the one that npm brought, unpacked. Asked once before the test
 * files run side by side: a second one that looked while the first unpacks would run half a browser.
 */
export async function browserProgram(): Promise<string> {
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((place) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => path.join(place, name)));
  const found = process.env.CHROMIUM_PATH ?? onPath.find((place) => existsSync(place));
  if (found) return found;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'The tests need a Chromium, and npm brings one only for Linux on x64: install one on the PATH, or set CHROMIUM_PATH.',
    );
  return (await import('@sparticuz/chromium')).default.executablePath();
}

/** A real Chromium. The package's own flags are for another machine's narrow sandbox: with them it falls over now and then. */
export async function aBrowser(): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  const args = ['--no-sandbox', '--disable-gpu', ...quiet];
  return chromium.launch({ executablePath: await browserProgram(), args, headless: true });
}
