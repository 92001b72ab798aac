import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type Db } from '../../prisma/client.ts';
import { keepPack, layersOf, packInForce, packOf, packShown } from '../../prisma/packs.ts';
import { aDatabase } from '../support/servers.ts';

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const trusts = file('policy/packs/learning-partners.yaml');
const schools = file('docs/examples/school-within-a-trust.yaml');
const id = 'brookside-primary';

let db: Db;
beforeAll(async () => {
  db = connect(await aDatabase());
});
afterAll(() => db.$disconnect());

describe('a policy that is kept', () => {
  it('of a school is refused before the trust’s that it extends is there', async () => {
    await expect(keepPack(db, schools, 'brookside.yaml')).rejects.toThrow(/There is no policy "learning-partners" here/);
    await keepPack(db, trusts, 'trust.yaml');
    const kept = await keepPack(db, schools, 'brookside.yaml');
    expect(kept).toMatchObject({ id, fresh: true });
    expect(await keepPack(db, schools, 'brookside.yaml')).toEqual({ ...kept, fresh: false });
  });

  it('begins on its day: new cases before it begin under the one before', async () => {
    const of = (on: string) => packInForce(db, id, on).then((found) => found?.version);
    expect(await of('2026-08-31')).toBeUndefined();
    const first = await of('2026-09-01');
    const changed = schools.replace('from: "2026-09-01"', 'from: "2027-01-01"').replace('outreach: "96%"', 'outreach: "95%"');
    const { version: second } = await keepPack(db, changed, 'brookside.yaml');
    expect([await of('2026-12-31'), await of('2027-01-01'), await of('2027-06-01')]).toEqual([first, second, second]);
    expect((await packShown(db, id, '2026-08-31')).version).toBe(second);
  });

  it('that an earlier release took with a word for no flag of a pupil is read without it, and refused anew', async () => {
    const text = file('policy/packs/celt.yaml')
      .replace('pack: celt', 'pack: kept')
      .replace(/^softens:.*$/m, '');
    const softens = (flags: string) => `${text}\nsoftens: { for: [${flags}], review by: safeguarding lead }\n`;
    const add = (version: string, of: string) =>
      db.policyPack.create({ data: { id: 'kept', version, text: of, inForceFrom: new Date('2026-09-01'), keptAt: new Date() } });
    await add('1', softens('"young carers", "bereaved"'));
    await add('2', softens('"young carers"'));
    expect((await packOf(db, 'kept', '1')).softens?.for).toEqual(['bereaved']);
    expect((await packOf(db, 'kept', '2')).softens).toBeUndefined();
    await expect(keepPack(db, softens('"young carers"'), 'kept.yaml')).rejects.toThrow(/softens \/ for \/ 0/);
  });

  it('that an earlier release took with a script that never was has the words of a first call, and is refused anew', async () => {
    const other = (script: string) =>
      file('policy/packs/gloucestershire.yaml')
        .replace('pack: gloucestershire', 'pack: called')
        .replace('script: thank-you', `script: ${script}`);
    const data = {
      id: 'called',
      version: '1',
      text: other('say-thanks'),
      inForceFrom: new Date('2026-09-01'),
      keptAt: new Date(),
    };
    await db.policyPack.create({ data });
    const { stages } = await packOf(db, 'called', '1');
    expect(stages['letter 1']?.alongside.flatMap((rule) => rule.do)).toMatchObject([{ call: { script: 'how-can-we-help' } }]);
    await expect(keepPack(db, other('say-thanks'), 'called.yaml')).rejects.toThrow(/call \/ script/);
  });

  it('ends on its day', async () => {
    const until = schools
      .replace('pack: brookside-primary', 'pack: short')
      .replace('"2026-09-01" }', '"2026-09-01", to: "2026-10-31" }');
    await keepPack(db, until, 'short.yaml');
    expect(await packInForce(db, 'short', '2026-10-31')).not.toBeNull();
    expect(await packInForce(db, 'short', '2026-11-01')).toBeNull();
  });

  it('gets a new version when the trust’s text changes; a case under the old one still reads the trust’s old text', async () => {
    const before = await packInForce(db, id, '2026-12-01');
    const later = trusts.replace('schools may set: { from: "5 school days"', 'schools may set: { from: "3 school days"');
    expect(later).not.toBe(trusts);
    const grown = later.replace('title: "Learning Partners Academy Trust attendance policy"', 'title: "The trust, anew"');
    expect(
      (await keepPack(db, grown.replace('approved by: headteacher, tells', 'approved by: senior leader, tells'), 'trust.yaml'))
        .misfits,
    ).toEqual([]);
    const after = await packInForce(db, id, '2026-12-01');
    expect(after?.version).not.toBe(before?.version);
    const { baseOf } = await layersOf(db, id, before?.version ?? '');
    expect(baseOf('learning-partners')?.text).toBe(trusts);
    expect((await packOf(db, id, before?.version ?? '')).stages.referral?.do[0]).toMatchObject({
      referral: { 'approved by': 'headteacher' },
    });
  });

  it('that the trust’s new text does not leave room for stays as it was, and is named', async () => {
    const narrow = trusts.replace('schools may set: { from: "95%", to: "98%" }', 'schools may set: { from: "97%", to: "98%" }');
    const { misfits } = await keepPack(db, narrow, 'trust.yaml');
    expect(misfits.map((one) => one.id).sort()).toEqual([id, id, 'short']);
    expect(misfits[0]?.why).toMatch(/from 97% to 98%, not to 9[56]%/);
    expect(await packInForce(db, id, '2026-12-01')).not.toBeNull();
  });

  describe('of a trust that is to come into force later', () => {
    const trust = trusts.replace('pack: learning-partners', 'pack: a-trust').replace(/from: "2024-07-17"/, 'from: "2026-01-01"');
    const school = schools
      .replace('pack: brookside-primary', 'pack: a-school')
      .replace('extends: learning-partners', 'extends: a-trust');
    const coming = trust.replace('from: "2026-01-01"', 'from: "2026-12-01"').replace('title: "', 'title: "Anew: ');
    const baseOn = async (on: string) => {
      const found = await packInForce(db, 'a-school', on);
      const row = await db.policyPack.findFirstOrThrow({ where: { id: 'a-school', version: found?.version ?? '' } });
      const base = await db.policyPack.findFirstOrThrow({ where: { id: 'a-trust', version: row.baseVersion ?? '' } });
      return [row.text, base.text];
    };

    it('leaves each school under the text of now until that day', async () => {
      for (const text of [trust, school]) await keepPack(db, text, 'file', { on: '2026-09-01' });
      await keepPack(db, coming, 'file', { on: '2026-10-01' });
      expect(await baseOn('2026-11-30')).toEqual([school, trust]);
      expect(await baseOn('2026-12-01')).toEqual([school, coming]);
    });

    it('and what a school says meanwhile stands on the one of now, and on the one to come', async () => {
      const changed = school.replace('outreach: "96%"', 'outreach: "95%"');
      const { version } = await keepPack(db, changed, 'file', { on: '2026-10-02' });
      expect((await packInForce(db, 'a-school', '2026-10-02'))?.version).toBe(version);
      expect([await baseOn('2026-10-02'), await baseOn('2026-12-01')]).toEqual([
        [changed, trust],
        [changed, coming],
      ]);
    });

    it('goes back to its earlier wording with it, when that is kept again', async () => {
      const school2 = school.replace('outreach: "96%"', 'outreach: "95%"');
      await keepPack(db, coming.replace('Anew: ', 'Otherwise: '), 'file', { on: '2026-10-03' });
      expect((await baseOn('2026-12-01'))[1]).not.toBe(coming);
      expect(await keepPack(db, coming, 'file', { on: '2026-10-04', again: false })).toMatchObject({ fresh: false });
      expect((await baseOn('2026-12-01'))[1]).not.toBe(coming);
      expect(await keepPack(db, coming, 'file', { on: '2026-10-04' })).toMatchObject({ fresh: true });
      expect(await baseOn('2026-12-01')).toEqual([school2, coming]);
    });
  });

  it('that a school has replaced with one that no longer extends the trust’s does not come back with the trust’s new text', async () => {
    const [trust = '', other = ''] = ['left-trust', 'other-trust'].map((one) => trusts.replace('learning-partners', one));
    const over = (base: string, title: string) =>
      schools
        .replace('pack: brookside-primary', 'pack: leaver')
        .replace('extends: learning-partners', `extends: ${base}`)
        .replace('title: "', `title: "${title}: `);
    for (const text of [trust, other, over('left-trust', 'Before'), over('other-trust', 'Since')])
      await keepPack(db, text, 'file', { on: '2026-10-05' });
    const inForce = async () => (await packInForce(db, 'leaver', '2026-12-01'))?.pack.title;
    expect(await inForce()).toMatch(/^Since/);
    await keepPack(db, trust.replace('title: "', 'title: "Anew: '), 'file', { on: '2026-10-06' });
    expect(await inForce()).toMatch(/^Since/);
  });
});
