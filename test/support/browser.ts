import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/**
 * A Chromium to run: CHROMIUM_PATH, else one on the PATH, else the one that npm brought, unpacked into this folder. Asked once,
 * before the test files run side by side.
 */
export async function browserProgram(folder: string): Promise<string> {
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((place) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => path.join(place, name)));
  const found = process.env.CHROMIUM_PATH ?? onPath.find((place) => existsSync(place));
  if (found) return found;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'The tests need a Chromium, and npm brings one only for Linux on x64: install one on the PATH, or set CHROMIUM_PATH.',
    );
  return unpacked(folder);
}

/** The package unpacks into the machine's folder for temporary files, where somebody else's may lie: it is given one of our own. */
async function unpacked(folder: string): Promise<string> {
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    return await (await import('@sparticuz/chromium')).default.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}

/** A real Chromium. The package's own flags are for another machine's narrow sandbox: with them it falls over now and then. */
export async function aBrowser(): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  const args = ['--no-sandbox', '--disable-gpu', ...quiet];
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '', args, headless: true });
}
