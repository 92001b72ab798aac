import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstBreak } from '../../../prisma/ledger.ts';
import { aBusySchool } from '../../support/busy-school.ts';

let busy: Awaited<ReturnType<typeof aBusySchool>>;
let lead: Awaited<ReturnType<typeof busy.desk.signedIn>>;
let machine: Awaited<ReturnType<typeof busy.desk.tokenOf>>;
const ids = { meet: '', invite: '' };

/** Two children of one mother who lives with both; each has a father of its own, elsewhere. */
beforeAll(async () => {
  busy = await aBusySchool();
  const { db, school, desk } = busy;
  lead = await desk.signedIn('sal');
  machine = await desk.tokenOf('sal');
  for (const pupil of ['meet', 'invite'] as const) ids[pupil] = (await school.caseOf(pupil)).id;
  const contact = (contactNo: string) => db.contact.findFirstOrThrow({ where: { contactNo } });
  const mother = await contact('meet-1');
  await db.contact.update({ where: { id: mother.id }, data: { fullName: 'Mary Shared', email: 'mary@families.example' } });
  await db.pupilContact.updateMany({
    where: { contactId: (await contact('invite-1')).id },
    data: { contactId: mother.id },
  });
  for (const [no, fullName, street] of [
    ['meet-2', 'Fred Meet', '7 Far Lane'],
    ['invite-2', 'Ivan Invite', '9 Hidden Close'],
  ] as const)
    await db.contact.updateMany({ where: { contactNo: no }, data: { fullName, address: [street] } });
});
afterAll(() => busy?.end());

