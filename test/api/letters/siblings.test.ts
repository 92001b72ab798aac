import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emailOf } from '../../support/desk.ts';
import { aRunningApi } from '../../support/running-api.ts';
import { aSchool, until } from '../../support/school.ts';

/** Two children of one mother, each with a father of their own: a letter is one child’s, and so is what a parent learns. */
describe('brothers and sisters', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof aRunningApi>>;
  beforeAll(async () => {
    const away = { '2026-09-10': 'O', '2026-09-11': 'O' };
    school = await aSchool({ today: '2026-09-21', pupils: { zelda: away, quentin: away } });
    api = await aRunningApi(school);
    const { db } = school;
    const [mother, hers] = [await contactOf('zelda-1'), await contactOf('quentin-1')];
    await db.contact.update({ where: { id: mother }, data: { fullName: 'Mo Hill', email: 'mo@families.example' } });
    await db.pupilContact.update({
      where: { pupilId_contactId: { pupilId: school.idOf('quentin'), contactId: hers } },
      data: { contactId: mother },
    });
    await db.contact.delete({ where: { id: hers } });
    for (const pupil of ['zelda', 'quentin']) await school.decide(pupil, 'letter-1', { choice: 'approve' });
    await until(async () => (await db.letter.count({ where: { pdf: { not: null } } })) === 4);
  });
  afterAll(async () => {
    await api?.stop();
    await school?.end();
  });

  const contactOf = async (contactNo: string) => (await school.db.contact.findFirstOrThrow({ where: { contactNo } })).id;
  const readersOf = async (pupil: string) => (await school.lettersOf(pupil)).map(({ toAddress }) => toAddress).sort();

  it('have letters of their own: the mother gets one a child, a father those of his child alone', async () => {
    expect(await readersOf('zelda')).toEqual(['mo@families.example', 'zelda.2@families.example']);
    expect(await readersOf('quentin')).toEqual(['mo@families.example', 'quentin.2@families.example']);
  });

  it.each([
    ['zelda', 'quentin'],
    ['quentin', 'zelda'],
  ])('no letter about %s says a word of %s, nor of the other’s father', async (about, other) => {
    for (const { fields, subject, text, html } of await school.lettersOf(about)) {
      const said = [JSON.stringify(fields), subject, text, html].join('\n').toLowerCase();
      expect(said).toContain(about);
      expect(said).not.toContain(other);
    }
  });

  it('are one family for the school: each one’s page leads to the other, and says that there is a case', async () => {
    const lead = await api.browserOf(emailOf('sal'));
    const page = (await lead.get(`/register/${school.idOf('zelda')}`)).text;
    expect(page).toMatch(/Mo Hill.*Also a contact of <a [^>]*>quentin Testing, 9A<\/a> \(<a [^>]*>an open case<\/a>\)/s);
    const { id: caseId } = await school.caseOf('quentin');
    const { body } = await (await api.as('sal')).get(`/api/v1/register/pupils/${school.idOf('zelda')}`);
    const [mother, father] = body.contacts as { otherChildren: object[] }[];
    expect([mother?.otherChildren, father?.otherChildren]).toEqual([
      [{ id: school.idOf('quentin'), name: 'quentin Testing', className: '9A', openCase: caseId }],
      [],
    ]);
  });
});
