import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { aBrowser } from '../support/browser.ts';
import { password } from '../support/callers.ts';
import { type TwoSchools, twoSchools } from '../support/two-schools.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let schools: TwoSchools;
let server: Server;
let chromium: Browser;
let base: string;

beforeAll(async () => {
  schools = await twoSchools();
  server = createServer(schools.app).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  chromium = await aBrowser();
});
afterAll(async () => {
  await chromium.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await schools.close();
});

/** A page in a window of this width that notes what its console complains of. */
async function open(width: number, javaScriptEnabled = true) {
  const context = await chromium.newContext({ viewport: { width, height: 800 }, javaScriptEnabled, baseURL: base });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (said) => {
    if (said.type() === 'error' && !said.text().startsWith('Failed to load resource')) complaints.push(said.text());
  });
  return { page, complaints };
}

async function signIn(page: Page, account = 'sal@a.example') {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(account);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const wide = (page: Page) => page.evaluate('document.documentElement.scrollWidth > innerWidth');
const broken = (page: Page) =>
  page.evaluate<string[]>(
    `(async () => { ${axe}; return (await axe.run()).violations.map((one) => one.id + ' ' + one.nodes[0].html) })()`,
  );

describe.each([
  ['a phone', 375],
  ['a desk', 1280],
])('on %s', (_, width) => {
  it('every page of the frame is accessible, fits, and complains of nothing', async () => {
    const { page, complaints } = await open(width);
    const seen = async (name: string) =>
      expect([name, await broken(page), await wide(page), complaints]).toEqual([name, [], false, []]);
    await page.goto('/sign-in');
    await seen('sign in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.title()).toBe('Error: Sign in – Firstbell');
    await seen('sign in again');
    await signIn(page);
    expect(await page.title()).toBe('Inbox – Firstbell');
    await seen('inbox');
    for (const path of ['/nowhere', '/api/docs']) {
      await page.goto(path);
      await seen(path);
    }
    await page.context().close();
  });
});

describe('the frame', () => {
  it('works without scripts: sign in, go round, sign out', async () => {
    const { page } = await open(375, false);
    await signIn(page, 'headteacher@b.example');
    const header = page.getByRole('banner');
    expect(await header.getByRole('link').allInnerTexts()).toEqual([
      'Firstbell',
      'Inbox',
      'Cases',
      'Register',
      'Calendar',
      'Figures',
      'Returns',
      'Policies',
      'Simulations',
      'Letters',
      'Referrals',
    ]);
    const heading = await page.getByRole('heading', { level: 1 }).boundingBox();
    expect(heading?.y).toBeLessThan(400);
    expect(await header.textContent()).toContain('A headteacher, Headteacher');
    expect(await header.textContent()).not.toContain('Training school');
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.context().close();
  });

  it.each([
    [
      'a training school',
      'sal@a.example',
      ['Training School A · Monday 12 October 2026', 'Made-up data. Mail goes only to the mail'],
    ],
    [
      'an authority that has real schools as well',
      'ewo@authority.example',
      ['Westshire Council', 'A ewo, Education welfare officer', 'Some of these schools are made up.'],
    ],
  ])('says whose it is, and what of it is training: %s', async (_, email, words) => {
    const { page } = await open(1280);
    await signIn(page, email);
    const header = await page.getByRole('banner').textContent();
    for (const said of words) expect(header).toContain(said);
    await page.context().close();
  });

  it('brings a keyboard straight to the content, and to what is wrong', async () => {
    const { page } = await open(1280);
    await page.goto('/sign-in');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to main content');
    await page.getByRole('button', { name: 'Sign in' }).press('Enter');
    await page.getByRole('link', { name: 'Enter your password' }).press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('password');
    await page.context().close();
  });
});
