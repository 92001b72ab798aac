import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { showChange } from '../../activities/calendar/show-change.ts';
import type { Role } from '../../policy/people/roles.ts';
import { staff, trainingSchool } from '../../policy/training/staff.ts';
import { decideLeave, keepLeave, takeLeaveBack } from '../../prisma/leave.ts';
import { keepPack } from '../../prisma/packs.ts';
import { aSimulationUnder } from '../support/a-simulation.ts';
import { aBrowser } from '../support/browser.ts';
import { aBusySchool } from '../support/busy-school.ts';
import { password } from '../support/callers.ts';
import { packFile } from '../support/packs.ts';

/** PICTURES=some/folder keeps a picture of each page there. */
const pictures = process.env.PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });

let busy: Awaited<ReturnType<typeof aBusySchool>>;
let server: Server;
let chromium: Browser;
let base: string;
const contexts = new Map<Role, BrowserContext>();
const complaints: string[] = [];

beforeAll(async () => {
  busy = await aBusySchool();
  server = createServer(busy.desk.app).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  chromium = await aBrowser();
});
afterAll(async () => {
  await chromium?.close();
  server?.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await busy?.end();
});

/** A page of someone who has signed in as this role, and signs in once. */
async function as(role: Role): Promise<Page> {
  const known = contexts.get(role);
  if (known) return known.pages()[0] ?? known.newPage();
  const context = await chromium.newContext({ baseURL: base, locale: 'en-GB', timezoneId: 'Europe/London' });
  contexts.set(role, context);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (said) => {
    if (said.type() === 'error' && !said.text().startsWith('Failed to load resource')) complaints.push(said.text());
  });
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(staff.find((one) => one.role === role)?.email ?? '');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/inbox/);
  return page;
}

/**
 * All of axe at a desk; on a phone, where the same document is laid out otherwise, the rules that look at layout. GOV.UK
 * Frontend puts aria-expanded on a radio that reveals more, knowingly: that one rule is left out.
 */
const widths = [
  [1280, 'desk', { resultTypes: ['violations'], rules: { 'aria-allowed-attr': { enabled: false } } }],
  [
    375,
    'phone',
    {
      resultTypes: ['violations'],
      runOnly: ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block', 'aria-hidden-focus'],
    },
  ],
] as const;

