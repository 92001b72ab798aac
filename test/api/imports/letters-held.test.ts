import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { columnsOf } from '../../../policy/register/csv-forms.ts';
import { csvOf, markCells, pupilCells } from '../../activities/register/a-register.ts';
import { emailOf } from '../../support/desk.ts';
import { aRunningApi } from '../../support/running-api.ts';
import { aSchool, until } from '../../support/school.ts';

describe('what an import would do to letters that wait', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof aRunningApi>>;
  beforeAll(async () => {
    const away = { '2026-09-10': 'O', '2026-09-11': 'O' };
    school = await aSchool({ today: '2026-09-21', pupils: { ada: away, ben: away } });
    api = await aRunningApi(school);
    for (const pupil of ['ada', 'ben']) await school.decide(pupil, 'letter-1', { choice: 'approve' });
    await until(async () => (await school.db.letter.count({ where: { pdf: { not: null } } })) === 4);
    // One of ada's lies in the print queue by now.
    await school.db.letter.updateMany({
      where: { id: (await school.lettersOf('ada'))[0]?.id ?? '' },
      data: { status: 'to-print' },
    });
  });
  afterAll(async () => {
    await api?.stop();
    await school?.end();
  });

  it('is said before it is taken, letter by letter, and comes so', async () => {
    const there = (no: string, ...days: string[]) =>
      days.flatMap((day) => [
        markCells([no, day, 'AM', '/', 'She was there']),
        markCells([no, day, 'PM', '\\', 'She was there']),
      ]);
    const file = csvOf('marks', [
      ...there('ada', '2026-09-10', '2026-09-11'),
      markCells(['ben', '2026-09-10', 'AM', 'U', 'Late']),
    ]);
    const office = await api.as('attendance-officer');
    const { id } = (await office.postFile('/api/v1/imports/look?kind=marks', file, randomUUID())).body;
    const looked = async () => (await office.get(`/api/v1/imports/${id}`)).body;
    await until(async () => (await looked()).status === 'looked');
    const body = await looked();
    const adas = (await school.lettersOf('ada')).map(({ id }) => id);
    expect(body.look.letters).toHaveLength(4);
    const why = 'Attendance is now 100.0% (28 of 28 sessions); the letter was approved at 85.7%';
    expect(body.look.held).toEqual(adas.map((letterId) => ({ letterId, why })));
    const page = (await (await api.browserOf(emailOf('attendance-officer'))).get(`/imports/${body.id}`)).text;
    expect(page).toContain(
      '4 letters of these cases wait to go. 2 would be held, as the register says otherwise, until a person says whether they go.',
    );
    expect(page.match(/A letter would be held<\/a>: Attendance is now 100\.0%/g)).toHaveLength(2);
    expect(page.match(/A letter waits to go<\/a>/g)).toHaveLength(2);
    const taken = { do: 'take', seen: body.look.seen };
    expect((await office.post(`/api/v1/imports/${body.id}/action`, taken, randomUUID())).status).toBe(200);
    await until(async () => (await school.lettersOf('ada')).every(({ status }) => status === 'questioned'));
    expect((await school.lettersOf('ben')).map(({ status }) => status)).toEqual(['waiting', 'waiting']);
  });

  it('shows which marks would change, from the count, and nothing once nobody has to decide', async () => {
    const office = await api.as('attendance-officer');
    const file = csvOf('marks', [markCells(['ben', '2026-09-11', 'AM', 'I', 'Letter from the doctor'])]);
    const { id } = (await office.postFile('/api/v1/imports/look?kind=marks', file, randomUUID())).body;
    await until(async () => (await office.get(`/api/v1/imports/${id}`)).body.status === 'looked');
    const browser = await api.browserOf(emailOf('attendance-officer'));
    expect((await browser.get(`/imports/${id}`)).text).toContain(`<a class="govuk-link" href="/imports/${id}/changes">See which`);
    const said = /11 Sep 2026, morning<\/td>.*code: from O \(Absent in other or unknown circumstances\) to I \(Illness\)/s;
    expect((await browser.get(`/imports/${id}/changes`)).text).toMatch(said);
    await office.post(`/api/v1/imports/${id}/action`, { do: 'cancel' }, randomUUID());
    const after = (await browser.get(`/imports/${id}/changes`)).text;
    expect([said.test(after), after.includes('Nobody has to decide on this import')]).toEqual([false, true]);
    expect((await browser.get(`/imports/${id}`)).text).not.toContain('/changes');
  });

  it('shows the first rows with the columns of the form, in its order', async () => {
    const office = await api.as('attendance-officer');
    const { id } = (
      await office.postFile('/api/v1/imports/look?kind=pupils', csvOf('pupils', [pupilCells('new', 7)]), randomUUID())
    ).body;
    await until(async () => (await office.get(`/api/v1/imports/${id}`)).body.status === 'looked');
    const page = (await (await api.browserOf(emailOf('attendance-officer'))).get(`/imports/${id}`)).text;
    const heads = [...page.matchAll(/scope="col">(\w+)</g)].map(([, head]) => head);
    expect(heads).toEqual(['Row', ...columnsOf('pupils').all.filter((column) => heads.includes(column))]);
    expect(page).toContain('text with commas, UTF-8.');
  });

  it('reads out no day that is still to come as one without school or without a mark', async () => {
    const page = await api.browserOf(emailOf('attendance-officer'));
    for (const path of [`/register/${school.idOf('ada')}`, '/register']) {
      const cells = (await page.get(path)).text.match(/<td class="fb-mark--[^>]*title="[^"]*"/g) ?? [];
      expect([path, cells.filter((cell) => cell.includes('Still to come')).length % 8]).toEqual([path, 0]);
      expect(cells.some((cell) => cell.includes('Still to come'))).toBe(true);
    }
  });
});
