import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keepPack } from '../../../prisma/packs.ts';
import { type Browser, csrfOn, submit } from '../../support/callers.ts';
import { packFile } from '../../support/packs.ts';
import { smallPolicy } from '../../support/small-policy.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

const trust = readFileSync(packFile('gloucestershire'), 'utf8');
let schools: TwoSchools;
let lead: Browser;
let trustLead: Browser;
beforeAll(async () => {
  schools = await twoSchools();
  await keepPack(schools.db, trust, 'gloucestershire');
  lead = await schools.signedIn('sal');
  trustLead = await schools.signedIn('trust-lead');
});
afterAll(() => schools.close());

const decisionKey = '00000000-0000-4000-8000-000000000001';
const unescaped = (html: string) =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** Looks at a text as a person does: pasted, or chosen as a file. */
async function looked(as: Browser, text: string, how: 'pasted' | 'file' = 'pasted') {
  const asked = as
    .post('/policies/look')
    .field('_csrf', await csrfOn(as, '/policies'))
    .field('decisionKey', decisionKey);
  return how === 'file' ? asked.attach('file', Buffer.from(text), 'ours.yaml') : asked.field('text', text);
}

/** Keeps what the page of a look shows. */
async function kept(as: Browser, page: string) {
  const [, seen = ''] = /name="seen" value="([^"]+)"/.exec(page) ?? [];
  const [, text = ''] = /<textarea name="text" hidden>\n([\s\S]*?)<\/textarea>/.exec(page) ?? [];
  return as
    .post('/policies')
    .field('_csrf', await csrfOn(as, '/policies'))
    .field('decisionKey', decisionKey)
    .field('seen', seen)
    .field('text', unescaped(text).replaceAll('\n', '\r\n'));
}

describe('bringing a policy in on the page', () => {
  it('shows each line that is wrong, with the text to mend it, and keeps nothing', async () => {
    const { status, text } = await looked(lead, smallPolicy.replace('"10 school days"\n\nwaiting', 'ten\n\nwaiting'));
    expect(status).toBe(422);
    expect(text).toContain('Line 14, column 3: letters / no two within');
    expect(text).toMatch(/<textarea[^>]*id="text"[^>]*>\npack: small/);
    const none = await looked(lead, '  ');
    expect([none.status, none.text.includes('href="#file">Choose a file, or paste')]).toEqual([422, true]);
    expect(await schools.db.policyPack.count()).toBe(1);
  });

  it('says first what it would change, from when, and what the linter finds; then keeps it, and has it proved', async () => {
    const first = await looked(lead, smallPolicy, 'file');
    expect(first.status).toBe(200);
    for (const said of [
      'A small policy (small)',
      'No version of this policy is in force',
      'Nobody approves the home visit',
      'Line 29, column 9',
    ])
      expect(first.text).toContain(said);
    expect(await schools.db.policyPack.count()).toBe(1);
    const { version } = await keptVersion(first.text);
    const later = smallPolicy.replace('from: "2026-09-01"', 'from: "2026-11-02"').replace('Somebody visits', 'Two of us visit');
    const second = await looked(lead, later);
    for (const said of [`Version ${version}, in force from`, 'From Monday 2 November 2026', 'Now: Two of us visit the family'])
      expect(second.text).toContain(said);
    await keptVersion(second.text);
    const { text } = await lead.get('/policies/small');
    expect([text.includes(`Version ${version}, after`), text.includes('The versions that are kept')]).toEqual([true, true]);
    expect(await schools.db.policyProof.findMany()).toMatchObject([{ status: 'waiting' }, { status: 'waiting' }]);
    const again = await kept(lead, second.text);
    expect([again.status, again.text.includes('is another one by now')]).toEqual([303, false]);
    expect(await schools.db.policyPack.count({ where: { id: 'small' } })).toBe(2);
  });

  async function keptVersion(page: string): Promise<{ version: string }> {
    const reply = await kept(lead, page);
    expect([reply.status, reply.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/policies\/small\?version=[0-9a-f]{16}$/),
    ]);
    const { text } = await lead.get(reply.headers.location ?? '');
    expect(text).toContain('Kept as version');
    return { version: reply.headers.location?.split('=')[1] ?? '' };
  }

  it('is refused where another version came into force meanwhile', async () => {
    const { text } = await looked(lead, smallPolicy.replace('Somebody visits', 'Somebody goes to'));
    await keepPack(schools.db, smallPolicy.replace('Somebody visits', 'Nobody visits'), 'small');
    const reply = await kept(lead, text);
    expect([reply.status, reply.text.includes('look again at what it would do')]).toEqual([409, true]);
  });

  it('leaves one that comes with Firstbell as it is while other schools follow it, whoever asks', async () => {
    const changed = trust.replace('called: "Letter 2"', 'called: "Second letter"');
    for (const as of [lead, trustLead]) {
      const { status, text } = await looked(as, changed);
      expect([status, text.includes('comes with Firstbell, and other schools follow it')]).toEqual([422, true]);
    }
    expect((await looked(trustLead, changed.replace('pack: gloucestershire', 'pack: our-own'))).status).toBe(200);
  });

  it('leaves a policy that other schools follow to their trust lead, who is told which schools get a new version', async () => {
    const ofTrust = (text: string) => text.replace(/^(pack|extends): learning-partners$/m, '$1: our-trust');
    const ours = ofTrust(readFileSync(new URL('../../../docs/examples/school-within-a-trust.yaml', import.meta.url), 'utf8'));
    const base = ofTrust(readFileSync(packFile('learning-partners'), 'utf8'));
    await keepPack(schools.db, base, 'our-trust');
    const { id } = await keepPack(schools.db, ours, 'ours');
    const ladder = trust.replace('pack: gloucestershire', 'pack: our-ladder');
    await keepPack(schools.db, ladder, 'our-ladder');
    await schools.db.school.updateMany({ data: { packId: 'our-ladder' } });
    const changed = ladder.replace('called: "Letter 2"', 'called: "Second letter"');
    const refused = await looked(lead, changed);
    expect([refused.status, refused.text.includes('its trust lead brings it in')]).toEqual([422, true]);
    const { text: theirs } = await looked(trustLead, changed);
    expect([theirs.includes('Now: Second letter'), theirs.includes('New cases begin under it from now on')]).toEqual([
      true,
      true,
    ]);
    await schools.db.school.update({ where: { id: 'b' }, data: { packId: id } });
    expect((await looked(trustLead, base)).status).toBe(422);
    await schools.db.school.update({ where: { id: 'a' }, data: { packId: 'our-trust' } });
    const { text } = await looked(trustLead, base.replace('title: "Learning', 'title: "The Learning'));
    const title = /^title: "(.+)"$/m.exec(ours)?.[1];
    expect(text).toContain(`“${title}”: gets a new version of its own policy over this text`);
    const locked = await looked(trustLead, base.replace(/^schools may write:.*$/m, 'schools may write: [reviews]'));
    expect(locked.text).toContain('Schools whose own text does not fit it');
    const reply = await kept(trustLead, text);
    expect(reply.status).toBe(303);
    expect(await schools.db.policyPack.count({ where: { id } })).toBe(2);
  });

  it('is not a class teacher’s', async () => {
    const teacher = await schools.signedIn('class-teacher');
    expect((await teacher.get('/policies')).text).not.toContain('Bring a policy in');
  });
});