/** What is wrong with the page as it stands, at both widths: nothing, one hopes. */
async function faults(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(axe.source);
  for (const [width, device, rules] of widths) {
    await page.setViewportSize({ width, height: 900 });
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-${width}.png`), fullPage: true });
    if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push(`${device}: scrolls sideways`);
    const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(rules)})`)) as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    found.push(...violations.map(({ id, nodes }) => `${device}: ${id} ${nodes[0]?.html}`));
  }
  const [title, headings, words] = (await page.evaluate(
    '[document.title, document.querySelectorAll("h1").length, document.body.innerText]',
  )) as [string, number, string];
  if (headings !== 1) found.push(`${headings} headings of level 1`);
  if (!/^.{3,} – Firstbell$/.test(title)) found.push(`title: ${title}`);
  // What the API may answer is described in its own words, null among them.
  const slips = name === 'the API' ? /\b(undefined|NaN|\[object)\b.*/g : /\b(undefined|null|NaN|\[object)\b.*/g;
  found.push(...(words.match(slips) ?? []), ...complaints.splice(0));
  return found.map((fault) => `${name}: ${fault}`);
}

/** The pages that say no, with what they say to a machine. */
const refusals: Record<string, number> = { 'not found': 404, forbidden: 403 };

/** Looks at pages, one after the other, as this role. */
async function look(role: Role, paths: Record<string, string>): Promise<string[]> {
  const page = await as(role);
  const found: string[] = [];
  for (const [name, address] of Object.entries(paths)) {
    const answer = await page.goto(address);
    if (answer?.status() !== (refusals[name] ?? 200)) found.push(`${name}: ${answer?.status()}`);
    found.push(...(await faults(page, name)));
  }
  return found;
}

/** Two requests for leave: one waits; the other was refused by mistake and then granted. */
async function askedLeave(pupilId: string) {
  const kept = { schoolId: trainingSchool.id, recordedBy: 'officer', waitsSince: '2026-12-01' };
  const asked = {
    pupilId,
    from: '2027-02-01',
    to: '2027-02-02',
    reason: 'A wedding',
    askedBy: 'Her mother',
    receivedOn: '2026-12-01',
  };
  const [decided, refused] = [randomUUID(), randomUUID()];
  for (const id of [decided, randomUUID()]) await keepLeave(busy.db, { id, ...kept }, asked);
  const deed = { by: 'head', role: 'headteacher', on: '2026-12-02', why: 'Exceptional', at: new Date() } as const;
  await decideLeave(busy.db, { id: refused, requestId: decided, granted: false }, deed);
  await takeLeaveBack(busy.db, { id: refused, requestId: decided }, deed);
  await decideLeave(busy.db, { id: randomUUID(), requestId: decided, granted: true }, deed);
}

/** Contacts and pupils that may be one, some of whom somebody has spoken of, and a pupil of whom everything is known. */
async function alike(pupilId: string) {
  const { db } = busy;
  const school = await db.school.findFirstOrThrow({ where: { training: true } });
  const contacts = await db.contact.findMany({ where: { schoolId: school.id }, orderBy: { id: 'asc' }, take: 6 });
  const same = { fullName: 'Wilhelmina Featherstonehaugh-Cholmondeley', phone: '01632 960001' };
  await db.contact.updateMany({ where: { id: { in: contacts.slice(0, 2).map(({ id }) => id) } }, data: same });
  const [, , a, b, c, d] = contacts.map(({ id }) => id);
  const of = { schoolId: school.id, kind: 'contact', why: 'The same e-mail address and the same name' };
  const said = (verdict: string, firstId = '', secondId = '') => ({ ...of, verdict, firstId, secondId });
  await db.samePerson.createMany({ data: [said('one', a, b), said('two', c, d)] });
  const days = ['2026-10-05', '2026-10-30', '2026-10-12', '2026-09-02', '2026-09-30'].map((day) => new Date(day));
  const [partTimeFrom, partTimeUntil, partTimeReview, integrationFrom, integrationUntil] = days as [Date, Date, Date, Date, Date];
  const agreed = { partTimeFrom, partTimeUntil, partTimeReview, integrationFrom, integrationUntil };
  const dual = { dualRegistration: 'main', otherSchool: 'Mill Lane Pupil Referral Unit', homeAuthority: 'Westshire Council' };
  await db.pupil.update({ where: { id: pupilId }, data: { ...agreed, ...dual } });
  const newest = await db.mark.findFirstOrThrow({ where: { pupilId, knownUntil: null }, orderBy: [{ day: 'desc' }] });
  await db.mark.updateMany({ where: { pupilId, day: newest.day }, data: { code: 'C2' } });
  const [link] = await db.pupilContact.findMany({ where: { pupilId }, orderBy: { priority: 'desc' } });
  const where = { pupilId_contactId: { pupilId, contactId: link?.contactId ?? '' } };
  const order = { restriction: 'No contact', restrictionReviewer: 'DSL', restrictionReview: partTimeReview };
  await db.pupilContact.update({ where, data: { ...order, contact: { update: { addressSafe: false, channel: 'email' } } } });
  const [first, second] = await db.pupil.findMany({ where: { id: { not: pupilId } }, orderBy: { id: 'asc' }, take: 2 });
  await db.pupil.update({ where: { id: second?.id ?? '' }, data: { legalName: first?.legalName ?? '' } });
}

const periodPage = async () =>
  `/calendar/periods/${(await busy.db.calendarPeriod.findFirstOrThrow({ where: { kind: 'term' } })).id}`;

/** A change that nobody has made yet: by a file, with a closure on a day that has marks. */
async function changePage(): Promise<string> {
  const covers = { part: 'Science block', yearGroups: [9, 10], classes: [] };
  const change = {
    added: [
      { kind: 'closure', from: '2026-12-01', to: '2026-12-01', label: 'No heating' },
      { kind: 'closure', from: '2026-12-02', to: '2026-12-03', label: 'Leak', covers },
    ],
    removed: [],
  } as const;
  return `/calendar/changes/${await showChange(busy.db, { schoolId: trainingSchool.id, change, reason: 'The boiler broke', by: null })}`;
}

/** Of a policy with a version that says much otherwise. */
async function changesPage(): Promise<string> {
  const text = readFileSync(packFile('gloucestershire'), 'utf8');
  const later = text
    .replaceAll('below: "90%"', 'below: "91%"')
    .replaceAll('"10 school days"', '"12 school days"')
    .replaceAll('improved', 'better');
  const { version } = await keepPack(busy.db, later, 'later');
  const before = await busy.db.policyPack.findFirstOrThrow({ where: { id: 'gloucestershire', version: { not: version } } });
  return `/policies/gloucestershire/changes?from=${before.version}&to=${version}`;
}

const letterOf = async (status: string) => `/letters/${(await busy.db.letter.findFirstOrThrow({ where: { status } })).id}`;
/** The page that shows several proposals before they are approved at once. */
const together = (...proposals: string[]) => {
  const named = proposals.map((one) => `one=${encodeURIComponent(one.split('/').slice(-2).join(' '))}`);
  return `/approvals?${named.join('&')}`;
};
const letterTo = async (pupil: string) => `/letters/${(await busy.school.lettersOf(pupil))[0]?.id}`;
const textId = () => busy.kept('As agreed with the family');

describe('every kind of page is accessible, fits a phone, and complains of nothing', () => {
  it('what the lead sees: inbox, each thing that is asked, cases, letters', async () => {
    const { proposal } = busy;
    expect(
      await look('sal', {
        ...{ inbox: '/inbox', cases: '/cases', 'closed cases': '/cases?status=closed', 'pupils found': '/pupils?name=9a' },
        'letter 1': await proposal('letter', 'letter-1'),
        'letters approved together': together(await proposal('letter', 'letter-1'), await proposal('second', 'letter-2')),
        'letter 2': await proposal('second', 'letter-2'),
        congratulation: await proposal('met', 'congratulation'),
        invitation: await proposal('invite', 'meeting-invitation'),
        meeting: await proposal('meet', 'meeting'),
        referral: await proposal('refer', 'referral'),
        call: await proposal('thanks', 'call'),
        ...{ 'open case': await busy.case('refer'), 'closed case': await busy.case('recovered') },
        ...{ letters: '/letters', 'print queue': '/letters?status=to-print', 'no letters': '/letters?status=stopped' },
        ...{ 'letter waiting': await letterOf('waiting'), 'letter sent': await letterOf('sent') },
        ...{ 'letter to print': await letterOf('to-print'), 'letter unknown': await letterOf('unknown') },
      }),
    ).toEqual([]);
  });

  it('what the lead sees of letters that lost their ground: held, asked about, put right', async () => {
    const { proposal } = busy;
    expect(
      await look('sal', {
        correction: await proposal('overtaken', 'correction'),
        'letter in question': await proposal('questioned', 'letter-1'),
        ...{ 'held letters': '/letters?status=questioned', 'letter without ground': await letterOf('questioned') },
        ...{ 'case overtaken': await busy.case('overtaken'), 'letter overtaken': await letterTo('overtaken') },
      }),
    ).toEqual([]);
  });

  it('what others at the school see: their own inbox, the register, imports, the clock', async () => {
    const { id: pupil } = await busy.db.pupil.findFirstOrThrow({ where: { admissionNo: 'refer' } });
    const bad = await busy.db.registerImport.findFirstOrThrow({ where: { status: 'refused' } });
    await alike(pupil);
    await askedLeave(pupil);
    expect([
      ...(await look('headteacher', { 'leave to decide, decided, and decided by mistake': `/register/${pupil}/leave` })),
      ...(await look('dsl', { review: await busy.proposal('review', 'review') })),
      ...(await look('class-teacher', { answer: await busy.proposal('answer', 'answer'), 'a teacher’s inbox': '/inbox' })),
      ...(await look('trust-lead', {
        'empty inbox': '/inbox',
        schools: '/schools?within=8',
        'schools then': '/schools?on=2026-10-02',
      })),
      ...(await look('attendance-officer', {
        'missing marks': await busy.proposal('marks', 'missing marks'),
        ...{
          class: '/register',
          'class in the holidays': '/register?week=2026-10-26',
          pupil: `/register/${pupil}`,
          leave: `/register/${pupil}/leave`,
        },
        ...{
          'unexplained absences': '/register/unexplained',
          'same people': '/people/same',
          'all of leave': '/register/leave',
          'absence elsewhere': `/register/${pupil}/elsewhere`,
        },
        'figures of other days': `/register/${pupil}/figures?from=2026-09-14&to=2026-10-02&codes=I&without-codes=C2&lists=open`,
        ...{ figures: `/register/${pupil}/figures`, 'figures known before': `/register/${pupil}/figures?as-known-on=2026-10-01` },
        ...{
          imports: '/imports',
          'import with problems': `/imports/${bad.id}`,
          'import that waits for a yes': busy.looked,
          'what an import changes': `${busy.looked}/changes`,
          clock: '/training',
        },
        ...{
          'figures of the school': '/figures?within=8',
          'figures of a year group': '/figures/years/9',
          'figures of a class': '/figures/classes/9A',
        },
        ...{
          'figures as known then': '/figures?on=2026-10-02',
          'pupils behind a figure': '/figures/pupils?line=persistent&within=8',
        },
        'who decides while one is away': '/away',
        ...{ returns: '/returns', 'attendance return': '/returns/attendance?month=2026-11' },
        ...{ 'sickness return': '/returns/sickness', 'daily summary': '/returns/daily?on=2026-12-04' },
        ...{ 'not found': '/nowhere', forbidden: '/referrals', 'the API': '/api/docs' },
      })),
    ]).toEqual([]);
  });

  it('what is under way: looked at again without leaving the page or moving the focus, until there is something to see', async () => {
    const { id: schoolId, today } = await busy.db.school.findFirstOrThrow({ where: { training: true } });
    const fromDay = today as Date;
    const toDay = new Date(fromDay.getTime() + 86_400_000);
    const step = { id: randomUUID(), schoolId, fromDay, toDay, reached: fromDay, doing: 'Reading the register' };
    await busy.db.clockStep.create({ data: step });
    const page = await as('sal');
    await page.goto('/training');
    await page.getByText('This page looks again by itself.').waitFor();
    expect(await faults(page, 'a clock that walks')).toEqual([]);
    await page.evaluate('document.body.dataset.same = "page"');
    const link = page.getByRole('link', { name: 'Look now' });
    await link.focus();
    await busy.db.clockStep.update({ where: { id: step.id }, data: { doing: 'Telling the cases' } });
    await page.getByText('Telling the cases').waitFor();
    const focused = () => page.evaluate('[document.body.dataset.same, document.activeElement.textContent]');
    expect(await focused()).toEqual(['page', 'Look now']);
    await busy.db.clockStep.update({ where: { id: step.id }, data: { doneAt: new Date() } });
    await page.getByText('It has ended').waitFor();
    expect(await focused()).toEqual(['page', 'See what came of it']);
    expect(await faults(page, 'a clock that has arrived')).toEqual([]);
    await busy.db.clockStep.delete({ where: { id: step.id } });
  });

  it('the policies, as staff and as parents read them', async () => {
    expect(
      await look('attendance-officer', {
        ...{ policies: '/policies', 'the law': '/law?on=2024-08-18' },
        'a policy': '/policies/gloucestershire?from=2026-10-12',
        'a policy for parents': '/policies/gloucestershire?reader=parents',
        'what has changed in a policy': await changesPage(),
        ...{ duties: '/duties', authority: '/authority' },
      }),
    ).toEqual([]);
    const broken = {
      id: 'order',
      says: 'No second letter goes first',
      refuted: { why: 'It does', path: ['on 2026-10-12: so', 'so'] },
    };
    const proof = { pack: 'gloucestershire', states: 20_000, transitions: 40_000, whole: true, verdicts: [broken] };
    const versions = await busy.db.policyPack.findMany({ where: { id: 'gloucestershire' } });
    await busy.db.policyProof.createMany({
      data: versions.map(({ id: packId, version }) => ({ packId, version, status: 'done', proof, finishedAt: new Date() })),
    });
    await keepPack(busy.db, readFileSync(packFile('demat'), 'utf8'), 'demat');
    expect(
      await look('sal', {
        ...{ 'cases under an older version': '/policy-moves', 'bring a policy in': '/policies', 'duties to tick off': '/duties' },
        'a policy with its proof': '/policies/gloucestershire',
        'another policy to follow': '/policies/demat/follow',
      }),
    ).toEqual([]);
    expect(await look('ewo', { 'authority for officers': '/authority' })).toEqual([]);
    expect(await look('ewo-lead', { 'authority for its lead': '/authority' })).toEqual([]);
  });

  it('a policy that is brought in: what it would change, and what is wrong with a text that is none', async () => {
    const page = await as('sal');
    const lookAt = async (text: string, name: string) => {
      await page.goto('/policies');
      await page.getByLabel('Or its text').fill(text);
      await page.getByRole('button', { name: 'Look at it' }).click();
      return faults(page, name);
    };
    const ours = readFileSync(packFile('gloucestershire'), 'utf8').replaceAll('below: "90%"', 'below: "92%"');
    expect(await lookAt(ours, 'a policy to be kept')).toEqual([]);
    expect(await lookAt(ours.replace('stage: concern', 'stage: nowhere'), 'no policy yet')).toEqual([]);
  });

  it('what was tried on a year: the form, a report, one pupil’s story, and what if', async () => {
    const { version } = await busy.db.policyPack.findFirstOrThrow();
    const { id } = await busy.db.simulation.create({ data: aSimulationUnder(version) });
    const { id: pupil } = await busy.db.pupil.findFirstOrThrow({ where: { admissionNo: 'refer' } });
    const story = `/simulations/${id}/pupils/${pupil}`;
    expect(
      await look('headteacher', {
        ...{
          simulations: '/simulations',
          'a simulation': `/simulations/${id}`,
          'who was found': `/simulations/${id}/pupils?name=9A`,
        },
        ...{ 'a story': story, 'what if': `${story}?what=mark&on=2026-09-08&session=AM&code=I` },
      }),
    ).toEqual([]);
  });

  it('the calendar, and what changes it', async () => {
    expect(
      await look('attendance-officer', {
        ...{ calendar: '/calendar?month=2026-10', 'next year’s calendar': '/calendar?year=2028' },
        ...{
          'new period': '/calendar/periods',
          'calendar file': '/calendar/files',
          'session times': '/calendar/times',
          'a period': await periodPage(),
        },
        'a change to look at': await changePage(),
      }),
    ).toEqual([]);
  });

  it('what the authority sees: each thing that a referral asks, and a penalty notice', async () => {
    const { asks, decideReferral: decide } = busy;
    const { id } = await busy.referral();
    const { contactId: mother } = await busy.db.pupilContact.findFirstOrThrow({
      where: { pupil: { admissionNo: 'referred' }, relationship: 'Mother' },
    });
    const found = await look('ewo', {
      inbox: '/inbox',
      referrals: '/referrals',
      'referred pupils found': '/pupils?name=9a',
      accept: await asks('accept referral'),
    });
    const again = async (as: 'ewo' | 'headteacher', name: string, what: string) =>
      found.push(...(await look(as, { [name]: await asks(what) })));
    const reconsider = async () =>
      busy.desk.decide({
        kind: 'referral',
        matterId: id,
        input: { key: randomUUID(), kind: 'reconsider', by: { id: 'ewo', role: 'ewo' }, textId: await textId() },
      });
    await decide('accept referral', { choice: 'accept' });
    await again('ewo', 'tool', 'decide tool');
    await decide('decide tool', { choice: 'tool', tool: 'attendance contract', textId: await textId() });
    await again('ewo', 'contract', 'agree contract');
    await decide('agree contract', {
      ...{ choice: 'agreed', on: '2026-12-04', parties: [mother], until: '2026-12-11', reviews: ['2026-12-11'] },
      ...{ requirements: ['attend-daily'], support: ['mentor'], textId: await textId() },
    });
    await reconsider();
    await decide('decide tool', { choice: 'tool', tool: 'notice to improve', textId: await textId() });
    await again('ewo', 'notice to improve', 'issue notice to improve');
    await decide('issue notice to improve', {
      ...{ choice: 'issue notice', from: '2026-12-09', weeks: 3, target: 9_500, earlyGrounds: ['no-engagement'] },
      textId: await textId(),
    });
    await reconsider();
    await decide('decide tool', {
      ...{ choice: 'tool', tool: 'penalty notice', parents: [mother], support: 'not appropriate' },
      textId: await textId(),
    });
    await again('headteacher', 'authorise', 'authorise penalty notice');
    await decide('authorise penalty notice', { choice: 'authorise' }, 'headteacher');
    await again('ewo', 'issue', 'issue penalty notice');
    await decide('issue penalty notice', { choice: 'issue', postedOn: '2026-12-04' });
    const { id: noticeId } = await busy.db.penaltyNotice.findFirstOrThrow();
    found.push(...(await look('ewo', { 'a referral': `/referrals/${id}`, notice: `/referrals/${id}/notices/${noticeId}` })));
    found.push(...(await look('ewo', { 'notices elsewhere': `/referrals/${id}/elsewhere` })));
    await busy.dayIs('2027-01-20');
    await again('ewo', 'review', 'review contract');
    await again('ewo', 'unpaid', 'unpaid notice');
    expect(found).toEqual([]);
  });
});

describe('on paper', () => {
  it.each(['/figures', '/returns/daily', '/returns/attendance', '/returns/sickness'])('%s fits on paper', async (at) => {
    const page = await as('sal');
    await page.goto(at);
    await page.emulateMedia({ media: 'print' });
    // An A4 page between the margins that a browser leaves, in CSS pixels.
    await page.setViewportSize({ width: 718, height: 1046 });
    const cutOff =
      'document.querySelectorAll("main table").values().filter((one) => one.scrollWidth > one.closest("main").clientWidth).toArray().length';
    expect(await page.evaluate(cutOff)).toBe(0);
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('the print queue is its list alone: each letter with its address, and a place for the day it was posted', async () => {
    const page = await as('attendance-officer');
    await page.goto('/letters?status=to-print');
    await page.emulateMedia({ media: 'print' });
    const visible = (selector: string) => page.locator(selector).filter({ visible: true }).count();
    expect(await visible('header nav, form, button, .fb-footer')).toBe(0);
    expect(await visible('.fb-only-print')).toBe(2);
    const words = await page.locator('main').textContent();
    for (const part of ['Print queue', 'Parent 1 of thanks', '1 Kiln Row, Oakbridge, OK1 1AA', 'Posted on: ____']) {
      expect(words).toContain(part);
    }
    await page.emulateMedia({ media: null });
  });

  it('a policy is its words and one drawing, small enough for one sheet, on pages of A4', async () => {
    const page = await as('attendance-officer');
    await page.goto('/policies/gloucestershire');
    await page.emulateMedia({ media: 'print' });
    const visible = (selector: string) => page.locator(selector).filter({ visible: true });
    expect(await visible('header nav, form, button, .fb-footer, a:text("Print")').count()).toBe(0);
    expect(await visible('svg[role=img]').count()).toBe(1);
    const { width = 0, height = 0 } = (await visible('svg[role=img]').boundingBox()) ?? {};
    const millimetres = (pixels: number) => (pixels * 25.4) / 96;
    expect([width > 0, millimetres(height) <= 240]).toEqual([true, true]);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]/);
    await page.emulateMedia({ media: null });
  });
});

describe('what is wrong with a form', () => {
  it('is named first on the page, and each link leads to its field', async () => {
    const page = await as('sal');
    await page.goto(await busy.proposal('invite', 'meeting-invitation'));
    await page.getByRole('radio', { name: 'Hold until a day' }).check();
    await page.getByRole('button', { name: 'Confirm' }).click();
    expect(await page.title()).toBe('Error: Approve: Invitation to a meeting, invite Testing – Firstbell');
    expect(await faults(page, 'a form with errors')).toEqual([]);
    const led: string[] = [];
    for (const link of await page.locator('.govuk-error-summary a').all()) {
      await link.press('Enter');
      led.push(`${await link.textContent()}: ${await page.evaluate('document.activeElement.id')}`);
    }
    expect(led).toEqual(['Enter the day it comes back, as a real date: until', 'Enter a reason: holdReason']);
  });
});

describe('a family and a colleague who is away', () => {
  it('are seen on the pages of cases, of a meeting that is one for two, and in the inbox', async () => {
    const { db, school } = busy;
    const { id: mother } = await db.contact.findFirstOrThrow({ where: { contactNo: 'meet-1' } });
    await db.pupilContact.updateMany({ where: { contact: { contactNo: 'invite-1' } }, data: { contactId: mother } });
    const meeting = { meeting: { on: '2027-01-25', at: '15:30' } };
    await busy.say('invite', 'meeting-invitation', { choice: 'approve', ...meeting });
    const days = { fromDay: new Date('2026-12-01'), untilDay: new Date('2027-02-26') };
    const away = { id: randomUUID(), schoolId: trainingSchool.id, ofUser: 'lead', toUser: 'dsl', ...days };
    await db.delegation.create({ data: away });
    const at = await busy.proposal('meet', 'meeting');
    expect([
      ...(await look('sal', { 'one meeting for two': at, 'a case of a family': await busy.case('meet') })),
      ...(await look('sal', {
        'a case whose letter waits': `/cases/${(await school.caseOf('invite')).id}`,
        'a case as it stood': `${await busy.case('meet')}/then`,
        'an absent lead’s inbox': '/inbox',
      })),
      ...(await look('dsl', { 'in the place of a colleague': at, 'a deputy’s inbox': '/inbox', away: '/away' })),
    ]).toEqual([]);
    const page = await as('sal');
    await page.goto(at);
    await page.getByRole('radio', { name: 'Record the meeting' }).check();
    expect(await page.getByRole('group', { name: 'Also for invite Testing' }).count()).toBe(1);
    expect(await faults(page, 'one meeting for two, opened')).toEqual([]);
  });
});

it('after all of this the inbox holds just what the cases and the referrals say', async () => {
  const matters = [...(await busy.db.attendanceCase.findMany()), ...(await busy.db.referral.findMany())];
  const said = matters.flatMap(({ id, state }) =>
    Object.values(
      (state as { proposals?: Record<string, { key: string; version: number; status: string }> }).proposals ?? {},
    ).map(({ key, version, status }) => `${id} ${key} v${version} ${status}`),
  );
  const rows = await busy.db.proposal.findMany({ where: { status: { in: ['open', 'held', 'asked'] } } });
  expect(said.length).toBeGreaterThan(10);
  expect(rows.map(({ matterId, key, version, status }) => `${matterId} ${key} v${version} ${status}`).sort()).toEqual(
    said.sort(),
  );
  for (const { key, body } of rows) expect([key, body]).toEqual([key, expect.objectContaining({ key })]);
});
