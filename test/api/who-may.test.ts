import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { allRoutes } from '../../api/all-routes.ts';
import { type Role, roles } from '../../policy/people/roles.ts';
import { type Browser, type Machine, machine } from '../support/callers.ts';
import { type TwoSchools, twoSchools } from '../support/two-schools.ts';

const nobody = '00000000-0000-4000-8000-000000000000';
const address = (path: string) =>
  path
    .replaceAll(/:n\b/g, '0')
    .replaceAll(/:key\b/g, '1-letter')
    .replaceAll(/:\w+/g, nobody);
const routes = allRoutes();

describe('who may use what', () => {
  let schools: TwoSchools;
  const callers = new Map<Role, { browser: Browser; machine: Machine }>();

  beforeAll(async () => {
    schools = await twoSchools();
    for (const role of roles) {
      const browser = await schools.signedIn(role);
      callers.set(role, { browser, machine: machine(schools.app, await schools.tokenFor(role)) });
    }
  });
  afterAll(() => schools.close());

  it.each(routes.map((route) => [route.kind, route.path, route] as const))('%s %s', async (_, __, route) => {
    const path = address(route.path);
    const post = route.kind === 'form' || (route.kind === 'api' && route.method === 'post');
    const ask = (role: Role) => {
      const as = callers.get(role);
      if (!as) throw new Error(`Nobody is a ${role}`);
      if (route.kind === 'api') return post ? as.machine.post(path, {}, `${role}:${path}`) : as.machine.get(path);
      return post ? as.browser.post(path) : as.browser.get(path);
    };
    const stranger = await (post ? request(schools.app).post(path) : request(schools.app).get(path));
    if (route.may === 'anyone') expect(stranger.status).toBe(200);
    else if (route.kind === 'api') expect([stranger.status, stranger.type]).toEqual([401, 'application/problem+json']);
    else expect([stranger.status, stranger.headers.location]).toEqual([303, expect.stringMatching(/^\/sign-in/)]);
    for (const role of roles) {
      const { status, text } = await ask(role);
      const may = typeof route.may === 'string' || route.may.includes(role);
      const refused = status === 403 && !/page was open too long/.test(text);
      expect([role, refused]).toEqual([role, !may]);
      expect([role, status < 500]).toEqual([role, true]);
    }
  });

  it('a page and its form let the same people act as the API does', () => {
    const may = (name: string) =>
      routes.find((route) => (route.kind === 'api' ? route.name : `${route.kind} ${route.path}`) === name)?.may;
    const pairs = [
      ['form /proposals/:matterId/:key', 'decideProposal'],
      ['form /proposals/:matterId/:key/letters/:n', 'previewLetterPdf'],
      ['form /approvals', 'approveTogether'],
      ['form /cases/:id', 'actOnCase'],
      ['form /cases/:id/support', 'noteSupport'],
      ['form /register/:id/marks', 'correctMark'],
      ['form /register/:id/case', 'openCase'],
      ['form /register/:id/home-authority', 'setHomeAuthority'],
      ['form /register/:id/leave', 'recordLeave'],
      ['form /register/:id/elsewhere', 'sayAbsenceElsewhere'],
      ['form /register/:id/leave/:requestId', 'decideLeave'],
      ['form /register/:id/leave/:requestId/mistaken', 'takeLeaveDecisionBack'],
      ['form /register/unexplained', 'settleUnexplained'],
      ['form /people/same', 'saySamePeople'],
      ['form /away', 'sayAway'],
      ['form /letters/:id', 'actOnLetter'],
      ['form /referrals/:id', 'actOnReferral'],
      ['form /referrals/:id/proposals/:key', 'decideReferralProposal'],
      ['form /referrals/:id/proposals/:key/letters/:n', 'previewNoticePdf'],
      ['form /referrals/:id/notices/:noticeId', 'actOnPenaltyNotice'],
      ['form /referrals/:id/elsewhere', 'sayNoticeElsewhere'],
      ['form /imports', 'lookAtFile'],
      ['form /imports/mappings', 'keepMapping'],
      ['form /imports/mappings/:id', 'removeMapping'],
      ['form /imports/:id', 'actOnImport'],
      ['form /duties', 'sayDutyDone'],
      ['form /duties/mistaken', 'sayDutyMistaken'],
      ['form /policies', 'keepPolicy'],
      ['form /policies/look', 'lookAtPolicy'],
      ['form /policies/:policy/proof', 'askPolicyProof'],
      ['form /policies/:policy/follow', 'followPolicy'],
      ['form /authority', 'keepAuthority'],
      ['form /authority/look', 'lookAtAuthority'],
      ['form /policy-moves', 'moveCases'],
      ['form /simulations', 'startSimulation'],
      ['form /simulations/:id', 'actOnSimulation'],
      ['form /simulations/:id/pupils/:pupilId', 'tryOtherwise'],
      ['form /calendar/periods', 'showCalendarChange'],
      ['form /calendar/periods/:id', 'showCalendarChange'],
      ['form /calendar/times', 'setSessionTimes'],
      ['form /calendar/files', 'showCalendarCsv'],
      ['form /calendar/changes/:id', 'makeCalendarChange'],
      ['form /returns/made', 'recordReturnMade'],
      ['form /training', 'walkTrainingClock'],
    ];
    expect(pairs.map(([form]) => form).sort()).toEqual(
      routes.flatMap((route) => (route.kind === 'form' ? [`form ${route.path}`] : [])).sort(),
    );
    for (const [form = '', name = ''] of pairs) expect([name, may(name)]).toEqual([name, may(form)]);
  });

  it('a form without its token is refused', async () => {
    const reply = callers.get('sal')?.browser.post('/training').type('form').send({ how: 'next' });
    const { status, text } = (await reply) ?? { status: 0, text: '' };
    expect([status, text]).toEqual([403, expect.stringMatching(/page was open too long/)]);
  });

  it('a POST to the API without a key is refused as a problem, before its body is read', async () => {
    const { status, type, body } = await request(schools.app)
      .post(`/api/v1/cases/${nobody}/action`)
      .set('Authorization', `Bearer ${await schools.tokenFor('sal')}`)
      .send('{ no JSON');
    expect([status, type, body.detail]).toEqual([422, 'application/problem+json', expect.stringMatching(/Idempotency-Key/)]);
  });

  it('the OpenAPI document names every endpoint', async () => {
    const { body } = await request(schools.app).get('/api/openapi.json');
    const named = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(body.openapi).toBe('3.1.0');
    expect(named.sort()).toEqual(
      routes
        .flatMap((route) => (route.kind === 'api' ? [`${route.method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`] : []))
        .sort(),
    );
  });
});
