import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keepLeave } from '../../../prisma/leave.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let office: Awaited<ReturnType<typeof desk.signedIn>>;
let head: Awaited<ReturnType<typeof desk.signedIn>>;
let at: string;

beforeAll(async () => {
  school = await aSchool({ today: '2026-10-06', pupils: { ann: {} }, workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  office = await desk.signedIn('attendance-officer');
  head = await desk.signedIn('headteacher');
  at = `/register/${school.idOf('ann')}/leave`;
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

/** Of the forms that are sent once more. */
const [sentAs, decidedAs] = [randomUUID(), randomUUID()];
const request = () => school.db.leaveRequest.findFirstOrThrow({ include: { decisions: { orderBy: { at: 'asc' } } } });

describe('leave on its page', () => {
  it('is recorded, and refused by mistake', async () => {
    const days = { from: '2026-11-02', to: '2026-11-03', receivedOn: '2026-10-05' };
    const asked = { ...days, reason: 'A wedding', askedBy: 'Ada Byrne', decisionKey: sentAs };
    expect((await office.post(at, asked)).status).toBe(303);
    expect((await head.get('/inbox')).text).toContain('ann Testing: decide on leave, 2 Nov 2026 to 3 Nov 2026');
    const decided = { granted: 'no', reason: 'Not exceptional', decisionKey: decidedAs };
    const { id } = await request();
    // Pressed twice, it is one decision.
    for (const _ of [1, 2]) expect((await head.post(`${at}/${id}`, decided, { form: at })).status).toBe(303);
    expect((await request()).decisions).toHaveLength(1);
    expect((await head.get('/inbox')).text).not.toContain('decide on leave');
  });

  it('that is decided already takes the same answer once more, and refuses another: nothing is silently not kept', async () => {
    const { id } = await request();
    const again = (over: object = {}) =>
      head.post(`${at}/${id}`, { granted: 'no', reason: 'Not exceptional', decisionKey: randomUUID(), ...over }, { form: at });
    expect((await again()).status).toBe(303);
    // A page that the browser kept: the same key, with something else.
    const key = { decisionKey: decidedAs };
    for (const over of [{ ...key, granted: 'yes' }, { ...key, reason: 'It is a wedding' }, { granted: 'yes' }])
      expect((await again(over)).status).toBe(409);
    expect((await request()).decisions).toHaveLength(1);
  });

  it('is not recorded as something else by a form that was sent before', async () => {
    const decisionKey = sentAs;
    const days = { from: '2026-11-02', to: '2026-11-03', receivedOn: '2026-10-05', reason: 'A wedding', askedBy: 'Ada Byrne' };
    expect((await office.post(at, { ...days, decisionKey })).status).toBe(303);
    expect((await office.post(at, { ...days, to: '2026-11-04', decisionKey })).status).toBe(409);
    expect(await school.db.leaveRequest.count()).toBe(1);
  });

  it('is taken back by who may decide, with what was wrong; what was decided stays to be read', async () => {
    const { id, decisions } = await request();
    const back = `${at}/${id}/mistaken`;
    const mistake = { decision: decisions[0]?.id ?? '', reason: '' };
    expect((await office.get(at)).text).not.toContain('Take this decision back');
    const wrong = await head.post(back, mistake, { form: at });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('href="#reason"')]);
    expect(wrong.text.match(/id="reason"/g)).toHaveLength(1);
    expect((await office.post(back, { ...mistake, reason: 'x' }, { form: at })).status).toBe(403);
    expect((await head.post(back, { ...mistake, reason: 'It was <another> child' }, { form: at })).status).toBe(303);
    for (const reader of [head, office])
      expect((await reader.get(at)).text).toMatch(
        /Not decided.*By mistake: Refused on 6 Oct 2026 by [^<:]+, Headteacher: Not exceptional\. Taken back on 6 Oct 2026 by [^<:]+, Headteacher: It was &lt;another&gt; child/s,
      );
    expect((await head.get('/inbox')).text).toContain('decide on leave, 2 Nov 2026');
    // The decision that was taken back does not come again by a late repeat.
    const late = { granted: 'no', reason: 'Not exceptional', decisionKey: decidedAs };
    expect((await head.post(`${at}/${id}`, late, { form: at })).status).toBe(409);
    expect((await request()).decisions).toMatchObject([
      { granted: false, decidedBy: 'head', role: 'headteacher', takenBackBy: 'head', takenBackRole: 'headteacher' },
    ]);
  });

  it('is decided once, whoever decides at the same moment', async () => {
    const { id } = await request();
    const ways = ['yes', 'no', 'yes', 'no'];
    const found = await Promise.all(
      ways.map((granted, i) =>
        head.post(`${at}/${id}`, { granted, reason: `Reason ${i}`, decisionKey: randomUUID() }, { form: at }),
      ),
    );
    expect(found.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409]);
    const { decisions } = await request();
    expect(decisions.filter(({ takenBackAt }) => takenBackAt === null)).toHaveLength(1);
  });

  it('is granted in part: some of the days, and the others are refused', async () => {
    const { schoolId } = await request();
    const id = randomUUID();
    const asked = { pupilId: school.idOf('ann'), from: '2026-11-16', to: '2026-11-27', receivedOn: '2026-10-05' };
    const kept = { id, schoolId, recordedBy: 'office', waitsSince: '2026-10-06' };
    await keepLeave(school.db, kept, { ...asked, reason: 'A funeral abroad', askedBy: 'Ada Byrne' });
    const part = (grantedFrom: string, grantedTo: string) => {
      const said = { granted: 'part', grantedFrom, grantedTo, reason: 'The funeral', decisionKey: randomUUID() };
      return head.post(`${at}/${id}`, said, { form: at });
    };
    for (const [from, to, field] of [
      ['', '', 'grantedFrom'],
      ['2026-11-16', '', 'grantedTo'],
      ['2026-11-13', '2026-11-16', 'grantedTo'],
      ['2026-11-18', '2026-11-16', 'grantedTo'],
      ['2026-11-16', '2026-11-27', 'grantedTo'],
    ] as const) {
      const { status, text } = await part(from, to);
      expect([status, text]).toEqual([422, expect.stringContaining(`href="#${field}"`)]);
    }
    expect((await part('2026-11-16', '2026-11-18')).status).toBe(303);
    const { text } = await head.get(at);
    expect(text).toMatch(/Granted in part, 16 Nov 2026 to 18 Nov 2026, on 6 Oct 2026 by [^<:]+, Headteacher: The funeral/);
    expect(text).toContain('Leave from Monday 16 November 2026 to Wednesday 18 November 2026 is granted. Of what was asked for');
  });

  it('of more than the inbox has lines for, all stand on a page of their own', async () => {
    const { schoolId } = await request();
    for (const month of ['01', '02', '03', '04', '05', '06']) {
      const days = { from: `2027-${month}-11`, to: `2027-${month}-11`, receivedOn: '2026-10-05' };
      const asked = { pupilId: school.idOf('ann'), ...days, reason: 'A wedding', askedBy: 'Ada Byrne' };
      await keepLeave(school.db, { id: randomUUID(), schoolId, recordedBy: 'office', waitsSince: '2026-10-06' }, asked);
    }
    const inbox = (await head.get('/inbox')).text;
    // The sixth is a click away there, and from six on all of them are.
    expect(inbox).toMatch(
      /And 1 more<\/span><\/summary><div[^>]*><ul[^>]*><li><a class="govuk-link" href="[^"]*">[^<]*11 Jun 2027/,
    );
    expect(inbox).toContain('<a class="govuk-link" href="/register/leave">All requests for leave</a>');
    const { status, text } = await head.get('/register/leave');
    expect([status, text.match(/decide on leave, 11 \w+ 2027/g)?.length]).toEqual([200, 6]);
    expect((await office.get('/register/leave')).text).toContain('No request for leave waits for you');
  });
});
