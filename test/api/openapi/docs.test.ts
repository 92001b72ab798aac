import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { allRoutes } from '../../../api/all-routes.ts';
import { nouns } from '../../../api/openapi/openapi.ts';
import { aBrowser } from '../../support/browser.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let schools: TwoSchools;
let server: Server;
let chromium: Browser;

beforeAll(async () => {
  schools = await twoSchools();
  server = createServer(schools.app).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  chromium = await aBrowser();
});
afterAll(async () => {
  await chromium.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await schools.close();
});

async function docs({ width, javaScriptEnabled = true }: { width: number; javaScriptEnabled?: boolean }) {
  const page = await (await chromium.newContext({ viewport: { width, height: 800 }, javaScriptEnabled })).newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/docs`);
  return page;
}

describe('the description of the API as a page', () => {
  it('has every endpoint under its noun, and its links lead somewhere', async () => {
    const page = await docs({ width: 1280 });
    const headings = await page.getByRole('heading', { level: 3 }).allInnerTexts();
    for (const route of allRoutes())
      if (route.kind === 'api')
        expect(headings).toContain(`${route.method.toUpperCase()} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`);
    const sections = await page.getByRole('heading', { level: 2 }).allInnerTexts();
    expect(sections.map((text) => text.toLowerCase())).toEqual(['contents', ...Object.keys(nouns), 'shapes']);
    const lost = 'document.querySelectorAll("a[href^=\'#\']")';
    expect(
      await page.evaluate(`[...${lost}].map((a) => a.getAttribute('href')).filter((to) => !document.querySelector(to))`),
    ).toEqual([]);
    await page.context().close();
  });

  it('opens without scripts, and says what an endpoint takes and answers', async () => {
    const page = await docs({ width: 375, javaScriptEnabled: false });
    const details = page.getByRole('group').filter({ hasText: 'Decide on a proposal of a case' });
    await details.locator('summary').click();
    expect((await details.allInnerTexts()).join(' ').replaceAll(/\s+/g, ' ')).toMatch(
      /Idempotency-Key text, 200 characters at most.*Body application\/json version whole number.*decision CaseDecision.*Answer application\/json: Standing/,
    );
    await page.getByRole('link', { name: 'CaseDecision' }).first().click();
    const shape = (await page.locator('#shape-CaseDecision ~ *').allInnerTexts()).join(' ').replaceAll(/\s+/g, ' ');
    expect(shape).toContain('Where choice is "decline": text text, 2000 characters at most Kept in the record');
    await page.context().close();
  });

  it.each([375, 1280])('is accessible and fits with everything open, %i wide', async (width) => {
    const page = await docs({ width });
    await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true })');
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    const found = await page.evaluate<string[]>(
      `(async () => { ${axe}; return (await axe.run()).violations.map((one) => one.id + ' ' + one.nodes[0].html) })()`,
    );
    expect(found).toEqual([]);
    await page.context().close();
  });
});
