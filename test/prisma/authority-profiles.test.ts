import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authorityInWords } from '../../policy/referral/authority-in-words.ts';
import { keepProfile, profileDraft, profileOf } from '../../prisma/authority-profiles.ts';
import { connect, type Db } from '../../prisma/client.ts';
import { aDatabase } from '../support/servers.ts';

let db: Db;
beforeAll(async () => {
  db = connect(await aDatabase());
});
afterAll(() => db.$disconnect());

const folder = new URL('../../policy/packs/authorities/', import.meta.url);
const shipped = readdirSync(folder).flatMap((name) => (name === 'default.yaml' ? [] : [name.replace('.yaml', '')]));
const today = '2026-10-05';
const notice = async (id: string) => (await profileOf(db, id, today)).profile['notice to improve'];

describe('an authority', () => {
  it('of which nothing is known is served by the national profile', async () => {
    expect(await notice('severnshire')).toMatchObject({
      'issued by': 'authority',
      'school weeks': { 'at least': 3, 'at most': 6 },
    });
    expect((await profileOf(db, '../packs/celt', today)).layers).toHaveLength(1);
  });

  it.each(shipped)('that this version knows, %s, is served by its own file over the national one', async (id) => {
    const { profile, layers } = await profileOf(db, id, today);
    expect([profile.authority, layers.length, profile.waiting['remind after']]).toEqual([id, 2, 3]);
  });

  it('whose schools issue notices to improve for six school weeks', async () => {
    expect(await notice('norfolk')).toMatchObject({ 'issued by': 'school', 'school weeks': { 'at least': 6, 'at most': 6 } });
  });

  it('that said so in a file of its own is served by it from then on', async () => {
    const own = 'authority: severnshire\ntitle: "Severnshire"\nwaiting: { remind after: "1 school day" }\n';
    const kept = () => keepProfile(db, { text: own, fileName: 'own.yaml' }, { today });
    expect(await kept()).toEqual({ id: 'severnshire', from: today, fresh: true });
    expect(await kept()).toEqual({ id: 'severnshire', from: today, fresh: false });
    const { profile } = await profileOf(db, 'severnshire', today);
    expect([profile.waiting['remind after'], profile['notice to improve']['issued by']]).toEqual([1, 'authority']);
  });

  describe('that decides something else from a day on', () => {
    const text = (days: number, from?: string) =>
      `authority: westshire\ntitle: "Westshire"\n${from ? `in force: { from: "${from}" }\n` : ''}waiting: { remind after: "${days} school days" }\n`;
    const keep = (days: number, from?: string, on = today) =>
      keepProfile(db, { text: text(days, from), fileName: 'own.yaml' }, { today: on });
    const remindsOn = async (...days: string[]) =>
      Promise.all(days.map(async (day) => (await profileOf(db, 'westshire', day)).profile.waiting['remind after']));

    it('is served by it from that day, and for what was before as it held then', async () => {
      await keep(4);
      expect(await keep(7, '2027-01-04')).toMatchObject({ from: '2027-01-04', fresh: true });
      expect(await remindsOn('2026-10-04', today, '2027-01-03', '2027-01-04', '2028-01-04')).toEqual([3, 4, 4, 7, 7]);
    });

    it('may say so of a day that has been; another that begins later holds from then all the same', async () => {
      expect(await profileDraft(db, { text: text(5, '2026-09-01'), fileName: 'own.yaml' }, today)).toMatchObject({
        ...{ from: '2026-09-01', dated: true, until: today, known: false },
        ...{ was: { waiting: { 'remind after': 3 } }, now: { waiting: { 'remind after': 5 } } },
      });
      await keep(5, '2026-09-01');
      expect(await remindsOn('2026-08-31', '2026-09-01', '2026-10-04', today, '2027-01-04')).toEqual([3, 5, 5, 4, 7]);
    });

    it('may think better of it: of those that begin on one day the last holds, and each stays on record', async () => {
      await keep(8, '2027-01-04');
      expect(await remindsOn(today, '2027-01-04')).toEqual([4, 8]);
      expect(await keep(7, '2027-01-04')).toMatchObject({ fresh: true });
      expect(await keep(7, '2027-01-04')).toMatchObject({ fresh: false });
      expect(await remindsOn('2027-01-04')).toEqual([7]);
      expect(await db.authorityProfile.count({ where: { authorityId: 'westshire' } })).toBe(5);
    });

    it('says nothing new on a later day by the same words, and begins anew by other words', async () => {
      expect(await keep(4, undefined, '2026-12-01')).toMatchObject({ fresh: false });
      expect(await keep(6, undefined, '2026-12-01')).toMatchObject({ from: '2026-12-01', fresh: true });
      expect(await remindsOn('2026-11-30', '2026-12-01', '2027-01-04')).toEqual([4, 6, 7]);
    });

    it('is told where its day is none', async () =>
      expect(keep(4, '2027-02-30')).rejects.toThrow(/own\.yaml:3:\d+ \(in force \/ from\) Write a day/));
  });

  it('is said in plain English, each thing with where it is written and how sure we are of it', async () => {
    const said = authorityInWords((await profileOf(db, 'southwark', today)).profile);
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
    const herts = authorityInWords((await profileOf(db, 'hertfordshire', today)).profile);
    expect(herts.map(({ says }) => says)).toContain('Pupils with 10 days of absence that are not in a row as well');
    const [norfolk] = authorityInWords((await profileOf(db, 'norfolk', today)).profile).slice(1);
    expect(norfolk).toMatchObject({ says: 'The school', status: 'second-hand' });
  });

  describe('whose profile an earlier release took, and this one does not read', () => {
    const text = (own: string) => `authority: eastshire\ntitle: "Eastshire"\n${own}`;
    const keptBefore = async (own: string) => {
      await db.authorityProfile.deleteMany({ where: { authorityId: 'eastshire' } });
      await db.authorityProfile.create({
        data: { authorityId: 'eastshire', text: text(own), inForceFrom: new Date('2026-09-01') },
      });
      return profileOf(db, 'eastshire', today);
    };

    it('is served by all else of it, and what is not followed is told with its line', async () => {
      const { profile, unread } = await keptBefore(
        'waiting: { remind after: "2 school days" }\nstands in: { headteacher: attendance-officer, sal: dsl }\n',
      );
      expect([profile.title, profile.waiting['remind after'], profile['stands in']]).toEqual(['Eastshire', 2, { sal: 'dsl' }]);
      expect(unread).toMatchObject([{ line: 4, clause: 'stands in / headteacher', why: expect.stringMatching('Only a deputy') }]);
    });

    it.each([
      ['a word that is none', 'answers: never\n'],
      [
        'a part that has to be whole',
        'notice to improve: { school weeks: { at least: 2, at most: 9 }, issued by: school, before a penalty notice: true }\n',
      ],
      ['no YAML', 'forms: [\n'],
    ])('is served as the national profile has it: %s', async (_, own) => {
      const { profile, unread } = await keptBefore(own);
      expect(profile['notice to improve']).toEqual(
        (await profileOf(db, 'severnshire', '2020-01-01')).profile['notice to improve'],
      );
      expect(unread.length).toBeGreaterThan(0);
    });

    it('refuses the same where it is newly brought in, and looks at another beside it', async () => {
      await keptBefore('stands in: { headteacher: attendance-officer }\n');
      const keep = (own: string) => keepProfile(db, { text: text(own), fileName: 'own.yaml' }, { today });
      await expect(keep('stands in: { headteacher: trust-lead }\n')).rejects.toThrow(
        /own\.yaml:3:14 \(stands in \/ headteacher\)/,
      );
      const mended = text('stands in: { headteacher: dsl }\n');
      const { was, now } = await profileDraft(db, { text: mended, fileName: 'own.yaml' }, today);
      expect([was['stands in'], now['stands in']]).toEqual([{}, { headteacher: 'dsl' }]);
    });
  });

  it('whose file is wrong is told where', async () => {
    const wrong =
      'authority: severnshire\ntitle: "Severnshire"\nforms: [{ for: tea, called: "A", source: "B", status: confirmed }]\n';
    await expect(keepProfile(db, { text: wrong, fileName: 'own.yaml' }, { today })).rejects.toThrow(
      /own\.yaml:3:\d+ \(forms \/ 0 \/ for\)/,
    );
  });
});
