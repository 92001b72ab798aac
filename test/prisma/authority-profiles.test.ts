import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authorityInWords } from '../../policy/referral/authority-in-words.ts';
import { keepProfile, profileOf } from '../../prisma/authority-profiles.ts';
import { connect, type Db } from '../../prisma/client.ts';
import { aDatabase } from '../support/servers.ts';

let db: Db;
beforeAll(async () => {
  db = connect(await aDatabase());
});
afterAll(() => db.$disconnect());

const folder = new URL('../../policy/packs/authorities/', import.meta.url);
const shipped = readdirSync(folder).flatMap((name) => (name === 'default.yaml' ? [] : [name.replace('.yaml', '')]));
const notice = async (id: string) => (await profileOf(db, id)).profile['notice to improve'];

describe('an authority', () => {
  it('of which nothing is known is served by the national profile', async () => {
    expect(await notice('severnshire')).toMatchObject({
      'issued by': 'authority',
      'school weeks': { 'at least': 3, 'at most': 6 },
    });
    expect((await profileOf(db, '../packs/celt')).layers).toHaveLength(1);
  });

  it.each(shipped)('that this version knows, %s, is served by its own file over the national one', async (id) => {
    const { profile, layers } = await profileOf(db, id);
    expect([profile.authority, layers.length, profile.waiting['remind after']]).toEqual([id, 2, 3]);
  });

  it('whose schools issue notices to improve for six school weeks', async () => {
    expect(await notice('norfolk')).toMatchObject({ 'issued by': 'school', 'school weeks': { 'at least': 6, 'at most': 6 } });
  });

  it('that said so in a file of its own is served by it from then on', async () => {
    const own = 'authority: severnshire\ntitle: "Severnshire"\nwaiting: { remind after: "1 school day" }\n';
    expect(await keepProfile(db, own, 'own.yaml')).toEqual({ id: 'severnshire', fresh: true });
    expect(await keepProfile(db, own, 'own.yaml')).toEqual({ id: 'severnshire', fresh: false });
    const { profile } = await profileOf(db, 'severnshire');
    expect([profile.waiting['remind after'], profile['notice to improve']['issued by']]).toEqual([1, 'authority']);
  });

  it('is said in plain English, each thing with where it is written and how sure we are of it', async () => {
    const said = authorityInWords((await profileOf(db, 'southwark')).profile);
    expect(said.map(({ about, says }) => `${about}: ${says}`)).toEqual([
      'How long a notice to improve runs: 6 school weeks',
      'Who issues a notice to improve: The local authority',
      'Before a penalty notice: A notice to improve comes first and was not met, unless support is not appropriate, as with leave in term time',
      'Whom the attendance return names: Pupils with 10 days of absence that are not in a row as well',
      "Leave taken without permission: With the authority within 10 school days after the pupil's return",
      'Asking for a penalty notice: A school checks with the authority first that no notice was issued elsewhere',
      'What waits for a decision: Whoever is to decide is reminded after 3 school days',
      'Who stands in: The education welfare team lead stands in for the education welfare officer, and is asked as well after 8 school days',
    ]);
    expect(said.map(({ source }) => source)).toEqual([
      ...[1, 2, 3].map(() => 'Code of conduct for penalty notices, ch 5'),
      ...[null, 'Code of conduct for penalty notices, ch 7', 'Code of conduct for penalty notices, ch 8', null, null],
    ]);
    expect(said.slice(0, 3).map(({ status }) => status)).toEqual(['interpretation', 'interpretation', 'interpretation']);
    const herts = authorityInWords((await profileOf(db, 'hertfordshire')).profile);
    expect(herts.map(({ says }) => says)).toContain('Pupils with 10 days of absence that are not in a row as well');
    const [norfolk] = authorityInWords((await profileOf(db, 'norfolk')).profile).slice(1);
    expect(norfolk).toMatchObject({ says: 'The school', status: 'second-hand' });
  });

  it('whose file is wrong is told where', async () => {
    const wrong =
      'authority: severnshire\ntitle: "Severnshire"\nforms: [{ for: tea, called: "A", source: "B", status: confirmed }]\n';
    await expect(keepProfile(db, wrong, 'own.yaml')).rejects.toThrow(/own\.yaml:3:\d+ \(forms \/ 0 \/ for\)/);
  });
});
