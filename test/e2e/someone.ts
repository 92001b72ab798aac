import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { demoPassword } from '../../policy/training/demo-password.ts';
import type { Product } from './product.ts';

const pictures = process.env.PICTURES;

export type Someone = Awaited<ReturnType<typeof someone>>;

type Answer = { fill?: Record<string, string>; tick?: RegExp[]; why?: string };

/** Somebody at a browser of the product, and what they do there: sign in, open what the inbox asks, decide, let days come. */
export async function someone(browser: Browser, { at }: Pick<Product, 'at'>) {
  const context = { locale: 'en-GB', timezoneId: 'Europe/London', viewport: { width: 1200, height: 900 } };
  const page = await (await browser.newContext(context)).newPage();
  // Walking to a date is many school days at once.
  page.setDefaultTimeout(200_000);
  const find = async (pupil: string) => {
    await page.goto(at('/inbox'));
    await page.getByRole('searchbox', { name: 'Find a pupil' }).fill(pupil);
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('heading', { name: 'Find a pupil' }).waitFor();
  };
  return {
    page,
    /** A picture of the page, if PICTURES names a folder for them. */
    async shot(name: string) {
      if (!pictures) return;
      mkdirSync(pictures, { recursive: true });
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: name !== 'inbox' });
    },
    async signIn(email: string) {
      await page.context().clearCookies();
      await page.goto(at('/sign-in'));
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password').fill(demoPassword);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(at('/inbox'));
    },
    async nextSchoolDay() {
      await page.goto(at('/training'));
      await page.getByRole('button', { name: 'Next school day' }).click();
      await page.getByRole('link', { name: 'See what came of it' }).click();
      await page.getByRole('button', { name: 'Next school day' }).waitFor();
    },
    async goOnTo(day: string) {
      await page.goto(at('/training'));
      await page.getByLabel('Or go on to a date').fill(day);
      await page.getByRole('button', { name: 'Go to this date' }).click();
      await page.getByRole('link', { name: 'See what came of it' }).click();
      await page.getByRole('button', { name: 'Next school day' }).waitFor();
    },
    /** Opens what is asked about this pupil of the person signed in. A case hears of an import a moment after it. */
    async open(what: RegExp, pupil: string) {
      const asked = page.getByRole('row').filter({ hasText: pupil }).getByRole('cell').last().getByRole('link', { name: what });
      for (const end = Date.now() + 60_000; ; ) {
        await find(pupil);
        if ((await asked.count()) > 0) return asked.first().click();
        if (Date.now() > end) throw new Error(`Nothing like ${what} is asked: ${await page.locator('main').textContent()}`);
      }
    },
    async openCase(pupil: string) {
      await find(pupil);
      await page.getByRole('link', { name: /^(Case|Last case):/ }).click();
      await page.getByRole('heading', { name: pupil }).waitFor();
    },
    async confirm(choice: RegExp, fill: Record<string, string> = {}) {
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
    },
    /** Answers what a referral asks: the choice, what belongs to it, and the reasons, where the answer has any. */
    async answer(choice: RegExp, { fill = {}, tick = [], why }: Answer) {
      await page.getByRole('radio', { name: choice }).check();
      const part = page.locator('.govuk-radios__conditional:visible');
      for (const [label, value] of Object.entries(fill)) await part.getByLabel(label, { exact: true }).fill(value);
      for (const label of tick) await part.getByLabel(label).first().check();
      if (why !== undefined) await page.getByLabel('Reasons, and what else belongs in the record').fill(why);
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.waitForURL(/\/referrals\/[^/]+$/).catch(async () => {
        throw new Error(`The answer did not go through at ${page.url()}: ${await page.locator('main').textContent()}`);
      });
    },
    /** GOV.UK Frontend puts aria-expanded on a radio that reveals more, knowingly: that one rule is left out. */
    async violations() {
      await page.evaluate(axe.source);
      const { violations: found } = (await page.evaluate(
        'axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], rules: { "aria-allowed-attr": { enabled: false } } })',
      )) as { violations: { id: string; nodes: { html: string }[] }[] };
      return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    },
  };
}
