import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { aBrowser } from '../support/browser.ts';
import { type Product, startProduct } from './product.ts';
import { type Someone, someone } from './someone.ts';

/** `npm start` as a newcomer runs it, then the whole walk in a real browser: from the first letter to a penalty notice. */
describe('the walk', () => {
  let product: Product;
  let browser: Browser;
  let page: Someone['page'];
  let { shot, signIn, nextSchoolDay, goOnTo, open, confirm, violations }: Omit<Someone, 'page'> = {} as Someone;

  beforeAll(async () => {
    product = await startProduct();
    browser = await aBrowser();
    ({ page, shot, signIn, nextSchoolDay, goOnTo, open, confirm, violations } = await someone(browser, product));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  }, 30_000);

  it('the lead approves a letter, and it arrives with its PDF after the next school day', async () => {
    await signIn('lead@oakbridge.example');
    await shot('inbox');
    expect(await violations()).toEqual([]);
    await open(/Letter 1/, 'Wójcik');
    await shot('proposal');
    expect(await violations()).toEqual([]);
    await confirm(/Approve/);
    await nextSchoolDay();
    await page.getByText('It is Tuesday 6 October 2026').waitFor();
    const mails = JSON.stringify(await (await fetch(`${product.mailInbox}/api/emails`)).json().catch(() => []));
    await page.goto(product.mailInbox);
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
    await page.goto(product.at('/cases'));
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
    await page.goto(product.at('/inbox'));
    expect(await page.locator('main').textContent()).toMatch(/tool/i);
    await shot('officer-inbox');
  }, 60_000);
});
