import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { trainingSchool } from '../../../policy/training/staff.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { aSimulation, aSimulationUnder } from '../../support/a-simulation.ts';
import { type Browser, csrfOn, submit } from '../../support/callers.ts';
import { emailOf } from '../../support/desk.ts';
import { aRunningApi } from '../../support/running-api.ts';
import { aSchool, until } from '../../support/school.ts';

const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));
const often = days('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', '2026-10-06', '2026-10-13');

let school: Awaited<ReturnType<typeof aSchool>>;
let api: Awaited<ReturnType<typeof aRunningApi>>;
let lead: Browser;

beforeAll(async () => {
  school = await aSchool({
    ...{ today: '2026-11-20', workerless: true, pupils: { often, seldom: days('2026-11-19'), never: {} } },
    flags: { often: ['ehcp'] },
  });
  const demat = new URL('../../../policy/packs/demat.yaml', import.meta.url);
  await keepPack(school.db, readFileSync(demat, 'utf8'), 'demat.yaml');
  api = await aRunningApi(school);
  lead = await api.browserOf(emailOf('sal'));
});
afterAll(async () => {
  await api?.stop();
  await school?.end();
});

const usually = {
  ...{ 'days-class-teacher': '2', 'days-headteacher': '2', 'days-others': '1', declined: '0', reached: '100', comes: '100' },
  ...{ 'hours-class-teacher': '10', 'hours-attendance-officer': '25', 'hours-sal': '10', 'hours-headteacher': '2' },
  ...{ 'hours-dsl': '3', 'hours-senco': '2.5', 'days-ewo': '3', 'hours-ewo': '5', 'there-accepts': '80', 'there-contract': '50' },
  ...{ 'there-signed': '70', 'there-kept': '50', 'there-authorised': '90', 'there-paid': '75', 'there-prosecuted': '80' },
};
const asked = { policy: 'gloucestershire', against: 'demat', year: '2026/27', ...usually };

/** Asks for a simulation as a person does, and waits until its page looks again no more. */
async function tried(fields: Record<string, string>): Promise<string> {
  const { status, headers } = await submit(lead, '/simulations', fields);
  expect(status).toBe(303);
  const at = headers.location ?? '';
  await until(async () => !(await lead.get(at)).text.includes('data-look-again'));
  return at;
}

