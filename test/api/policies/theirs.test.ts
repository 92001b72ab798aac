import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../../policy/people/roles.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { machine } from '../../support/callers.ts';
import { packFile } from '../../support/packs.ts';
import { smallPolicy } from '../../support/small-policy.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

const shipped = (id: string) => readFileSync(packFile(id), 'utf8');
const within = readFileSync(new URL('../../../docs/examples/school-within-a-trust.yaml', import.meta.url), 'utf8');
const own = smallPolicy.replace('pack: small', 'pack: st-annes');
let schools: TwoSchools;
beforeAll(async () => {
  schools = await twoSchools();
  for (const id of ['gloucestershire', 'demat', 'learning-partners']) await keepPack(schools.db, shipped(id), id);
});
afterAll(() => schools.close());

const at = async (place: 'a' | 'b', role: Role = 'sal') => {
  const as = machine(schools.app, await schools.tokenFor(role, place));
  const told = ({ status, body }: { status: number; body: { detail?: string } }) => [status, body.detail ?? null];
  return {
    follow: async (id: string) => told(await as.post(`/api/v1/policies/${id}/follow`, {}, randomUUID())),
    lookAtFollowing: async (id: string) => told(await as.get(`/api/v1/policies/${id}/follow`)),
    bringIn: async (text: string) => told(await as.postFile('/api/v1/policies', text, randomUUID(), 'application/yaml')),
  };
};
const done = [200, null];
const theirs = [422, expect.stringContaining('is a policy of other schools')];
const notAlone = [422, expect.stringContaining('is not your school’s alone to change')];

describe('a policy that a school has written', () => {
  it('is nobody else’s to follow, to change or to write within, from the day on which it is brought in', async () => {
    const [a, b] = [await at('a'), await at('b')];
    expect(await a.bringIn(own)).toEqual(done);
    for (const ask of [b.lookAtFollowing, b.follow]) expect(await ask('st-annes')).toEqual(theirs);
    expect(await b.bringIn(own.replace('Somebody visits', 'Nobody visits'))).toEqual(notAlone);
    expect(await a.follow('st-annes')).toEqual(done);
    for (const ask of [b.lookAtFollowing, b.follow]) expect(await ask('st-annes')).toEqual(theirs);
    expect(await (await at('b', 'trust-lead')).bringIn(own.replace('Somebody visits', 'Nobody visits'))).toEqual(notAlone);
    const page = async (place: 'a' | 'b', id: string) =>
      (await (await schools.signedIn('sal', place)).get(`/policies/${id}`)).text.includes(`/policies/${id}/follow"`);
    expect([await page('b', 'st-annes'), await page('b', 'demat')]).toEqual([false, true]);
    expect(await a.bringIn(own.replace('Somebody visits', 'Two of us visit'))).toEqual(done);
  });

  it('is theirs too where the command kept it and their file names it', async () => {
    await keepPack(schools.db, own.replace('pack: st-annes', 'pack: st-bedes'), 'st-bedes');
    await schools.db.school.update({ where: { id: 'a' }, data: { packId: 'st-bedes' } });
    expect(await (await at('b')).follow('st-bedes')).toEqual(theirs);
  });
});

describe('a policy that comes with Firstbell', () => {
  it('is anybody’s to follow, and the one before can be gone back to', async () => {
    const b = await at('b');
    await keepPack(schools.db, own.replace('pack: st-annes', 'pack: common'), 'common');
    await schools.db.school.updateMany({ data: { packId: 'common' } });
    expect(await b.follow('demat')).toEqual(done);
    expect(await b.follow('common')).toEqual(done);
    expect(await (await at('a')).follow('demat')).toEqual(done);
    expect(await b.follow('demat')).toEqual(done);
  });

  it('is so no more once a school has changed it', async () => {
    await schools.db.school.updateMany({ data: { packId: 'demat' } });
    await schools.db.policyFollowed.deleteMany();
    const [a, b] = [await at('a'), await at('b')];
    expect(await a.bringIn(shipped('gloucestershire').replace('called: "Letter 2"', 'called: "Second letter"'))).toEqual(done);
    expect(await a.follow('gloucestershire')).toEqual(done);
    expect(await b.follow('gloucestershire')).toEqual(theirs);
  });
});

it('a school writes its own within what comes with Firstbell or its trust’s, and not within another school’s', async () => {
  const [a, b] = [await at('a', 'trust-lead'), await at('b')];
  const trust = shipped('learning-partners').replace('pack: learning-partners', 'pack: our-trust');
  const ours = within.replace('extends: learning-partners', 'extends: our-trust').replace(/^pack: .*$/m, 'pack: ours');
  expect(await b.bringIn(within)).toEqual(done);
  expect(await a.bringIn(trust)).toEqual(done);
  expect(await b.bringIn(ours)).toEqual(theirs);
  await schools.db.school.update({ where: { id: 'b' }, data: { packId: 'our-trust' } });
  expect(await b.bringIn(ours)).toEqual(done);
  expect(await b.follow('ours')).toEqual(done);
  expect(await b.bringIn(trust.replace('title: "', 'title: "The '))).toEqual(notAlone);
  expect(await a.bringIn(trust.replace('title: "', 'title: "A '))).toEqual(done);
});
