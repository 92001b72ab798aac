import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../../bin/parts/ports.ts';
import { aBrowser } from '../support/browser.ts';

const pictures = process.env.PICTURES;

/** `npm start` as a newcomer runs it, then the whole walk in a real browser: from the first letter to a penalty notice. */
describe('the walk', () => {
  const data = mkdtempSync(path.join(tmpdir(), 'firstbell-walk-'));
  let port: number;
  let product: ReturnType<typeof spawn>;
  let said = '';
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    port = await freePort();
    product = spawn(process.execPath, ['bin/firstbell.mjs', 'start', '--data', data, '--port', String(port)], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
    };
    for (const stream of [product.stdout, product.stderr]) stream?.on('data', hear);
    for (const end = Date.now() + 120_000; !/Ctrl-C/.test(said); await new Promise((resolve) => setTimeout(resolve, 200))) {
      if (Date.now() > end || product.exitCode !== null) throw new Error(`It did not start:\n${said}`);
    }
    browser = await aBrowser();
    page = await (
      await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London', viewport: { width: 1200, height: 900 } })
    ).newPage();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    const ended = new Promise((resolve) => product.once('exit', resolve));
    product.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  }, 30_000);

  const at = (place: string) => `http://127.0.0.1:${port}${place}`;
  const shot = async (name: string) => {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: name !== 'inbox' });
  };
  async function signIn(email: string) {
    await page.context().clearCookies();
    await page.goto(at('/sign-in'));
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill('first-bell-training');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/inbox/);
  }
  async function goOnTo(day: string) {
    await page.goto(at('/training'));
    await page.getByLabel('Or go on to a date').fill(day);
    await page.getByRole('button', { name: 'Go to this date' }).click();
    await page.getByText(/looks again by itself/).waitFor();
    await page.getByRole('button', { name: 'Next school day' }).waitFor({ timeout: 120_000 });
  }
  /** Opens what the inbox asks about this pupil, as the person signed in. */
  async function open(what: RegExp, pupil: string) {
    await page.goto(at('/inbox'));
    for (;;) {
      const row = page.getByRole('row').filter({ hasText: pupil }).getByRole('link', { name: what });
      if ((await row.count()) > 0) return row.first().click();
      const next = page.getByRole('link', { name: 'Next page' });
      if ((await next.count()) === 0)
        throw new Error(`The inbox asks nothing like ${what} about ${pupil}: ${await page.locator('main').textContent()}`);
      await next.click();
    }
  }
  async function confirm(choice: RegExp, fill: Record<string, string> = {}) {
    await page.getByRole('radio', { name: choice }).check();
    for (const [label, value] of Object.entries(fill)) {
      const field = page.getByLabel(label, { exact: true });
      if ((await field.evaluate((node) => node.tagName)) === 'SELECT') await field.selectOption({ label: value });
      else await field.fill(value);
    }
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForURL(/\/(inbox|referrals\/[^/]+)$/).catch(async () => {
      throw new Error(`The decision did not go through at ${page.url()}: ${await page.locator('main').textContent()}`);
    });
    expect(await page.locator('.govuk-error-summary').allTextContents()).toEqual([]);
  }
  /** GOV.UK Frontend puts aria-expanded on a radio that reveals more, knowingly: that one rule is left out. */
  const violations = async () => {
    await page.evaluate(axe.source);
    const { violations: found } = (await page.evaluate(
      'axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], rules: { "aria-allowed-attr": { enabled: false } } })',
    )) as { violations: { id: string; nodes: { html: string }[] }[] };
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  };

  it('the lead approves a letter, and it arrives with its PDF after the next school day', async () => {
    await signIn('lead@oakbridge.example');
    await shot('inbox');
    expect(await violations()).toEqual([]);
    await open(/Letter 1/, 'Wójcik');
    await shot('proposal');
    expect(await violations()).toEqual([]);
    await confirm(/Approve/);
    await page.goto(at('/training'));
    await page.getByRole('button', { name: 'Next school day' }).click();
    await page.getByText(/looks again by itself/).waitFor();
    await page.getByRole('button', { name: 'Next school day' }).waitFor({ timeout: 60_000 });
    await page.getByText('It is Tuesday 6 October 2026').waitFor();
    const inbox = /Mail inbox\s+(\S+)/.exec(said)?.[1] ?? '';
    const mails = JSON.stringify(await (await fetch(`${inbox}/api/emails`)).json().catch(() => []));
    await page.goto(inbox);
    await page.getByText('A letter for you from Oakbridge School').first().waitFor();
    await shot('mail-inbox');
    expect(mails).not.toMatch(/Łukasz.*subject/);
  }, 120_000);

  it('a case walks the whole ladder to the authority', async () => {
    await signIn('teacher.9a@oakbridge.example');
    await open(/how can we help/, 'Zoë Ashworth');
    await page.getByRole('radio', { name: /Record the call/ }).check();
    await page.getByRole('radio', { name: 'Yes' }).check();
    await confirm(/Record the call/, { 'A mentor or key adult': 'Accepted', Note: 'Mornings are hard. Offered a mentor.' });
    await signIn('lead@oakbridge.example');
    await goOnTo('2026-10-07');
    await open(/Letter 1/, 'Zoë Ashworth');
    await confirm(/Approve/);
    await goOnTo('2026-10-21');
    await open(/Letter 2/, 'Zoë Ashworth');
    await confirm(/Approve/);
    await goOnTo('2026-10-22');
    await open(/formal monitoring/, 'Zoë Ashworth');
    await page.getByRole('radio', { name: /Record the call/ }).check();
    await page.getByRole('radio', { name: 'Yes' }).check();
    await confirm(/Record the call/, { Note: 'Explained the target.' });
    await goOnTo('2026-11-12');
    await open(/Invitation/, 'Zoë Ashworth');
    await confirm(/Approve/, { 'Day of the meeting': '2026-11-17', 'Time of the meeting': '15:30' });
    await goOnTo('2026-11-17');
    await open(/Meet the parents/, 'Zoë Ashworth');
    await confirm(/Record the meeting/, {
      'What came of it': 'It was held',
      'On which day': '2026-11-17',
      Note: 'Targets agreed.',
    });
    await goOnTo('2026-12-03');
    await open(/referral/, 'Zoë Ashworth');
    await confirm(/Approve/);
    await page.goto(at('/cases'));
    const hers = page.getByRole('link', { name: 'Zoë Ashworth' });
    while ((await hers.count()) === 0) await page.getByRole('link', { name: 'Next page' }).click();
    await hers.click();
    await page.getByRole('heading', { name: 'Zoë Ashworth' }).waitFor();
    await shot('case');
    expect(await violations()).toEqual([]);
  }, 300_000);

  it('the officer accepts the referral with its evidence', async () => {
    await signIn('ewo@severnshire.example');
    await open(/referral/i, 'Zoë Ashworth');
    await shot('referral');
    expect(await violations()).toEqual([]);
    await page
      .getByRole('radio', { name: /accept/i })
      .first()
      .check();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForLoadState();
    await page.goto(at('/inbox'));
    expect(await page.locator('main').textContent()).toMatch(/tool/i);
    await shot('officer-inbox');
  }, 60_000);
});
