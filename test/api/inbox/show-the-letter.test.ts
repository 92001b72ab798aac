import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const absent = Object.fromEntries(['2026-09-08', '2026-09-15', '2026-09-22'].map((day) => [day, 'O']));
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let lead: Awaited<ReturnType<typeof desk.signedIn>>;
let where: string;

beforeAll(async () => {
  school = await aSchool({ today: '2026-10-06', pupils: { ann: absent }, workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  lead = await desk.signedIn('sal');
  const { key } = await school.asked('ann', 'letter-1');
  where = `/proposals/${(await school.caseOf('ann')).id}/${key}`;
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

/** All that a decision would leave behind. */
const left = async () => ({
  letters: await school.db.letter.count(),
  texts: await school.db.writtenText.count(),
  events: await school.db.ledgerEvent.count(),
  inputs: await school.db.matterInput.count(),
  open: await school.db.proposal.count({ where: { status: 'open' } }),
});
/** The letters on a page, each as its reader's name and its text. */
const lettersOn = (html: string) =>
  html
    .split('<article class="fb-letter" aria-label="Letter to ')
    .slice(1)
    .map((part) => part.slice(0, part.indexOf('</article>')))
    .map((part) => [/^[^"]+/.exec(part)?.[0], part.replaceAll(/<[^>]+>/g, ' ')] as const);

describe('the letter beside its decision', () => {
  it('stands there as it would go out, each parent’s own, and nothing is left behind', async () => {
    const before = await left();
    const { text } = await lead.get(where).expect(200);
    const letters = lettersOn(text);
    expect(letters.map(([to]) => to)).toEqual(['Parent 1 of ann', 'Parent 2 of ann']);
    expect(letters[0]?.[1]).toContain('ann Testing has missed 3 days of school');
    expect(letters[0]?.[1]).not.toContain('Parent 2');
    expect(await left()).toEqual(before);
  });

  it('shows what was typed, decides nothing, and keeps it in the form', async () => {
    const before = await left();
    const note = 'We spoke on Friday.\n<b>Thank you</b> for the call.';
    const { status, text } = await lead.post(where, { choice: 'approve', note, show: 'letter' });
    expect(status).toBe(200);
    for (const [, words] of lettersOn(text)) expect(words).toContain('&lt;b&gt;Thank you&lt;/b&gt; for the call.');
    expect(text).toMatch(/<textarea[^>]*name="note"[^>]*>We spoke on Friday/);
    expect(await left()).toEqual(before);
  });

  it('is another form once it was refused, so that its words can be changed', async () => {
    const decisionKey = randomUUID();
    const late = { choice: 'hold', until: '2026-10-05', holdReason: 'A funeral', decisionKey };
    const refused = await lead.post(where, late);
    expect([refused.status, refused.text.includes('A funeral')]).toEqual([422, true]);
    expect(refused.text).toContain('<a href="#until">Choose a day after today</a>');
    expect(refused.text).not.toContain(decisionKey);
    const other = await lead.post(where, { ...late, holdReason: 'A wedding' });
    expect([other.status, other.text]).toEqual([409, expect.stringContaining('sent before, with other words')]);
    expect(other.text).not.toContain(decisionKey);
  });

  it('was revised since: the form shown again is for what stands there now, and can be confirmed', async () => {
    const { version } = await school.asked('ann', 'letter-1');
    const late = await lead.post(where, { choice: 'decline', reason: 'They called', version: String(version + 1) });
    expect([late.status, late.text.includes('This changed since you opened it')]).toEqual([409, true]);
    expect(late.text).toContain('They called');
    expect([...late.text.matchAll(/name="version" value="(\d+)"/g)].every(([, of]) => of === String(version))).toBe(true);
    expect(lettersOn(late.text)).toHaveLength(2);
  });

  it('shows it although nothing is chosen yet', async () => {
    const { status, text } = await lead.post(where, { show: 'letter', note: 'See you soon.' });
    expect([status, lettersOn(text).every(([, words]) => words.includes('See you soon.'))]).toEqual([200, true]);
  });

  it('opens it as the PDF that would be attached', async () => {
    const before = await left();
    const answer = await lead.post(`${where}/letters/1`, { show: 'letter', note: 'See you soon.' }, { form: where });
    expect([answer.status, answer.type, answer.body.toString('latin1', 0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    const none = await lead.post(`${where}/letters/2`, { show: 'letter' }, { form: where });
    expect(none.status).toBe(404);
    expect(await left()).toEqual(before);
  });

  it('has the leaflet beside it, which the policy encloses, to be read and opened as a PDF', async () => {
    const before = await left();
    const { text } = await lead.get(where);
    expect(text).toContain('With each letter: the leaflet “Working together on attendance”');
    expect(text.match(/One day missed each week comes to 38 days/g)).toHaveLength(1);
    expect(text).toContain(`href="${where}/enclosures/1"`);
    const pdf = await lead.get(`${where}/enclosures/1`);
    expect([pdf.status, pdf.type, pdf.body.toString('latin1', 0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    expect((await lead.get(`${where}/enclosures/2`)).status).toBe(404);
    expect(await left()).toEqual(before);
  });

  it('says what is wrong instead of showing what could not go', async () => {
    const { status, text } = await lead.post(where, { show: 'letter', note: 'x'.repeat(601) });
    expect([status, lettersOn(text)]).toEqual([422, []]);
    expect(text).toContain('<a href="#note">Write at most 600 characters</a>');
    expect(text).toContain('Put right what is wrong in the form');
  });

  it('says who gets no letter and why, and nobody else is shown one', async () => {
    const { pupilId } = await school.caseOf('ann');
    const of = { pupilId, relationship: 'Father' };
    await school.db.pupilContact.updateMany({ where: of, data: { restriction: 'No contact order' } });
    const { text } = await lead.get(where);
    expect(lettersOn(text).map(([to]) => to)).toEqual(['Parent 1 of ann']);
    expect(text).toContain('Parent 2 of ann: A restriction is in force: No contact order');
    await school.db.pupilContact.updateMany({ where: { pupilId }, data: { permission: 'none' } });
    expect((await lead.get(where)).text).toContain('It cannot go like this. Nobody may be written to about this pupil');
    await school.db.pupilContact.updateMany({ where: { pupilId }, data: { permission: 'full', restriction: null } });
  });

  it('is not shown to whom it is not to be decided by', async () => {
    const teacher = await desk.signedIn('class-teacher');
    const { text } = await teacher.get(where).expect(200);
    expect(lettersOn(text)).toEqual([]);
    expect(text).toContain('For the senior attendance lead to decide.');
  });

  it('is what goes out when it is approved', async () => {
    const shown = lettersOn((await lead.post(where, { note: 'See you soon.', show: 'letter' })).text);
    expect((await lead.post(where, { choice: 'approve', note: 'See you soon.' })).status).toBe(303);
    const rows = await school.db.letter.findMany();
    expect(rows.map(({ fields }) => (fields as { recipient: { name: string } }).recipient.name).sort()).toEqual(
      shown.map(([to]) => to),
    );
    for (const { fields } of rows) expect(fields).toMatchObject({ personalNote: 'See you soon.', figures: { attended: 44 } });
    expect((await lead.get(where)).text).toContain('The case shows what happened');
  });
});

describe('the support plan', () => {
  const plan = () => school.caseOf('ann').then(({ id }) => `/cases/${id}`);

  it('is kept by the attendance officer, and stands on the case and in its story', async () => {
    const officer = await desk.signedIn('attendance-officer');
    const page = await plan();
    const said = { support: 'mentor', response: 'accepted', on: '2026-10-05', supportText: 'Miss Hart, at the gate' };
    expect((await officer.post(`${page}/support`, said, { form: page })).status).toBe(303);
    const given = { support: 'mentor', response: 'delivered', on: '2026-10-06' };
    expect((await officer.post(`${page}/support`, given, { form: page })).status).toBe(303);
    const { text } = await officer.get(page);
    expect(text.replaceAll(/\s*<[^>]+>\s*/g, ' ')).toMatch(
      /A mentor or key adult +Monday 5 October 2026 +Delivered +Tuesday 6 October 2026/,
    );
    expect(text).toContain('Miss Hart, at the gate');
    expect(text).toContain('Support delivered');
  });

  it('says beside the field what is wrong, and with the rules what cannot be', async () => {
    const page = await plan();
    const empty = await lead.post(`${page}/support`, {}, { form: page });
    expect(empty.status).toBe(422);
    for (const field of ['support', 'response', 'on']) expect(empty.text).toContain(`<a href="#${field}">`);
    const early = { support: 'mentor', response: 'declined', on: '2026-10-01' };
    expect((await lead.post(`${page}/support`, early, { form: page })).text).toContain('choose that day or a later one');
  });

  it('is not for a class teacher, who is not shown the form', async () => {
    const teacher = await desk.signedIn('class-teacher');
    const page = await plan();
    expect((await teacher.get(page)).text).not.toContain('Keep the plan up to date');
    expect((await teacher.post(`${page}/support`, { support: 'mentor' }, { form: page })).status).toBe(403);
  });

  it('is kept by machines too, once for a key', async () => {
    const token = await desk.tokenOf('attendance-officer');
    const path = `/api/v1${await plan()}/support`;
    const said = { support: 'transport', response: 'accepted', on: '2026-10-06', text: 'A bus pass' };
    for (const key of ['a-key-of-our-own', 'a-key-of-our-own']) expect((await token.post(path, said, key)).status).toBe(200);
    const again = await token.post(path, said, 'another-key');
    expect([again.status, again.body.detail]).toEqual([422, 'It is recorded as accepted already']);
    const noted = await school.db.ledgerEvent.findMany({ where: { type: 'support noted' }, orderBy: { seq: 'asc' } });
    expect(noted.map(({ body }) => (body as { support: string }).support)).toEqual(['mentor', 'mentor', 'transport']);
  });

  it('never says one thing and keeps another: a form sent twice with other words is refused', async () => {
    const page = await plan();
    const decisionKey = '00000000-0000-4000-8000-0000000000aa';
    const note = (text: string) => lead.post(page, { decisionKey, do: 'note', text });
    expect([(await note('First')).status, (await note('First')).status, (await note('Second')).status]).toEqual([303, 303, 409]);
  });
});
