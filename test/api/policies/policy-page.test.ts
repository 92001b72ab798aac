import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawingOf } from '../../../policy/draw/drawing.ts';
import { arrangedIn } from '../../../policy/pack/arrangements.ts';
import { stagesInWords } from '../../../policy/pack/plain-english.ts';
import { type Reader, staffIn } from '../../../policy/pack/to-families.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { endProof, takeOutdatedProof } from '../../../prisma/proofs.ts';
import { release } from '../../../prisma/release.ts';
import { rulesProved } from '../../../prisma/rules-proved.ts';
import { type Browser, submit } from '../../support/callers.ts';
import { packFile, shippedPacks } from '../../support/packs.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

let schools: TwoSchools;
let teacher: Browser;
beforeAll(async () => {
  schools = await twoSchools();
  for (const [name] of shippedPacks) await keepPack(schools.db, readFileSync(packFile(name), 'utf8'), name);
  teacher = await schools.signedIn('class-teacher');
});
afterAll(() => schools.close());

const unescaped = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
const count = (text: string, part: string) => text.split(part).length - 1;

describe('the page of a policy', () => {
  it.each(shippedPacks)('%s is drawn three times, each arrow of it, for staff and for parents', async (name, pack) => {
    for (const reader of ['staff', 'parents'] satisfies Reader[]) {
      const { ladder, arrows, beside } = drawingOf(pack, reader);
      const { text } = await teacher.get(`/policies/${name}?reader=${reader}`);
      expect(count(text, '<svg xmlns')).toBe(3);
      expect(count(text, 'marker-end=')).toBe(3 * arrows.length);
      // The group beside the ladder is left to words on paper.
      expect(count(text, '" fill="#fff" stroke="#0b0c0c"/>')).toBe(3 * ladder.length + 2 * beside.length);
      for (const stage of stagesInWords(pack, reader)) expect(count(text, `>${stage.name}<`)).toBeGreaterThanOrEqual(4);
    }
  });

  it('has a way to a PDF of the same: for the same reader, with the same dates', async () => {
    const { text } = await teacher.get('/policies/celt?reader=parents&from=2026-10-12');
    expect([text.includes('Good to know'), text.includes('safeguarding log')]).toEqual([true, false]);
    const [, href = ''] = /href="([^"]+)">Print or save as PDF/.exec(text) ?? [];
    expect(href.replaceAll('&amp;', '&')).toBe('/policies/celt/policy.pdf?reader=parents&from=2026-10-12');
    const { status, type, body, headers } = await teacher.get(href.replaceAll('&amp;', '&'));
    expect([status, type, headers['content-disposition']]).toEqual([200, 'application/pdf', 'inline; filename="celt.pdf"']);
    expect((body as Buffer).toString('latin1')).toMatch(/^%PDF-1\.7/);
  });

  it.each(shippedPacks)(
    '%s: tells staff and parents what it arranges beside its steps, and parents of no role',
    async (name, pack) => {
      for (const reader of ['staff', 'parents'] satisfies Reader[]) {
        const { text } = await teacher.get(`/policies/${name}?reader=${reader}`);
        const main = unescaped(text.slice(text.indexOf('<main'), text.indexOf('</main>')));
        for (const { title, says } of arrangedIn(pack, reader)) for (const one of [title, ...says]) expect(main).toContain(one);
        if (reader === 'staff') continue;
        for (const role of staffIn(pack.people)) expect(main).not.toMatch(new RegExp(`\\b${role}s?\\b`, 'i'));
      }
    },
  );

  it('says what it does not know, and asks for a date that is one', async () => {
    expect((await teacher.get('/policies/nowhere/policy.pdf')).status).toBe(404);
    expect((await teacher.get('/policies/celt/policy.pdf?from=soon')).status).toBe(422);
  });
});

