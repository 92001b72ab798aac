import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { trainingFiles } from '../../policy/training/csv.ts';
import { aBrowser } from '../support/browser.ts';
import { firstbell } from '../support/firstbell.ts';
import { type Product, startProduct } from './product.ts';
import { type Someone, someone } from './someone.ts';

const zoe = 'Zoë Ashworth';
const parents = ['p0001.1@families.example', 'p0001.2@families.example'];

/**
 * The whole walk on a register that is imported: a practice school of one class, its files on the imports page and from the
 * command line as a nightly job would bring them, and a case from the call at 96% to the authority.
 */
describe('the walk of an imported register', () => {
  let product: Product;
  let browser: Browser;
  let page: Someone['page'];
  let { signIn, nextSchoolDay, goOnTo, open, confirm }: Omit<Someone, 'page'> = {} as Someone;
  const folder = () => path.join(product.data, 'files');
  const file = (name: string) => path.join(folder(), name);
  const september = 'marks-2026-09-02-to-2026-10-05.csv';

  beforeAll(async () => {
    product = await startProduct();
    browser = await aBrowser();
    ({ page, signIn, nextSchoolDay, goOnTo, open, confirm } = await someone(browser, product));
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  /** Brings a file in on the imports page, and says what the page says that it would do. */
  async function upload(kind: 'Pupils' | 'Contacts' | 'Marks', at: string): Promise<string> {
    await page.goto(product.at('/imports'));
    await page.getByRole('radio', { name: kind }).check();
    await page.getByLabel('CSV file').setInputFiles(at);
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
    await page.getByText('Look now').waitFor({ state: 'detached' });
    const ended = page.getByRole('link', { name: 'See what came of it' });
    if ((await ended.count()) > 0) await Promise.all([page.waitForEvent('load'), ended.click()]);
    return said();
  }
  const said = async () => ((await page.locator('main').textContent()) ?? '').replaceAll(/\s+/g, ' ');

  /** Looks at a file, takes it, and says what the page says of that. */
  async function taken(...what: Parameters<typeof upload>): Promise<string> {
    await upload(...what);
    await page.getByRole('button', { name: 'Take it into the register' }).click();
    await page.getByText('rows read:').waitFor();
    return said();
  }

  /** The register of some days from the command line, once they have come. */
  async function import_(from: string, to = from): Promise<string> {
    const at = file(`night-${to}.csv`);
    writeFileSync(at, trainingFiles(from, to, ['9A']).marks);
    const { code, out, err } = await product.firstbell('import', 'marks', at, '--school', 'larkfield');
    expect([code, err]).toEqual([0, '']);
    return out;
  }

  it('a practice school is set up from its file; the same file again changes nothing', async () => {
    const setUp = () => product.firstbell('school', 'docs/examples/practice-school.yaml');
    expect(await setUp()).toMatchObject({
      code: 0,
      out: expect.stringContaining('School larkfield: new, Larkfield School'),
      err: '',
    });
    expect(await setUp()).toEqual({ code: 0, out: 'Nothing changed: Larkfield School is as the file says.\n', err: '' });
    mkdirSync(folder());
    const wanted = ['--from', '2026-09-02', '--to', '2026-10-05', '--class', '9A'];
    expect(await firstbell(['training-files', folder(), ...wanted])).toMatchObject({
      code: 0,
      out: expect.stringContaining(september),
    });
  });

  it('its files are imported on the page: a bad row is named and nothing is half-written; the same twice changes nothing', async () => {
    await signIn('office@larkfield.example');
    expect(await page.getByRole('banner').textContent()).toMatch(/Larkfield School · Monday 5 October 2026.*Training school/s);
    expect(await taken('Pupils', file('pupils.csv'))).toMatch(/33 rows read: 33 new.*33 new rows, 0 changed\./);
    expect(await taken('Contacts', file('contacts.csv'))).toMatch(/ new rows, 0 changed\./);

    const lines = readFileSync(file(september), 'utf8').split('\r\n');
    writeFileSync(file('bad.csv'), lines.with(4, 'A0001,2026-09-03,PM,zz,,').join('\r\n'));
    const refused = await upload('Marks', file('bad.csv'));
    expect(refused).toMatch(/Nothing is in the register yet.*Download 1 row with the reasons/);
    const cells = await page.getByRole('row').last().locator('th, td').allTextContents();
    expect(cells).toEqual([
      'Row 5',
      'code',
      'zz',
      expect.stringMatching(/^"zz", given for 2026-09-03, is not an attendance code\. Use/),
    ]);

    await page.getByRole('button', { name: 'Cancel this import' }).click();
    await page.getByText('It was cancelled. Nothing was taken in.').waitFor();

    expect(await taken('Marks', file(september))).toMatch(/1,584 rows read: 1,584 new, 0 changed/);
    expect(await upload('Marks', file(september))).toMatch(/Nothing new\..*The same file was imported on/);
  });

  it('a pupil who comes to exactly 96% is a call, not a letter', async () => {
    await signIn('lead@larkfield.example');
    await nextSchoolDay();
    await page.getByText('It is Tuesday 6 October 2026').waitFor();
    expect(await import_('2026-10-06')).toMatch(/^66 rows read: 66 new, 0 changed\. \d+ cases? opened, /);
    await open(/how can we help/, zoe);
    expect(await page.locator('main').textContent()).toContain('96.0%');
    await page.getByRole('radio', { name: /Record the call/ }).check();
    await page.getByRole('radio', { name: 'Yes' }).check();
    await confirm(/Record the call/, { 'A mentor or key adult': 'Accepted', Note: 'Mornings are hard.' });
  });

  it('letter 1 arrives at each parent’s, with its PDF and the leaflet', async () => {
    await nextSchoolDay();
    await import_('2026-10-07');
    await open(/Letter 1/, zoe);
    await confirm(/Approve/);
    await goOnTo('2026-10-21');
    const mails = (await product.mails()).filter(({ to }) => parents.includes(to[0]?.address ?? ''));
    expect(mails.map(({ to }) => to.map(({ address }) => address).join()).sort()).toEqual(parents);
    for (const { subject, attachments } of mails) {
      expect(subject).toBe('A letter for you from Larkfield School');
      expect(attachments?.map(({ filename }) => filename)).toEqual([expect.stringMatching(/^letter-/), 'leaflet.pdf']);
    }
  });

  it('letter 2, monitoring, the meeting and the referral follow, as its register comes in leg by leg', async () => {
    await import_('2026-10-08', '2026-10-21');
    await open(/Letter 2/, zoe);
    await confirm(/Approve/);
    await goOnTo('2026-10-22');
    await import_('2026-10-22');
    await open(/formal monitoring/, zoe);
    await page.getByRole('radio', { name: /Record the call/ }).check();
    await page.getByRole('radio', { name: 'Yes' }).check();
    await confirm(/Record the call/, { Note: 'Explained the target.' });
    await open(/Meet the parents/, zoe);
    const formal = { 'What came of it': 'It was held', 'On which day': '2026-10-22', Note: 'The formal meeting below 90%.' };
    await confirm(/Record the meeting/, formal);
    await goOnTo('2026-11-12');
    await import_('2026-10-23', '2026-11-12');
    await open(/Invitation/, zoe);
    await confirm(/Approve/, { 'Day of the meeting': '2026-11-17', 'Time of the meeting': '15:30' });
    await goOnTo('2026-11-17');
    await import_('2026-11-13', '2026-11-17');
    await open(/Meet the parents/, zoe);
    const meeting = { 'What came of it': 'It was held', 'On which day': '2026-11-17', Note: 'Targets agreed.' };
    await confirm(/Record the meeting/, meeting);
    await goOnTo('2026-12-03');
    await import_('2026-11-18', '2026-12-03');
    await open(/Referral/, zoe);
    await confirm(/Approve/);
  });

  it('the officer accepts it', async () => {
    await signIn('ewo@wyeshire.example');
    await open(/referral/i, zoe);
    await page
      .getByRole('radio', { name: /accept/i })
      .first()
      .check();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForLoadState();
    await page.goto(product.at('/inbox'));
    expect(await page.locator('main').textContent()).toContain('Decide what is done next');
  });

  it('its ledger is verified beside the running start', async () => {
    await signIn('lead@larkfield.example');
    await page.goto(product.at('/cases'));
    await page.getByRole('link', { name: zoe }).click();
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/);
    const id = page.url().split('/').at(-1) ?? '';
    const { code, out } = await product.firstbell('verify', id);
    expect(out).toMatch(
      /^right {2}the chain of \d+ events\nright {2}the state rebuilt .*\nright {2}the workflow holds the same state\n$/,
    );
    expect(code).toBe(0);
  });
});
