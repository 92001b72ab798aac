import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { aBrowser } from '../support/browser.ts';
import { type Mail, type Product, startProduct } from './product.ts';
import { type Someone, someone } from './someone.ts';

const hasPdf = ({ attachments = [] }: Mail) => attachments.some(({ contentType }) => contentType === 'application/pdf');
const readers = (mails: readonly Mail[]) => new Set(mails.flatMap(({ to }) => to.map(({ address }) => address)));

/** `npm start` as a newcomer runs it, then the whole walk in a real browser: from the first letter to a penalty notice. */
describe('the walk', () => {
  let product: Product;
  let browser: Browser;
  let page: Someone['page'];
  let { shot, signIn, nextSchoolDay, goOnTo, open, openCase, confirm, answer, violations }: Omit<Someone, 'page'> = {} as Someone;

  beforeAll(async () => {
    product = await startProduct();
    browser = await aBrowser();
    ({ page, shot, signIn, nextSchoolDay, goOnTo, open, openCase, confirm, answer, violations } = await someone(
      browser,
      product,
    ));
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('the lead approves a letter, and it arrives with its PDF and the leaflet after the next school day', async () => {
    await signIn('lead@oakbridge.example');
    await shot('inbox');
    expect(await violations()).toEqual([]);
    await open(/Letter 1/, 'Wójcik');
    await shot('proposal');
    expect(await violations()).toEqual([]);
    await confirm(/Approve/);
    await nextSchoolDay();
    await page.getByText('It is Tuesday 6 October 2026').waitFor();
    const letters = (await product.mails()).filter(hasPdf);
    expect(letters).toHaveLength(2);
    expect(readers(letters).size).toBe(2);
    for (const { attachments } of letters)
      expect(attachments?.map(({ filename }) => filename)).toEqual([expect.stringMatching(/^letter-FB/), 'leaflet.pdf']);
    expect(letters.map(({ subject }) => subject).join()).not.toMatch(/Łukasz|Wójcik/);
    await page.goto(product.mailInbox);
    await page.getByText('A letter for you from Oakbridge School').first().waitFor();
    await shot('mail-inbox');
  });

  it('a case walks the whole ladder to the authority', async () => {
    await signIn('lead@oakbridge.example');
    await open(/how can we help/, 'Zoë Ashworth');
    await page.getByRole('radio', { name: /Record the call/ }).check();
    await page.getByRole('radio', { name: 'Yes' }).check();
    await confirm(/Record the call/, { 'A mentor or key adult': 'Accepted', Note: 'Mornings are hard. Offered a mentor.' });
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
    await open(/Meet the parents/, 'Zoë Ashworth');
    await confirm(/Record the meeting/, {
      'What came of it': 'It was held',
      'On which day': '2026-10-22',
      Note: 'The formal meeting below 90%.',
    });
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
    await open(/Referral/, 'Zoë Ashworth');
    await confirm(/Approve/);
    await openCase('Zoë Ashworth');
    await shot('case');
    expect(await violations()).toEqual([]);
  });

  it('the officer returns the referral with what is missing, and the school refers again', async () => {
    await signIn('ewo@severnshire.example');
    await open(/referral/i, 'Zoë Ashworth');
    await answer(/Return it to the school/, { tick: [/Registration certificate/], why: 'The certificate is of last year.' });
    await signIn('lead@oakbridge.example');
    await open(/Referral/, 'Zoë Ashworth');
    const asked = await page.locator('main').textContent();
    expect(asked).toContain('The authority returned the referral: complete what it found missing, then refer again');
    expect(asked).toContain('Missing: Registration certificate for this year and the last. “The certificate is of last year.”');
    await confirm(/Approve/, { 'Note (optional)': 'Both certificates are in the post.' });
  });

  it('the officer accepts the referral with its evidence, and agrees a contract', async () => {
    await signIn('ewo@severnshire.example');
    await open(/referral/i, 'Zoë Ashworth');
    expect(await page.locator('main').textContent()).toContain('Both certificates are in the post.');
    await page.getByRole('link', { name: 'The referral and its evidence' }).click();
    await page.getByRole('heading', { name: 'Zoë Ashworth' }).waitFor();
    const evidence = await page.locator('main').textContent();
    for (const part of ['Letter 1', 'Letter 2', 'Mornings are hard', 'A mentor or key adult']) expect(evidence).toContain(part);
    await shot('referral');
    expect(await violations()).toEqual([]);
    await open(/referral/i, 'Zoë Ashworth');
    await answer(/Accept the referral/, { why: 'The evidence is complete.' });
    await shot('officer-inbox');
    await open(/Decide what is done next/, 'Zoë Ashworth');
    await answer(/Attendance contract/, { why: 'The parents are willing to talk.' });
    await open(/Agree an attendance contract/, 'Zoë Ashworth');
    await answer(/A contract was agreed/, {
      fill: { 'Agreed on': '2026-12-03', Until: '2026-12-17', 'First review': '2026-12-10' },
      tick: [/Mother/, /attends every day/, /mentor or key adult/],
      why: 'Agreed at the meeting, with the class teacher.',
    });
    await goOnTo('2026-12-10');
    await open(/Review the attendance contract/, 'Zoë Ashworth');
    await answer(/The contract is not kept/, { why: 'Two days missed in the first week.' });
  });

  it('a notice to improve goes to the parents, and its period is judged', async () => {
    await open(/Decide what is done next/, 'Zoë Ashworth');
    await answer(/Notice to improve/, { why: 'A last chance to take up the support.' });
    await open(/Issue the notice to improve/, 'Zoë Ashworth');
    expect(await violations()).toEqual([]);
    await answer(/Issue the notice/, {
      fill: {
        'The period begins on': '2026-12-15',
        'How many school weeks?': '3',
        'Attendance wanted in the period, in percent': '95',
        'A paragraph for the parents': 'A mentor meets Zoë each morning, and the school nurse can be asked.',
      },
      tick: [/does not engage/],
    });
    await goOnTo('2026-12-11');
    expect(await postNotices('Zoë Ashworth')).toBe(2);
    await goOnTo('2027-01-19');
    expect((await product.mails()).filter(({ text }) => /Notice to improve/.test(text))).toEqual([]);
    await open(/Judge the notice to improve/, 'Zoë Ashworth');
    await answer(/did not improve enough/, { why: 'The figures say so.' });
  });

  /** A legal warning goes by post: each parent's is printed and posted from the referral's page. */
  async function postNotices(name: string): Promise<number> {
    await page.goto(product.at('/referrals'));
    await page.getByRole('link', { name }).click();
    const links = await page.getByRole('row').filter({ hasText: 'Notice to improve' }).getByRole('link').all();
    const letters = await Promise.all(links.map((link) => link.getAttribute('href')));
    for (const letter of letters) {
      await page.goto(product.at(letter ?? ''));
      await page.getByRole('button', { name: 'I have posted it today' }).click();
      await page
        .getByText(/^Posted/)
        .first()
        .waitFor();
    }
    return letters.length;
  }

  it('the headteacher authorises a penalty notice, and the officer records it and its payment', async () => {
    await open(/Decide what is done next/, 'Zoë Ashworth');
    await answer(/Penalty notice: ask the headteacher/, {
      tick: [/Mother/, /did not work/],
      why: 'A contract and a notice to improve did not help.',
    });
    await signIn('head@oakbridge.example');
    await open(/Authorise a penalty notice/, 'Zoë Ashworth');
    await shot('authorise');
    expect(await violations()).toEqual([]);
    await answer(/Authorise the penalty notice/, { why: 'Considered against the guidance.' });
    await signIn('ewo@severnshire.example');
    await open(/Issue the penalty notice/, 'Zoë Ashworth');
    await answer(/The notice is issued/, { fill: { 'Posted on': '2027-01-19' } });
    const notice = page.getByRole('row').filter({ hasText: '£80 by' }).getByRole('link');
    await notice.click();
    await page.getByText('£80 until Wednesday 10 February 2027').waitFor();
    await shot('penalty-notice');
    expect(await violations()).toEqual([]);
    await goOnTo('2027-01-22');
    await page.goto(product.at('/referrals'));
    await page.getByRole('link', { name: 'Zoë Ashworth' }).click();
    await notice.click();
    await page.getByRole('radio', { name: 'It was paid' }).check();
    await page.getByLabel('Paid on').fill('2027-01-22');
    await page.getByLabel('Amount in pounds').fill('80');
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByText('£80 paid by').waitFor();
  });

  it("the school's case tells the whole story", async () => {
    await signIn('lead@oakbridge.example');
    await openCase('Zoë Ashworth');
    const story = await page.locator('main').textContent();
    for (const part of ['attendance contract agreed', 'penalty notice issued', 'penalty notice paid'])
      expect(story).toContain(`The authority: ${part}`);
  });
});