describe('the proof of a policy', () => {
  it('is asked for by a form of those who bring policies in, and how far it is stands on the page', async () => {
    const at = '/policies/demat';
    const lead = await schools.signedIn('sal');
    expect((await teacher.get(at)).text).toContain('Nobody has had this version looked at yet');
    expect((await teacher.get(at)).text).not.toContain('action="/policies/demat/proof"');
    const { version } = await schools.db.policyPack.findFirstOrThrow({ where: { id: 'demat' } });
    const asked = await submit(lead, `${at}/proof`, { version }, { form: at });
    expect([asked.status, asked.headers.location]).toEqual([303, `${at}?version=${version}#proof`]);
    expect((await teacher.get(at)).text).toContain('It waits to be looked at.');
    const broken = {
      id: 'order',
      says: 'No second letter goes first',
      refuted: { why: 'It does', path: ['on 2026-10-12: <so>'] },
    };
    const proof = { pack: 'demat', states: 20_000, transitions: 40_000, whole: false, verdicts: [broken] };
    await schools.db.policyProof.updateMany({ data: { status: 'done', proof, finishedAt: new Date() } });
    const { text } = await teacher.get(at);
    expect(text).toContain('<li>On 12 October 2026: &lt;so&gt;</li>');
    expect(text).toMatch(/20,000 situations of a case, and there are more/);
    expect(text).toContain(`This was found by an earlier release of Firstbell, and this is Firstbell ${release}`);
    await submit(lead, `${at}/proof`, { version }, { form: at });
    expect(await schools.db.policyProof.findMany()).toMatchObject([{ packId: 'demat', status: 'waiting' }]);
    const meanwhile = (await teacher.get(at)).text;
    expect([meanwhile.includes('It waits to be looked at.'), meanwhile.includes('No second letter goes first')]).toEqual([
      true,
      true,
    ]);
  });

  it('that another release made is made again by itself where the version is in force, one at a time', async () => {
    const { version } = await schools.db.policyPack.findFirstOrThrow({ where: { id: 'demat' } });
    const of = { packId: 'demat', version };
    await schools.db.policyProof.updateMany({ data: { status: 'done', madeBy: '0.0.1', finishedAt: new Date() } });
    await schools.db.policyPack.updateMany({ where: { id: 'demat' }, data: { inForceFrom: new Date('2999-01-01') } });
    expect(await takeOutdatedProof(schools.db)).toBeNull();
    await schools.db.policyPack.updateMany({ where: { id: 'demat' }, data: { inForceFrom: new Date('2020-01-01') } });
    expect([await takeOutdatedProof(schools.db), await takeOutdatedProof(schools.db)]).toEqual([of, null]);
    await endProof(schools.db, of, { why: 'It broke off' });
    expect(await schools.db.policyProof.findMany()).toMatchObject([{ ...of, status: 'failed', madeBy: release }]);
    expect(await takeOutdatedProof(schools.db)).toBeNull();
  });

  it('that other rules made under the same release is made again too, and that the same rules made under an earlier one stands', async () => {
    const { version } = await schools.db.policyPack.findFirstOrThrow({ where: { id: 'demat' } });
    const of = { packId: 'demat', version };
    const { rules } = await schools.db.policyProof.findFirstOrThrow({ where: of });
    expect(rules).toBe(rulesProved);
    await schools.db.policyProof.updateMany({ data: { status: 'done', madeBy: '0.0.1', finishedAt: new Date() } });
    expect(await takeOutdatedProof(schools.db)).toBeNull();
    await schools.db.policyProof.updateMany({ data: { madeBy: release, rules: '0123456789abcdef' } });
    expect((await teacher.get('/policies/demat')).text).toContain('This was found by other rules than Firstbell has now');
    expect([await takeOutdatedProof(schools.db), await takeOutdatedProof(schools.db)]).toEqual([of, null]);
    await endProof(schools.db, of, { why: 'It broke off' });
    expect(await takeOutdatedProof(schools.db)).toBeNull();
  });

  it('that a later release made stands: an earlier one that still serves does not take it up', async () => {
    const later = { madeBy: '99.0.0', rules: 'fedcba9876543210' };
    await schools.db.policyProof.updateMany({ data: { status: 'done', ...later, finishedAt: new Date() } });
    expect(await takeOutdatedProof(schools.db)).toBeNull();
    const reply = await teacher.get('/policies/demat');
    expect([reply.status, reply.text.includes('This was found by')]).toEqual([200, false]);
  });
});

describe('what has changed in a policy', () => {
  const text = readFileSync(packFile('gloucestershire'), 'utf8');
  let older: string;
  let newer: string;
  beforeAll(async () => {
    ({ version: older } = await keepPack(schools.db, text, 'older'));
    const later = text
      .replace('called: "Letter 2"', 'called: "Second <letter>"')
      .replace('held for: "20 school days"', 'held for: "25 school days"');
    ({ version: newer } = await keepPack(schools.db, later, 'newer'));
  });

  it('is said of the newest version and the one before it, unless others are asked for', async () => {
    const { text: page } = await teacher.get('/policies/gloucestershire/changes');
    expect(page).toContain(`From version ${older} to version ${newer}.`);
    expect(page).toMatch(/<h2[^>]*>Step: Formal monitoring<\/h2>/);
    expect(page).toContain('Before: Letter 2, to each parent');
    expect(page).toContain('Now: Second &lt;letter&gt;, to each parent');
    expect(page).toMatch(
      /Before: When attendance is 96% or more, and has been so for 20 school days.*<br>Now: .*has been so for 25 school days/,
    );
    const { text: back } = await teacher.get(`/policies/gloucestershire/changes?from=${newer}&to=${older}`);
    expect(back).toMatch(/Before: .*has been so for 25 school days.*<br>Now: .*has been so for 20 school days/);
    const { text: same } = await teacher.get(`/policies/gloucestershire/changes?from=${older}&to=${older}`);
    expect(same).toContain('This is one and the same version.');
  });

  it('is not said where there is one version, and its page leads there only where there are more', async () => {
    expect((await teacher.get('/policies/demat/changes')).text).toContain('One version of this policy is kept');
    expect((await teacher.get('/policies/demat')).text).not.toContain('/policies/demat/changes');
    expect((await teacher.get('/policies/gloucestershire')).text).toContain('href="/policies/gloucestershire/changes"');
  });

  it('is of this policy alone: the version of another is not known here', async () => {
    const status = async (address: string) => (await teacher.get(address)).status;
    expect(await status(`/policies/demat/changes?from=${older}`)).toBe(404);
    expect(await status('/policies/gloucestershire/changes?from=0123456789abcdef')).toBe(404);
    expect(await status('/policies/gloucestershire/changes?from=the-first')).toBe(422);
  });
});