describe('following another policy', () => {
  const demat = '/policies/demat';
  const now = async () => (await schools.db.school.findUniqueOrThrow({ where: { id: 'a' } })).packId;
  const asked = async (seen: string) => submit(lead, `${demat}/follow`, { seen }, { form: `${demat}/follow` });
  let followed: string;
  beforeAll(async () => {
    followed = await now();
    await keepPack(schools.db, readFileSync(packFile('demat'), 'utf8'), 'demat');
  });

  it('shows first what is otherwise, from when, and what becomes of running cases; and changes nothing', async () => {
    expect((await lead.get(demat)).text).toContain(`href="${demat}/follow"`);
    const { text } = await lead.get(`${demat}/follow`);
    for (const said of [
      'Monday 12 October 2026: new cases begin under it',
      'None is under another policy',
      'Step: Early intervention',
    ])
      expect(text).toContain(said);
    expect(await now()).toBe(followed);
    const teacher = await schools.signedIn('class-teacher');
    expect([(await teacher.get(`${demat}/follow`)).status, (await teacher.get(demat)).text.includes('/follow"')]).toEqual([
      403,
      false,
    ]);
  });

  it('is done as it was seen, by whom is kept, and not twice', async () => {
    const [, seen = ''] = /name="seen" value="([^"]+)"/.exec((await lead.get(`${demat}/follow`)).text) ?? [];
    expect([(await asked('0 to 1')).status, await now()]).toEqual([409, followed]);
    const done = await asked(seen);
    expect([done.status, done.headers.location, await now()]).toEqual([303, '/policies', 'demat']);
    const { text } = await lead.get('/policies');
    expect(text).toContain('Your school follows the DEMAT attendance policy since Monday 12 October 2026, in place of the');
    expect(await schools.db.policyFollowed.findMany()).toMatchObject([
      { schoolId: 'a', was: followed, packId: 'demat', byUser: 'a:sal' },
    ]);
    expect((await lead.get(`${demat}/follow`)).text).toContain('already');
  });

  it('is refused for a policy of which no version is in force', async () => {
    await keepPack(
      schools.db,
      smallPolicy.replace('pack: small', 'pack: later').replace('from: "2026-09-01"', 'from: "2027-09-01"'),
      'later',
    );
    const { status, text } = await lead.get('/policies/later/follow');
    expect([status, text]).toEqual([422, expect.stringContaining('is in force on Monday 12 October 2026')]);
  });
});