const recorded = async (pupil: 'meet' | 'invite') => {
  const rows = await busy.db.ledgerEvent.findMany({ where: { matterId: ids[pupil], type: 'meeting recorded' } });
  return rows.map(({ body, byUser }) => ({ byUser, ...(body as object) }));
};
const textOf = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('trap 10: brothers and sisters are seen as one family, and nothing of one parent is shown to another', () => {
  it('the case says who has one too, at which stage, only to those who may see them', async () => {
    const { body } = await machine.get(`/api/v1/cases/${ids.meet}`);
    expect(body.siblings).toMatchObject([
      { pupil: { name: 'invite Testing' }, caseId: ids.invite, stage: 'meeting', through: ['Mary Shared'] },
    ]);
    const page = (await lead.get(`/cases/${ids.meet}`)).text;
    expect(page).toContain(`href="/cases/${ids.invite}"`);
    expect(textOf(page)).toContain('Brothers and sisters with a case invite Testing, class 9A');
    const { id, className } = await busy.db.pupil.findFirstOrThrow({ where: { admissionNo: 'invite' } });
    await busy.db.pupil.update({ where: { id }, data: { className: '9B' } });
    const teacher = await busy.desk.signedIn('class-teacher');
    const own = await teacher.get(`/cases/${ids.meet}`);
    expect([own.status, own.text.includes('invite')]).toEqual([200, false]);
    await busy.db.pupil.update({ where: { id }, data: { className } });
  });

  it('an invitation offers the day and the time of the other’s meeting; each letter is of one child, to one parent', async () => {
    const at = await busy.proposal('invite', 'meeting-invitation');
    await busy.db
      .$executeRaw`UPDATE attendance_case SET state = jsonb_set(state, '{meeting,on}', '"2026-12-10"') WHERE id = ${ids.meet}::uuid`;
    const { text } = await lead.get(at);
    expect(text).toContain('meet Testing’s meeting is on Thursday 10 December 2026 at 15:30');
    expect(text).toMatch(/name="meetingOn" value="2026-12-10"/);
    await lead.post(at, { choice: 'approve', meetingOn: '2026-12-10', meetingAt: '15:30' });
    const letters = await busy.db.letter.findMany({ where: { template: 'meeting-invitation' }, include: { case: true } });
    const of = letters.filter(({ caseId }) => caseId === ids.invite || caseId === ids.meet);
    expect(of.map(({ toAddress }) => toAddress).sort()).toEqual(
      ['invite.2@families.example', 'mary@families.example', 'meet.1@families.example', 'meet.2@families.example'].sort(),
    );
    for (const { caseId, fields } of of) {
      const written = JSON.stringify(fields);
      const [other, hidden] =
        caseId === ids.invite
          ? ['meet Testing', ['Fred Meet', '7 Far Lane', 'meet.2@']]
          : ['invite Testing', ['Ivan Invite', '9 Hidden Close', 'invite.2@']];
      for (const word of [other, ...hidden]) expect([word, written.includes(word)]).toEqual([word, false]);
      const to = (fields as { recipient: { name: string } }).recipient.name;
      for (const father of ['Fred Meet', 'Ivan Invite'])
        if (to !== father) expect([to, written.includes(father)]).toEqual([to, false]);
    }
  });

  it('the page of a meeting says who was invited to it, and whose invitation was called back', async () => {
    const invitations = await busy.db.letter.findMany({ where: { template: 'meeting-invitation', caseId: ids.meet } });
    const [mothers, fathers] = await Promise.all(
      ['meet-1', 'meet-2'].map((contactNo) => busy.db.contact.findFirstOrThrow({ where: { contactNo } })),
    );
    const of = (contactId: string | undefined) => ({
      where: { id: invitations.find((one) => one.contactId === contactId)?.id ?? '' },
    });
    await busy.db.letter.update({ ...of(mothers?.id), data: { status: 'posted' } });
    await busy.db.letter.update({ ...of(fathers?.id), data: { status: 'recalled' } });
    const page = textOf((await lead.get(await busy.proposal('meet', 'meeting'))).text);
    expect(page).toMatch(/Mary Shared: [^:]*Invitation: Posted/);
    expect(page).toMatch(/Fred Meet: [^:]*Invitation: Recalled/);
  });

  it('one meeting is offered with who may hear of whom, and recorded on each case as its own event, once', async () => {
    const letters = await busy.db.letter.findMany({ where: { template: 'meeting-invitation', caseId: ids.invite } });
    for (const { id: letterId } of letters) await busy.toCase('invite', { kind: 'letter outcome', letterId, outcome: 'sent' });
    await busy.dayIs('2026-12-10');
    expect(textOf((await lead.get('/inbox')).text)).toMatch(/Proposed on \d+ \w{3} 2026/);
    const at = await busy.proposal('meet', 'meeting');
    const { body } = await machine.get(`/api/v1${at}`);
    expect(body.together).toMatchObject([
      { matterId: ids.invite, both: ['Mary Shared'], onlyHere: ['Fred Meet'], onlyThere: ['Ivan Invite'] },
    ]);
    const { text } = await lead.get(at);
    expect(text).not.toMatch(/ (id|for)="[^"]* [^"]*"/);
    const page = textOf(text);
    expect(page).toContain('Also for invite Testing, class 9A');
    expect(page).toContain('Speak of both children only with Mary Shared. Say nothing of invite Testing to Fred Meet');

    const [{ key, version }] = body.together;
    const also = `${ids.invite} ${key} ${version}`;
    const said = {
      ...{ choice: 'met', happened: 'held', metOn: '2026-12-10', target: '92', record: 'A friend was unkind.' },
      ...{ 'offer-mentor': 'accepted', 'also-1': also, 'alsoTarget-1': '91', 'alsoNote-1': 'The bus is late.' },
    };
    const late = await lead.post(at, { ...said, metOn: '2026-12-11' });
    expect([late.status, textOf(late.text)]).toEqual([422, expect.stringContaining('For invite Testing: Record a meeting on')]);
    expect([await recorded('meet'), await recorded('invite')]).toEqual([[], []]);
    const wrong = await lead.post(at, { ...said, 'alsoTarget-1': 'most' });
    expect(wrong.text).toContain('href="#alsoTarget-1"');

    const decisionKey = randomUUID();
    expect((await lead.post(at, { ...said, decisionKey })).status).toBe(303);
    const both = { happened: 'held', on: '2026-12-10', together: true, byUser: 'lead' };
    expect(await recorded('meet')).toMatchObject([{ ...both, target: 9_200, words: 'A friend was unkind.' }]);
    expect(await recorded('invite')).toMatchObject([{ ...both, target: 9_100, words: 'The bus is late.' }]);
    expect(JSON.stringify(await recorded('invite'))).not.toMatch(/unkind|meet Testing|Fred/);
    for (const id of Object.values(ids)) expect(await firstBreak(busy.db, id)).toBeNull();
    const mentor = async (pupil: string) => {
      const { metOn, offers } = (await busy.school.caseOf(pupil)).state as {
        metOn: string;
        offers: { kind: string; response: string }[];
      };
      return [metOn, offers.find(({ kind }) => kind === 'mentor')?.response];
    };
    expect([await mentor('meet'), await mentor('invite')]).toEqual([
      ['2026-12-10', 'accepted'],
      ['2026-12-10', 'declined'],
    ]);

    expect(
      (await lead.post(at, { ...said, decisionKey, version: String(body.version) }, { form: `/cases/${ids.meet}` })).status,
    ).toBe(303);
    expect([(await recorded('meet')).length, (await recorded('invite')).length]).toEqual([1, 1]);
    expect(textOf((await lead.get(`/cases/${ids.invite}`)).text)).toContain('It was for a brother or sister too');
  });

  it('a machine is told what does not go together', async () => {
    const at = await busy.proposal('marks', 'missing marks');
    const alsoFor = [{ matterId: ids.invite, key: '1-meeting', version: 1 }];
    const ask = (decision: object) => machine.post(`/api/v1${at}/decision`, { version: 1, decision, alsoFor }, randomUUID());
    const done = await ask({ choice: 'done' });
    expect([done.status, done.body.detail]).toEqual([422, 'Only a meeting is recorded for brothers and sisters too']);
    const met = await ask({ choice: 'met', happened: 'held', on: '2026-12-10' });
    expect([met.status, met.body.detail]).toEqual([409, expect.stringContaining('no longer waits for you')]);
  });
});
