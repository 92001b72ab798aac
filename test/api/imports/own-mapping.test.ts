import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { presets } from '../../../activities/register/reading/presets.ts';
import { csrfOn, submit } from '../../support/callers.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

const ours = `mapping: our-marks
title: Our weekly report
rests on: a report of our own
kind: marks
columns: { admission_no: Who, date: When, session: Half, code: Mark }
`;

describe('a mapping of a school’s own, on the imports page', () => {
  let schools: TwoSchools;
  beforeAll(async () => {
    schools = await twoSchools({ layouts: presets() });
  });
  afterAll(() => schools.close());

  async function bring(text: string | null) {
    const browser = await schools.signedIn('attendance-officer');
    const asked = browser
      .post('/imports/mappings')
      .field({ _csrf: await csrfOn(browser, '/imports'), decisionKey: randomUUID() });
    const { status, text: page } = await (text === null ? asked : asked.attach('mapping', Buffer.from(text), 'ours.yaml'));
    return { status, page };
  }

  it('on the page of a school without marks no list to choose a school year from is empty', async () => {
    await schools.db.pupilTotal.deleteMany();
    const { text } = await (await schools.signedIn('attendance-officer')).get('/imports');
    expect(text).not.toMatch(/<select[^>]*><\/select>/);
    expect(text).toContain('There are no marks to take out yet.');
  });

  it.each([
    ['no file', null, /<a href="#mapping">Choose a file<\/a>/],
    ['no YAML', 'kind: [', /ours\.yaml: line 1, column 8: /],
    [
      'two lines that are wrong',
      ours.replace('kind: marks\n', 'kind: marks\ndates: us\n').replace('Who', '7'),
      /line 5, dates: Write one of: iso, [^\n]+\nline 6, columns: admission_no: Write it in quotation marks/,
    ],
    ['a name that is taken', ours.replace('our-marks', 'sims-marks'), /Firstbell has a mapping &quot;sims-marks&quot; itself/],
    ['a book', `${ours}# ${'x'.repeat(100_001)}`, /too large for a mapping/],
  ])('is refused beside its field: %s', async (_, text, expected) => {
    const { status, page } = await bring(text);
    expect([status, page]).toEqual([422, expect.stringMatching(expected)]);
    expect(page).toContain('id="mapping-error"');
    expect(await schools.db.schoolMapping.count()).toBe(0);
  });

  it('is among the layouts of its own school until somebody takes it out', async () => {
    expect((await bring(ours)).status).toBe(303);
    const [office, other] = [await schools.signedIn('attendance-officer'), await schools.signedIn('attendance-officer', 'b')];
    const layout = '<option value="our-marks">Our weekly report</option>';
    expect((await office.get('/imports')).text).toContain(layout);
    expect((await other.get('/imports')).text).not.toContain('our-marks');
    const { id } = await schools.db.schoolMapping.findFirstOrThrow();
    const takeOut = `/imports/mappings/${id}`;
    expect((await submit(other, takeOut, {}, { form: '/imports' })).status).toBe(404);
    expect((await submit(office, takeOut, {}, { form: '/imports' })).status).toBe(303);
    expect((await office.get('/imports')).text).not.toContain('our-marks');
  });
});
