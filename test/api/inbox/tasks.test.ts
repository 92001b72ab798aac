import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { broughtAbout } from '../../../api/inbox/brought-about.ts';
import { choicesFor } from '../../../api/inbox/choices.ts';
import { asked } from '../../../api/inbox/words.ts';
import type { Proposal } from '../../../policy/case/proposal.ts';
import type { Role } from '../../../policy/people/roles.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const sixDays = ['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06'];
const longIllness = Array.from({ length: 12 }, (_, i) => `2026-09-${String(8 + i).padStart(2, '0')}`);
const absent = (days: readonly string[], code: string) => Object.fromEntries(days.map((day) => [day, code]));
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;

beforeAll(async () => {
  const pupils = { ann: absent(sixDays, 'O'), bob: absent([...longIllness, ...sixDays], 'I'), cal: absent(sixDays, 'I') };
  const flags = { cal: ['looked-after'] };
  school = await aSchool({ today: '2026-10-06', pupils, flags, packId: 'demat', workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

/** Where a proposal of this kind is decided. */
async function pathOf(pupil: string, what: string, role: Role): Promise<string> {
  const { id } = await school.caseOf(pupil);
  const rows = await school.db.proposal.findMany({ where: { matterId: id, status: 'open', role } });
  const found = rows.find(({ body }) => (body as { action: { what: string } }).action.what === what);
  return `/proposals/${id}/${found?.key}`;
}
const words = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

const settings = {
  ...{ recallMinutes: 30, askAgainAfter: 10, targetPercent: null, targetRuns: null, targetCounts: false },
  ...{ colleagues: [], beside: [], arranged: null },
};

describe('what a policy asks of people beside letters', () => {
  it('a permission says whose the task is then, and the approver is told so; the doer finds where to go', async () => {
    const lead = await desk.signedIn('sal');
    const visit = await pathOf('ann', 'permission', 'sal');
    expect(words((await lead.get(visit)).text)).toContain('Approve: then it is for the attendance officer to do');
    await lead.post(visit, { choice: 'approve', note: 'Go with the SENCO.' }).then(({ status }) => expect(status).toBe(303));
    const told = words((await lead.get('/inbox')).text);
    expect(told).toContain('Approved. It is for the attendance officer to do now.');
    expect(told).not.toContain('A letter waits');

    const office = await desk.signedIn('attendance-officer');
    const rows = await school.db.proposal.findMany({ where: { status: 'open', role: 'attendance-officer' } });
    const task = rows.find(({ body }) => (body as { action: { task?: string } }).action.task === 'home visit');
    const page = words((await office.get(`/proposals/${task?.matterId}/${task?.key}`)).text);
    expect(page).toMatch(/Where the family lives Parent 1 of ann: Mother, .*1 Kiln Row, Oakbridge, OK1 1AA/);
    expect(page).toContain('It is not done, with a reason');
    expect(page).toContain('Approved by Priya Nair, Senior attendance lead: “Go with the SENCO.”');
  });

  it('what somebody asked for is never theirs to decide, whoever it is passed on to: neither in the inbox nor on its page', async () => {
    const lead = await desk.signedIn('sal');
    const row = await school.db.proposal.findFirstOrThrow({ where: { body: { path: ['notBy'], equals: 'lead' } } });
    const { matterId, key, id } = row;
    const task = `/proposals/${matterId}/${key}`;
    await school.db.proposal.update({ where: { id }, data: { alsoRole: 'sal' } });
    expect(words((await lead.get(task)).text)).toContain('You asked for this, or decide for who did: somebody else has to');
    const machine = await desk.tokenOf('sal');
    expect((await machine.get(`/api/v1${task}`)).body.mine).toBe(false);
    const waiting = (await machine.get('/api/v1/proposals')).body.rows as { matterId: string; key: string }[];
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.some((one) => one.matterId === matterId && one.key === key)).toBe(false);
    const other = await desk.tokenOf('attendance-officer');
    const rows = (await other.get('/api/v1/proposals')).body.rows as { key: string }[];
    expect(rows.map((one) => one.key)).toContain(key);
  });

  it('the case says for whom each thing waits', async () => {
    const { id } = await school.caseOf('bob');
    const lead = words((await (await desk.signedIn('sal')).get(`/cases/${id}`)).text);
    expect(lead).toMatch(/Attendance panel For you .*Home visit For the designated safeguarding lead/);
  });

  it('a task of a stage says what is to be done, and that it comes back if it is left', async () => {
    const lead = await desk.signedIn('sal');
    const page = words((await lead.get(await pathOf('bob', 'task', 'sal'))).text);
    expect(page).toContain('What is to be done: Bring together everybody who works with the family');
    expect(page).toContain('It is asked about again after 10 school days, if its ground still stands.');
  });

  it('who looks before a letter goes is told which letter, and who approves it then', async () => {
    const dsl = await desk.signedIn('dsl');
    const page = words((await dsl.get(await pathOf('cal', 'review', 'dsl'))).text);
    expect(page).toContain('Waits for this Invitation to a meeting, then for the senior attendance lead to approve');
    expect(page).toContain('No letter now, with a reason');
  });

  it('the headteacher sees which support was offered before a penalty notice is asked for, and that nothing goes out by itself', async () => {
    const { id } = await school.caseOf('ann');
    const lead = await desk.signedIn('sal');
    const support = { support: 'mentor', response: 'accepted', on: '2026-10-05', supportText: '' };
    await lead.post(`/cases/${id}/support`, support, { form: `/cases/${id}` }).then(({ status }) => expect(status).toBe(303));
    const head = await desk.signedIn('headteacher');
    const page = (await head.get(await pathOf('ann', 'permission', 'headteacher'))).text;
    expect(words(page)).toContain('Support A mentor or key adult: accepted on 5 Oct 2026');
    expect(words(page)).toContain('Firstbell sends nothing for this itself, neither to a parent nor to the authority');
    expect(page).toContain(`<a class="govuk-link" href="/cases/${id}#support-plan">`);
  });

  it('who asks for a referral is told who decides it', () => {
    const action = { what: 'referral request', tells: [], by: 'headteacher', due: { n: 2, unit: 'school day' } } as const;
    const [approve] = choicesFor({ action, step: 0 } as unknown as Proposal, settings);
    expect(approve?.text).toBe('Ask for it: then it is for the headteacher to decide');
    expect(asked({ action })).toBe('Ask for a referral to the local authority');
    expect(broughtAbout(action, 'approve')).toBe('Asked for. It is for the headteacher to decide now.');
  });

  it('a meeting while a time is monitored says whose target it would change, and that an empty field keeps it', () => {
    const hints = (more: object) => {
      const proposal = { action: { what: 'meeting' }, step: null } as unknown as Proposal;
      return choicesFor(proposal, { ...settings, targetCounts: true, ...more }).flatMap(({ fields }) =>
        fields.flatMap((field) => ('name' in field && field.name === 'target' ? [field.hint] : [])),
      );
    };
    expect(hints({ targetRuns: '90%', targetPercent: '95%' })).toEqual([
      'Attendance in the time that is monitored now. Leave it empty to keep its target of 90%.',
    ]);
    expect(hints({ targetPercent: '95%' })).toEqual(['Attendance in the time that follows. The policy asks for 95%.']);
  });

  it('who is asked whether something is so says yes or no, and is told what follows', () => {
    const task = { task: 'notify authority', says: 'Make the return', whom: [], may: false, by: 'office' } as const;
    const action = { what: 'permission', ...task, due: { n: 2, unit: 'school day' }, whether: 'it is likely' } as const;
    const choices = choicesFor({ action, step: null } as unknown as Proposal, settings);
    expect(choices.slice(0, 2).map(({ text }) => text)).toEqual([
      'Yes: then it is for the office to do',
      'No, with what you know',
    ]);
    expect(asked({ action })).toBe('Say whether it is likely');
    expect(broughtAbout(action, 'approve')).toBe('It is so. It is for the office to do now.');
    expect(broughtAbout(action, 'decline')).toBe('It is not so. What you know is in the record.');
  });
});
