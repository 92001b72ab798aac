import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { staff } from '../../policy/training/staff.ts';
import { apiOf, hiddenIn } from '../support/api-of.ts';
import { aSchool } from '../support/school.ts';
import { until } from '../support/until.ts';

/** Somebody decides on a page that they opened before the case was closed. */
describe('an approval for a case that is closed', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof apiOf>>;
  const by = { id: staff.find(({ role }) => role === 'sal')?.id ?? '', role: 'sal' } as const;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { ada: { '2026-09-10': 'O' } } });
    api = await apiOf(school);
  });
  afterAll(async () => {
    await api.stop();
    await school.end();
  });

  it('is refused with 409 in words, by the API and on the page, and changes nothing', async () => {
    const { id, pupilId } = await school.caseOf('ada');
    const [proposal] = await school.proposals('ada');
    const place = `/proposals/${id}/${proposal?.key}`;
    const approve = await api.approval('ada');
    const lead = await api.browser('sal');
    const { text } = await lead.get(place).expect(200);
    const form = { _csrf: hiddenIn(text, '_csrf'), decisionKey: hiddenIn(text, 'decisionKey'), version: proposal?.version };
    const textId = randomUUID();
    await school.db.writtenText.create({ data: { id: textId, byUser: by.id, body: { text: 'The family has moved' } } });
    await school.matters.decide({ kind: 'case', matterId: id, input: { key: 'close', kind: 'close', by, textId } });
    const workflow = school.engine.client.workflow.getHandle(`case:${pupilId}`);
    await until(async () => (await workflow.describe()).status.name === 'COMPLETED');
    const before = await school.db.ledgerEvent.count();

    const reply = await approve();
    expect([reply.status, reply.type]).toEqual([409, 'application/problem+json; charset=utf-8']);
    expect(reply.body.detail).toMatch(/closed\. Nothing more can be decided/);
    const page = await lead
      .post(place)
      .type('form')
      .send({ ...form, choice: 'approve' });
    expect(page.status).toBe(409);
    expect(page.text).toMatch(/There is a problem[\s\S]*closed\. Nothing more can be decided/);
    expect([await school.db.ledgerEvent.count(), await school.lettersOf('ada')]).toEqual([before, []]);
  });
});
