import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { trainingSchool } from '../../../policy/training/staff.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const absent = Object.fromEntries(['2026-10-05', '2026-10-06', '2026-10-07'].map((day) => [day, 'O']));

let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let lead: Awaited<ReturnType<Awaited<ReturnType<typeof aDesk>>['signedIn']>>;
/** The mother's row at each child. */
let atAnn: string;
let atBen: string;
let pair: string;

beforeAll(async () => {
  school = await aSchool({ today: '2026-10-16', workerless: true, pupils: { ann: absent, ben: absent, cay: {} } });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  lead = await desk.signedIn('sal');
  const mother = async (contactNo: string, data: object) => {
    const { id } = await school.db.contact.findFirstOrThrow({ where: { contactNo } });
    return (await school.db.contact.update({ where: { id }, data })).id;
  };
  atAnn = await mother('ann-1', { fullName: 'Zoë O’Brien', phone: '01632 960001', email: 'zoe@families.example' });
  atBen = await mother('ben-1', { fullName: "Zoe O'Brien", phone: '+44 1632 960001', email: 'z.obrien@families.example' });
  pair = `contact ${[atAnn, atBen].sort().join(' ')}`;
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

const text = async (path: string) => (await lead.get(path)).text.replaceAll(/\s*<[^>]+>\s*/g, ' ').replaceAll(/\s+/g, ' ');
const say = (verdict: string, why = '', pairs: string | string[] = pair) => lead.post('/people/same', { pairs, verdict, why });
const pageOf = async (admissionNo: string) =>
  text(`/register/${(await school.db.pupil.findFirstOrThrow({ where: { admissionNo } })).id}`);
/** What an approval would send about a pupil: to whom and where, and who gets nothing. */
async function letters(pupil: string) {
  const { id } = await school.caseOf(pupil);
  const [proposal] = await school.proposals(pupil);
  const machine = await desk.tokenOf('sal');
  const body = { version: proposal?.version, decision: { choice: 'approve' } };
  const reply = await machine.post(`/api/v1/proposals/${id}/${proposal?.key}/letters`, body, `${Math.random()}`);
  return reply.body as { letters: { to: string; channel: string }[]; without: { name: string; because: string }[] };
}

describe('contacts that may be one person', () => {
  it('are asked about with the grounds, and are two until somebody joins them', async () => {
    const page = await text('/people/same');
    expect(page).toContain('The same telephone number and the same name');
    expect(page).toContain('Mother of ann Testing, 9A');
    expect(page).toContain('Mother of ben Testing, 9A');
    expect(page).not.toContain('Parent 2');
    expect(await pageOf('ann')).not.toContain('Also a contact of');
  });

  it('are not joined by nothing, by a stranger’s id, or by a name alone', async () => {
    const none = await lead.post('/people/same', { verdict: 'one', why: '' });
    expect([none.status, none.text.includes('href="#pairs">Choose at least one pair')]).toEqual([422, true]);
    expect((await say('perhaps')).text).toContain('Say whether they are one person');
    // Enter in a field presses a form's first button: none of them says which it is.
    expect(none.text).not.toMatch(/<button[^>]*name="verdict"/);
    const long = 'They are twins. '.repeat(20);
    const kept = (await lead.post('/people/same', { of: 'contacts', pairs: pair, verdict: 'two', why: long })).text;
    expect(kept).toContain('href="#why">Write at most 300 characters');
    expect(kept).toMatch(/<input[^>]*id="why"[^>]*value="They are twins\. /);
    expect(kept).toMatch(/<input[^>]*value="two" checked/);
    const unsaid = (await lead.post('/people/same', { of: 'contacts', pairs: pair, why: 'Twins' })).text;
    expect(unsaid).toContain('href="#verdict">Say whether they are one person');
    expect(unsaid).toContain('value="Twins"');
    expect(unsaid).toMatch(/id="pairs" value="contact [^"]+" checked/);
    const father = await school.db.contact.findFirstOrThrow({ where: { contactNo: 'cay-2' } });
    const refused = await say('one', '', `contact ${atAnn} ${father.id}`);
    expect([refused.status, refused.text.includes('Nothing but a name')]).toEqual([422, true]);
    const { id: _, ...place } = await school.db.school.findUniqueOrThrow({
      where: { id: trainingSchool.id },
      omit: { periodsOfFile: true },
    });
    await school.db.school.create({ data: { ...place, id: 'elsewhere' } });
    const theirs = await school.db.contact.create({ data: { schoolId: 'elsewhere', contactNo: '1', fullName: 'Zoë O’Brien' } });
    expect((await say('one', '', `contact ${atAnn} ${theirs.id}`)).status).toBe(404);
    expect(await school.db.samePerson.count()).toBe(0);
  });

  it('are one once joined: the pupils’ pages say so, and each child’s letter still goes alone to that child’s own address', async () => {
    const before = [await letters('ann'), await letters('ben')];
    expect((await say('one', 'She told us at the gate')).status).toBe(303);
    expect(await pageOf('ann')).toContain('Also a contact of ben Testing, 9A');
    expect(await pageOf('ben')).toContain('Also a contact of ann Testing, 9A');
    expect(await pageOf('cay')).not.toContain('Also a contact of');
    expect([await letters('ann'), await letters('ben')]).toEqual(before);
    expect(before[0]?.letters).toMatchObject([{ to: 'Zoë O’Brien', channel: 'email' }, { to: 'Parent 2 of ann' }]);
    const page = await text('/people/same');
    expect(page).toMatch(
      /Joined .*The same telephone number and the same name; The same address and the same name\. She told us at the gate\. \d+ \w+ 20\d\d, Priya Nair/,
    );
    expect((await say('one')).status).toBe(303);
    expect(await school.db.samePerson.count()).toBe(1);
  });

  it('share what either row knows: a house that is not safe gets no letter, by whichever child', async () => {
    const places = { where: { id: { in: [atAnn, atBen] } } };
    await school.db.contact.updateMany({ ...places, data: { email: null } });
    expect((await letters('ann')).letters).toMatchObject([{ to: 'Zoë O’Brien', channel: 'post' }, {}]);
    await school.db.contact.update({ where: { id: atBen }, data: { addressSafe: false } });
    const { letters: go, without } = await letters('ann');
    expect(go).toMatchObject([{ to: 'Parent 2 of ann' }]);
    expect(without).toEqual([
      { name: 'Zoë O’Brien', because: 'The postal address is marked as not safe, and there is no e-mail address' },
    ]);
    expect(await pageOf('ann')).toContain('The postal address is not safe: no letter goes to it or shows it.');
    await school.db.contact.updateMany({ ...places, data: { email: 'zoe@families.example' } });
    const { id } = await school.caseOf('ann');
    const [proposal] = await school.proposals('ann');
    const { text: shown } = await lead.get(`/proposals/${id}/${proposal?.key}`);
    const [mine = ''] = shown.split('aria-label="Letter to Zoë O’Brien"').slice(1);
    expect(mine.slice(0, mine.indexOf('</article>'))).not.toContain('Kiln Row');
    await school.db.contact.updateMany({ ...places, data: { addressSafe: true } });
  });

  it('are parted again, kept apart and asked about anew; all that was said stays on record', async () => {
    expect((await say('two', 'A cousin of the same name')).status).toBe(303);
    expect(await pageOf('ann')).not.toContain('Also a contact of');
    const apart = await text('/people/same');
    expect(apart).toContain('Contacts to look at None.');
    expect(apart).toContain('Two people. A cousin of the same name');
    expect((await say('one')).text).toContain('ask again first');
    expect((await say('ask')).status).toBe(303);
    expect(await text('/people/same')).toContain('They are one person: join them');
    const said = await school.db.samePerson.findMany({ orderBy: [{ at: 'asc' }] });
    expect(said.map(({ verdict, byUser, until }) => [verdict, byUser !== null, until === null])).toEqual([
      ['one', true, false],
      ['two', true, false],
      ['ask', true, true],
    ]);
  });

  it('are not asked about where a restriction stands', async () => {
    const link = { where: { contactId: atBen } };
    await school.db.pupilContact.updateMany({
      ...link,
      data: { restriction: 'Order', restrictionUntil: columnOf('2026-10-16') },
    });
    expect(await text('/people/same')).toContain('Contacts to look at None.');
    await school.db.pupilContact.updateMany({ ...link, data: { restrictionUntil: columnOf('2026-10-15') } });
    expect(await text('/people/same')).not.toContain('Contacts to look at None.');
  });
});

describe('pupils that may be one', () => {
  it('are shown with both numbers, never joined, and can be kept apart', async () => {
    const [ann, cay] = await school.db.pupil.findMany({ where: { admissionNo: { in: ['ann', 'cay'] } } });
    await school.db.pupil.update({ where: { id: cay?.id ?? '' }, data: { legalName: 'Ann TESTING' } });
    const page = await text('/people/same');
    expect(page).toContain('The same name and date of birth');
    for (const { upn, admissionNo } of [ann, cay].flatMap((one) => one ?? []))
      expect(page).toContain(`Admission number ${admissionNo} UPN ${upn}`);
    const twins = `pupil ${[ann?.id, cay?.id].sort().join(' ')}`;
    expect((await say('one', '', twins)).text).toContain('Two pupils are never joined here');
    expect((await say('two', '', twins)).status).toBe(303);
    expect(await text('/people/same')).toContain('Pupils to look at None.');
  });
});
