import { afterAll, beforeAll, expect, it } from '@jest/globals';
import request from 'supertest';
import { machine, submit } from '../../support/callers.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

let schools: TwoSchools;
beforeAll(async () => {
  schools = await twoSchools();
  await schools.db.trust.create({ data: { id: 'trust', name: 'A Trust' } });
});
afterAll(() => schools.close());

const inTrust = (ids: string[]) =>
  schools.db.$transaction([
    schools.db.school.updateMany({ data: { trustId: null } }),
    schools.db.school.updateMany({ where: { id: { in: ids } }, data: { trustId: 'trust' } }),
  ]);
const placeOn = (html: string): string | undefined => /identity-bar__title">([^<·]*?)( ·|<)/.exec(html)?.[1];

it('a trust lead chooses the school of the trust that all pages are of, and forms of the other are refused', async () => {
  await inTrust(['a', 'b']);
  const lead = await schools.signedIn('trust-lead');
  const stale = /name="_csrf" value="([^"]*)"/.exec((await lead.get('/schools')).text.split('<main')[1] ?? '')?.[1];
  const { status, headers } = await submit(lead, '/schools/chosen', { school: 'b' }, { form: '/schools' });
  expect([status, headers.location]).toEqual([303, '/figures']);
  const { text } = await lead.get('/figures').expect(200);
  expect([placeOn(text), text.includes('These pages are of School B now')]).toEqual(['School B', true]);
  expect(placeOn((await lead.get('/calendar')).text)).toBe('School B');
  const again = await lead.post('/schools/chosen').type('form').send({ _csrf: stale, school: 'a' });
  expect([again.status, /page was open too long/.test(again.text)]).toEqual([403, true]);
  // A school that leaves the trust is no longer theirs, though it was chosen.
  await inTrust(['a']);
  expect(placeOn((await lead.get('/calendar')).text)).toBe('Training School A');
});

it('a school that is not of the trust cannot be chosen, nor any by another role', async () => {
  await inTrust(['a']);
  const lead = await schools.signedIn('trust-lead');
  expect((await submit(lead, '/schools/chosen', { school: 'b' }, { form: '/training' })).status).toBe(404);
  expect(placeOn((await lead.get('/calendar')).text)).toBe('Training School A');
  await inTrust(['a', 'b']);
  const sal = await schools.signedIn('sal');
  expect((await submit(sal, '/schools/chosen', { school: 'b' }, { form: '/training' })).status).toBe(404);
  expect(placeOn((await sal.get('/calendar')).text)).toBe('Training School A');
});

it('a machine names the school in a header, and is answered of no other', async () => {
  await inTrust(['a', 'b']);
  const token = await schools.tokenFor('trust-lead');
  const { body } = await machine(schools.app, token).get('/api/v1/schools').expect(200);
  expect(body.rows.map(({ id, chosen }: { id: string; chosen: boolean }) => [id, chosen])).toEqual([
    ['b', false],
    ['a', true],
  ]);
  const asked = (of: string, school: string) =>
    request(schools.app)
      .get('/api/v1/schools')
      .set({ Authorization: `Bearer ${of}`, 'Firstbell-School': school });
  const there = await asked(token, 'b').expect(200);
  expect(there.body.rows.find(({ id }: { id: string }) => id === 'b').chosen).toBe(true);
  expect((await asked(token, 'elsewhere')).status).toBe(404);
  expect((await asked(await schools.tokenFor('sal'), 'b')).status).toBe(404);
});