describe('a profile of the authority', () => {
  const profile = (weeks: string) =>
    `authority: authority\ntitle: "Westshire Council"\nnotice to improve:\n  school weeks: ${weeks}\n  issued by: school\n  before a penalty notice: true\n`;
  const sent = async (as: Browser, path: string, fields: Record<string, string>) =>
    as.post(path).field({ _csrf: await csrfOn(as, '/authority'), decisionKey, ...fields });
  const look = (as: Browser, text: string) => sent(as, '/authority/look', { text });
  let team: Browser;
  beforeAll(async () => {
    team = await schools.signedIn('ewo-lead');
  });

  it('shows each line that is wrong, then what it would change and where; then it is kept and holds', async () => {
    const wrong = await look(team, profile('{ at least: 2, at most: 4 }'));
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('Line 4, column 19')]);
    expect(wrong.text).toContain('A notice to improve runs for 3 to 6 school weeks');
    const { text } = await look(team, profile('{ at least: 4, at most: 4 }'));
    for (const said of [
      'Before: 3 to 6 school weeks',
      'Now: 4 school weeks',
      'Now: The school',
      'School B; Training School A',
      'Now on',
    ])
      expect(text).toContain(said);
    const [, seen = ''] = /name="seen" value="([^"]+)"/.exec(text) ?? [];
    const keep = (seen: string) => sent(team, '/authority', { text: profile('{ at least: 4, at most: 4 }'), seen });
    expect((await keep('other')).status).toBe(409);
    expect(await schools.db.authorityProfile.count()).toBe(0);
    expect((await keep(seen)).status).toBe(303);
    expect((await lead.get('/authority')).text).toMatch(/How long a notice to improve runs<\/dt><dd[^>]*>4 school weeks/);
    expect(await schools.db.authorityProfile.findMany()).toMatchObject([
      { authorityId: 'authority', byUser: 'authority:ewo-lead' },
    ]);
  });

  it('may begin on a later day, which is said before it is kept and after', async () => {
    const later = profile('{ at least: 5, at most: 5 }').replace('title:', 'in force: { from: "2099-01-05" }\ntitle:');
    const { text } = await look(team, later);
    expect(text).toContain('From Monday 5 January 2099 on');
    expect(text).toContain('Now: 5 school weeks');
    const [, seen = ''] = /name="seen" value="([^"]+)"/.exec(text) ?? [];
    expect((await sent(team, '/authority', { text: later, seen })).status).toBe(303);
    const held = (await lead.get('/authority')).text;
    expect(held).toMatch(/referrals made since \w+ \d+ \w+ 20\d\d/);
    expect(held).toMatch(/How long a notice to improve runs<\/dt><dd[^>]*>4 school weeks/);
    expect(held).toMatch(/From Monday 5 January 2099<.*Before: 4 school weeks<br>Now: 5 school weeks/s);
  });

  it('is no school’s where somebody signs in for the authority, and its only school’s where nobody does', async () => {
    const admin = await schools.signedIn('admin');
    const { db } = schools;
    await db.authority.create({ data: { id: 'far', name: 'Far', address: [], phone: '', email: 'o@far.example' } });
    await db.school.update({ where: { id: 'b' }, data: { authorityId: 'far' } });
    const says = (path: string) => admin.get(path).then(({ text }) => text.includes('Say what it decides'));
    const text = profile('{ at least: 4, at most: 4 }');
    const refused = await look(admin, text);
    expect([refused.status, refused.text]).toEqual([
      422,
      expect.stringContaining('the lead of its education welfare team keeps its profile'),
    ]);
    expect(await says('/authority')).toBe(false);
    await db.user.updateMany({ where: { authorityId: 'authority' }, data: { active: false } });
    expect([(await look(admin, text)).status, await says('/authority')]).toEqual([200, true]);
    await db.user.updateMany({ where: { authorityId: 'authority' }, data: { active: true } });
    await db.school.update({ where: { id: 'b' }, data: { authorityId: 'authority' } });
  });

  it('is the authority’s own, and no school’s where others have the same authority', async () => {
    const other = await look(
      team,
      profile('{ at least: 4, at most: 4 }').replace('authority: authority', 'authority: elsewhere'),
    );
    expect([other.status, other.text]).toEqual([422, expect.stringContaining('yours is “authority”')]);
    const admin = await look(await schools.signedIn('admin'), profile('{ at least: 4, at most: 4 }'));
    expect([admin.status, admin.text]).toEqual([422, expect.stringContaining('Other schools here have the same authority')]);
    expect((await (await schools.signedIn('ewo')).get('/authority')).text).not.toContain('Say what it decides');
  });
});