describe('a simulation on the pages', () => {
  let at: string;
  let events: number;
  beforeAll(async () => {
    events = await school.db.ledgerEvent.count();
    at = await tried(asked);
  });

  it('shows what two policies would have done, with a picture and a table of each, and names pupils on the page alone', async () => {
    const { text } = await lead.get(at);
    for (const said of [
      'Gloucestershire',
      'DEMAT',
      'In the whole year',
      'Where the two part',
      'often Testing',
      '0% are declined',
      'the authority accepts 80% of referrals',
      'Who decides how much in each week',
      'Notices to improve',
      'Cases that no help reached',
    ])
      expect(text).toContain(said);
    for (const n of [0, 1]) {
      const picture = await lead.get(`${at}/policies/${n}/weeks.svg?size=narrow`).buffer(true);
      expect([picture.status, picture.type, String(picture.body)]).toEqual([
        200,
        'image/svg+xml',
        expect.stringContaining('<svg'),
      ]);
    }
  });

  it('is there for the trust lead too, who tries policies on the school’s register as the lead does', async () => {
    const trust = await api.browserOf(emailOf('trust-lead'));
    const replies = await Promise.all(['/simulations', at, `${at}/report.csv?table=work`].map((path) => trust.get(path)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(replies[0]?.text).toContain('class="govuk-service-navigation__link" href="/simulations"');
    expect((await lead.get(`${at}/report.csv?table=nothing`)).status).toBe(422);
  });

  it('tells one pupil’s year, and what follows if one thing is otherwise', async () => {
    const { text: found } = await lead.get(`${at}/pupils?name=OFTEN`);
    const story = found.split(`href="${at}/pupils/`)[1]?.split('"')[0] ?? '';
    const here = `${at}/pupils/${story}`;
    const { text } = await lead.get(here);
    for (const said of [
      'Proposed: Letter 1',
      'Clause: Appendix 1, step 6',
      'by the senior attendance lead',
      'Letter 1: sent by e-mail',
    ])
      expect(text).toContain(said);
    const letter = text.match(/value="(2026-09-\d\d letter-1)"/)?.[1] ?? '';
    const declined = await submit(lead, here, { n: '0', what: 'decision', proposal: letter, say: 'no' });
    expect([declined.status, declined.headers.location?.startsWith(`${here}?`)]).toEqual([303, true]);
    const { text: otherwise } = await lead.get(declined.headers.location ?? '');
    expect(otherwise).toMatch(/What if “Letter 1”, proposed on \d+ Sep 2026, were declined\?/);
    expect(otherwise).toContain('Declined: Letter 1');
    const unsaid = await submit(lead, here, { n: '0', what: 'decision', proposal: letter, say: '' });
    expect([unsaid.status, unsaid.text]).toEqual([422, expect.stringContaining('href="#say">Choose what is said')]);
    const holiday = await submit(lead, here, { n: '1', what: 'mark', on: '2026-10-27', session: 'AM', code: 'I' });
    expect([holiday.status, holiday.text]).toEqual([422, expect.stringContaining('27 Oct 2026 is no school day')]);
    const nobody = `${at}/pupils/00000000-0000-4000-8000-000000000000`;
    expect((await lead.get(nobody)).status).toBe(404);
  });

  it('finds no pupil who joined after the register’s last day, and tells no year of theirs', async () => {
    const whose = async (name: string) => (await lead.get(`${at}/pupils?name=${name}`)).text.includes(`${name} Testing`);
    expect([await whose('seldom'), await whose('never')]).toEqual([true, true]);
    const { id } = await school.db.pupil.findFirstOrThrow({ where: { chosenName: 'never Testing' } });
    const { onRollFrom } = await school.db.pupil.findUniqueOrThrow({ where: { id } });
    await school.db.pupil.update({ where: { id }, data: { onRollFrom: new Date('2027-01-04') } });
    expect([await whose('seldom'), await whose('never')]).toEqual([true, false]);
    await school.db.pupil.update({ where: { id }, data: { onRollFrom } });
  });

  it('is taken out as files that name nobody, and hide what is too small', async () => {
    const page = await lead.get(`${at}/report.html`);
    expect(page.headers['content-disposition']).toBe('attachment; filename="simulation-2026-27-gloucestershire-demat.html"');
    expect(page.text).toContain('Oakbridge School: what two policies would have done in 2026/27');
    // Three pupils: somebody could be known by any number of such a school.
    expect(page.text).toContain('The school had fewer than 5 pupils');
    expect(page.text).not.toMatch(/<table|<img|of 3 pupils/);
    const { body: report } = await lead.get(`${at}/report.json`);
    expect(report).toMatchObject({ school: 'Oakbridge School', tooSmall: true, outcomes: [], differences: [] });
    const weeks = await lead.get(`${at}/report.csv`);
    expect(weeks.text).toBe(
      'policy,week,call,letter,meeting,visit,task,referral,notice request,contract,notice to improve,penalty notice',
    );
    for (const text of [page.text, JSON.stringify(report), weeks.text]) expect(text).not.toContain('Testing');
  });

  it('is opened, and taken out as files, also if it was kept before decisions and the authority were counted', async () => {
    const { report } = aSimulation;
    const {
      authority,
      minutes: { contract, notice, ...minutes },
      ...assumptions
    } = report.assumptions;
    const outcomes = report.outcomes.map(({ decisions, done, ...outcome }) => {
      const { contract, 'notice to improve': _, 'penalty notice': __, ...counted } = done;
      return { ...outcome, pupils: 300, done: counted, byWeek: { '2026-09-07': counted } };
    });
    const before = { ...report, assumptions: { ...assumptions, minutes }, outcomes };
    const { id } = await school.db.simulation.create({ data: { ...aSimulation, report: before } });
    const files = ['', '/report.html', '/report.csv', '/report.json'].map((file) => lead.get(`/simulations/${id}${file}`));
    const replies = await Promise.all(files);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    for (const { text } of replies) expect(text).not.toMatch(/undefined|NaN/);
    expect(replies[3]?.body.outcomes).toMatchObject([
      { done: { contract: 0 }, byWeek: { '2026-09-07': { 'penalty notice': 0 } } },
    ]);
  });

  it('changed nothing of the school: no case heard of it, and no letter was written', async () => {
    expect([await school.db.ledgerEvent.count(), await school.db.letter.count()]).toEqual([events, 0]);
  });

  it('is deleted by a form, and then nowhere', async () => {
    const { id } = await school.db.simulation.create({ data: aSimulation });
    const gone = `/simulations/${id}`;
    expect((await submit(lead, gone, { do: 'delete' })).headers.location).toBe('/simulations');
    const { text } = await lead.get('/simulations');
    expect([text.includes('The simulation was deleted'), text.includes(gone), text.includes(at)]).toEqual([true, false, true]);
    expect((await lead.get(gone)).status).toBe(404);
    expect((await lead.get(`${gone}/report.json`)).status).toBe(404);
  });
});

describe('the form', () => {
  it('says beside each field what is wrong with it, and keeps what was typed', async () => {
    const reply = await submit(lead, '/simulations', {
      ...asked,
      against: 'gloucestershire',
      declined: '120',
      'hours-sal': 'ten',
    });
    expect(reply.status).toBe(422);
    for (const field of ['declined', 'hours-sal']) expect(reply.text).toContain(`href="#${field}"`);
    expect(reply.text).toContain('value="120"');
    const same = await submit(lead, '/simulations', { ...asked, against: 'gloucestershire' });
    expect([same.status, same.text]).toEqual([422, expect.stringContaining('href="#against">Choose another policy')]);
  });

  it('pressed twice is one simulation', async () => {
    const { text } = await lead.get('/simulations');
    const key = text.split('name="decisionKey" value="')[1]?.split('"')[0];
    const before = await school.db.simulation.count();
    const send = async () =>
      lead
        .post('/simulations')
        .type('form')
        .send({ ...asked, _csrf: await csrfOn(lead, '/simulations'), decisionKey: key });
    const [first, again] = [await send(), await send()];
    expect([first.status, first.headers.location]).toEqual([303, again.headers.location]);
    expect(await school.db.simulation.count()).toBe(before + 1);
    await until(async () => (await school.db.simulation.count({ where: { status: { not: 'done' } } })) === 0);
  });

  it('refuses a fourth while three are under way', async () => {
    const under = { ...aSimulation, status: 'running', heardAt: new Date() };
    await school.db.simulation.createMany({ data: [under, under, under] });
    const { status, text } = await submit(lead, '/simulations', asked);
    expect([status, text]).toEqual([409, expect.stringContaining('3 simulations of this school are under way')]);
    await school.db.simulation.deleteMany({ where: { status: 'running' } });
  });
});

describe('what went wrong meanwhile', () => {
  const { report: _, ...unread } = { ...aSimulation, status: 'waiting' };

  it('is said: a policy that is kept here no more', async () => {
    const { id } = await school.db.simulation.create({ data: unread });
    await tried({ ...asked, against: '' });
    const { text } = await lead.get(`/simulations/${id}`);
    expect(text).toContain('It failed. The policy pack gloucestershire version x is not kept here');
  });

  it('is made up for: what another process left half done is run again when the next looks', async () => {
    const { version } = await school.db.policyPack.findFirstOrThrow({ where: { id: 'gloucestershire' } });
    const { asked } = aSimulationUnder(version);
    const { id } = await school.db.simulation.create({
      data: { ...unread, schoolId: trainingSchool.id, asked, status: 'running', heardAt: new Date(Date.now() - 3_600_000) },
    });
    const again = await aRunningApi(school);
    await until(async () => (await school.db.simulation.findUniqueOrThrow({ where: { id } })).status === 'done');
    await again.stop();
  });
});
