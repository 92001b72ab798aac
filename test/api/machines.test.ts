import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { columnsOf } from '../../policy/register/csv-forms.ts';
import { keepPack } from '../../prisma/packs.ts';
import { referralWorkflowId, taskQueue } from '../../workflows/messages.ts';
import { contactCells, csvOf, markCells } from '../activities/register/a-register.ts';
import { aSimulationUnder } from '../support/a-simulation.ts';
import { addresses, type Known } from '../support/addresses.ts';
import { type Machine, submit } from '../support/callers.ts';
import { conformity } from '../support/conform.ts';
import { emailOf } from '../support/desk.ts';
import { addOutsiders, asking, outsidersFor } from '../support/elsewhere.ts';
import { aRunningApi } from '../support/running-api.ts';
import { aSchool, until } from '../support/school.ts';
import { smallPolicy } from '../support/small-policy.ts';
import { packFile } from '../support/told-case.ts';

const today = '2027-03-23';
const absent = Object.fromEntries(
  ['2026-10-05', '2027-02-22', '2027-02-23', '2027-02-24', '2027-03-01', '2027-03-02'].map((day) => [day, 'O']),
);
const { check, done, all } = conformity();

let school: Awaited<ReturnType<typeof aSchool>>;
let api: Awaited<ReturnType<typeof aRunningApi>>;
let lead: Machine;
let office: Machine;
let head: Machine;
let officer: Machine;

beforeAll(async () => {
  school = await aSchool({ today, pupils: { A: absent, B: absent, C: absent, D: absent, E: absent } });
  api = await aRunningApi(school);
  lead = await api.as('sal');
  office = await api.as('attendance-officer');
  head = await api.as('headteacher');
  officer = await api.as('ewo');
});
afterAll(async () => {
  await api?.stop();
  await school?.end();
});

/** What a GET answers, held against the description. */
async function got(as: Machine, path: string) {
  const reply = await as.get(`/api/v1${path}`);
  check('get', `/api/v1${path}`, reply);
  expect([path, reply.status, reply.body.detail]).toEqual([path, 200, undefined]);
  return reply.body;
}

/** What a POST answers: the same again for the same key, and a refusal if it says more than is asked. */
async function posted(as: Machine, path: string, body: object) {
  const at = `/api/v1${path}`;
  const more = await as.post(at, { ...body, extra: 1 }, randomUUID());
  check('post', at, more);
  expect([path, more.status, more.body.detail]).toEqual([path, 422, expect.stringContaining('"extra"')]);
  const key = randomUUID();
  const first = await as.post(at, body, key);
  check('post', at, first);
  expect([path, first.status, first.body.detail]).toEqual([path, 200, undefined]);
  const again = await as.post(at, body, key);
  expect([again.status, again.body]).toEqual([200, first.body]);
  return first.body;
}

/** A PDF that a GET answers. */
async function gotPdf(as: Machine, path: string) {
  const reply = await as.get(`/api/v1${path}`);
  check('get', `/api/v1${path}`, reply);
  expect([path, reply.status, reply.body.subarray?.(0, 5).toString()]).toEqual([path, 200, '%PDF-']);
}

/** A PDF that a POST answers. It is made anew when the same is asked again: nothing was done that must not be done twice. */
async function postedPdf(as: Machine, path: string, body: object) {
  const at = `/api/v1${path}`;
  const key = randomUUID();
  const [first, again] = [await as.post(at, body, key), await as.post(at, body, key)];
  check('post', at, first);
  expect([path, first.status, first.body.subarray?.(0, 5).toString()]).toEqual([path, 200, '%PDF-']);
  expect(again.body).toEqual(first.body);
}

/** Why a POST is refused. */
async function refused(as: Machine, path: string, body: object) {
  const reply = await as.post(`/api/v1${path}`, body, randomUUID());
  check('post', `/api/v1${path}`, reply);
  return [reply.status, reply.body.detail];
}

const proposalOf = async (pupil: string) => {
  const { rows } = await got(lead, '/proposals');
  const row = rows.find((one: { pupil: { name: string } }) => one.pupil.name === `${pupil} Testing`);
  return { row, at: `/proposals/${row.matterId}/${row.key}` };
};

describe('a machine in the school', () => {
  it('reads what waits for its user, with the evidence', async () => {
    const { row, at } = await proposalOf('A');
    expect(row).toMatchObject({ matterKind: 'case', asked: 'Approve: Letter 1', reminded: false });
    const proposal = await got(lead, at);
    expect(proposal).toMatchObject({ mine: true, what: 'letter', template: 'letter-1', version: 1, cautions: [] });
    expect(proposal.choices).toEqual(['approve', 'decline', 'hold', 'ask']);
    expect(proposal.evidence.daysMissed).toBe(6);
    expect((await got(office, at)).mine).toBe(false);
  });

  it('is shown the letters that an approval would send, with its words and what goes with them', async () => {
    const { row, at } = await proposalOf('A');
    const approve = { version: row.version, decision: { choice: 'approve', text: 'We can talk any morning.' } };
    const { letters, enclosures, ...more } = await posted(lead, `${at}/letters`, approve);
    expect(more).toEqual({ refused: null, example: false, without: [] });
    expect(letters).toMatchObject([
      { n: 0, to: 'Parent 1 of A', channel: 'email', title: 'A Testing has missed 6 days of school' },
      { n: 1, to: 'Parent 2 of A' },
    ]);
    for (const { parts } of letters) expect(parts).toContainEqual({ kind: 'paragraph', text: 'We can talk any morning.' });
    expect(enclosures).toMatchObject([{ number: 1, kind: 'leaflet', title: 'Working together on attendance' }]);
    expect(await posted(lead, `${at}/letters`, { ...approve, version: 7 })).toMatchObject({
      refused: expect.stringContaining('changed since'),
      letters: [],
    });
    await postedPdf(lead, `${at}/letters/0/letter.pdf`, approve);
    expect(await refused(lead, `${at}/letters/9/letter.pdf`, approve)).toEqual([404, expect.stringContaining('no such letter')]);
    expect(await refused(lead, `${at}/letters/0/letter.pdf`, { ...approve, version: 7 })).toEqual([
      422,
      expect.stringContaining('changed since'),
    ]);
    await gotPdf(lead, `${at}/enclosures/1`);
    expect((await lead.get(`/api/v1${at}/enclosures/2`)).status).toBe(404);
    expect(await school.db.letter.count()).toBe(0);
  });

  it('decides as its user may, with its words in the record, and is told what is wrong', async () => {
    const { row, at } = await proposalOf('A');
    const decline = { version: row.version, decision: { choice: 'decline', text: 'The family has called' } };
    expect(await refused(lead, `${at}/decision`, { ...decline, decision: { choice: 'decline' } })).toEqual([
      422,
      expect.stringContaining('Enter a reason'),
    ]);
    expect(await refused(office, `${at}/decision`, decline)).toEqual([403, expect.stringContaining('lead to decide')]);
    expect(await refused(lead, `${at}/decision`, { ...decline, version: 7 })).toEqual([
      409,
      expect.stringContaining('changed since'),
    ]);
    expect(await refused(lead, `${at}/decision`, { ...decline, decision: { choice: 'made up' } })).toEqual([
      422,
      expect.stringContaining('Choose what to do'),
    ]);
    const seen = { matterId: row.matterId, key: row.key, version: 7 };
    const { results } = await posted(lead, '/proposals/approvals', { proposals: [seen] });
    expect(results).toMatchObject([{ outcome: 'refused', because: expect.stringContaining('changed since') }]);
    expect(await posted(lead, `${at}/decision`, decline)).toMatchObject({ closed: false });
    const { rows } = await got(lead, `/cases/${row.matterId}/events`);
    expect(rows.filter(({ type }: { type: string }) => type === 'decided')).toMatchObject([
      { words: 'The family has called', says: 'Declined: Letter 1', by: { name: 'Priya Nair', role: 'sal' } },
    ]);
    expect((await got(lead, at)).status).toBe('decided');
  });

  it('approves a letter, reads it and its PDF, and recalls it while it waits', async () => {
    const { row, at } = await proposalOf('B');
    await posted(lead, `${at}/decision`, {
      version: row.version,
      decision: { choice: 'approve', text: 'We can talk any morning.' },
    });
    await until(async () => (await school.lettersOf('B')).every(({ pdf }) => pdf !== null));
    const { rows, next } = await got(lead, '/letters?status=waiting');
    expect((await got(lead, '/letters/undelivered')).rows).toEqual([]);
    expect([rows.length, next]).toEqual([2, null]);
    const [{ id }] = rows;
    expect(await got(lead, `/letters/${id}`)).toMatchObject({ title: 'Letter 1', written: true, approvedBy: { role: 'sal' } });
    await gotPdf(lead, `/letters/${id}/letter.pdf`);
    await gotPdf(lead, `/letters/${id}/enclosures/1`);
    expect((await got(lead, `/letters/${id}`)).enclosures).toMatchObject([{ number: 1, kind: 'leaflet' }]);
    expect(await refused(office, `/letters/${id}/action`, { do: 'posted' })).toEqual([
      409,
      'The letter is no longer waiting for that',
    ]);
    expect(await refused(office, `/letters/${id}/action`, { do: 'recall' })).toEqual([422, expect.stringContaining('reason')]);
    const recalled = await posted(office, `/letters/${id}/action`, { do: 'recall', reason: 'The address is old' });
    expect([recalled.status, recalled.says]).toEqual(['recalled', 'Recalled: The address is old']);
    const person = await api.browserOf(emailOf('attendance-officer'));
    const other = `/letters/${rows[1].id}`;
    expect((await submit(person, other, { do: 'recall', reason: ' ' })).text).toContain('href="#reason"');
    expect((await submit(person, other, { do: 'recall', reason: 'For both parents' })).status).toBe(303);
    expect((await got(office, other)).says).toBe('Recalled: For both parents');
  });

  it('reads a case, its ledger page by page, and its chart', async () => {
    const { rows, stages } = await got(lead, '/cases');
    expect([rows.length, stages]).toEqual([5, [{ stage: 'letter 1', count: 5 }]]);
    const { id } = await school.caseOf('B');
    await until(async () => (await school.db.ledgerEvent.count({ where: { matterId: id, type: 'letter outcome' } })) === 2);
    const one = await got(lead, `/cases/${id}`);
    expect(one).toMatchObject({ policy: { pack: 'gloucestershire' }, ledger: { whole: true }, letters: [{}, {}] });
    expect(one.attendance.possible - one.attendance.attended).toBe(12);
    const then = await got(lead, `/cases/${id}/then?knownOn=${today}`);
    expect(then).toMatchObject({ knownOn: today, status: 'open', stage: one.stage, headline: one.headline, letters: [{}, {}] });
    expect(then.attendance).toEqual(one.attendance);
    const before = await lead.get(`/api/v1/cases/${id}/then?knownOn=2026-09-01`);
    expect([before.status, before.body.detail]).toEqual([422, expect.stringMatching(/^The case was opened on/)]);
    const events = (await got(lead, `/cases/${id}/events`)).rows as { seq: number; hash: string; prevHash: string }[];
    expect(events).toHaveLength(one.ledger.events);
    expect(events.slice(1).every(({ prevHash }, i) => prevHash === events[i]?.hash)).toBe(true);
    const rest = await got(lead, `/cases/${id}/events?after=3`);
    expect(rest.rows).toEqual(events.slice(3));
    expect((await lead.get(`/api/v1/cases/${id}/events?after=999`)).status).toBe(422);
    const { points, steps } = await got(lead, `/cases/${id}/chart`);
    expect([points.at(-1).on, points.at(-1).attendance]).toEqual([today, one.attendance]);
    expect(steps).toEqual([{ on: today, label: 'Letter 1' }]);
  });

  it('says to a whole case what its user may: a teacher notes, the lead holds, resumes and closes', async () => {
    const { id } = await school.caseOf('C');
    const teacher = await api.machineOf('teacher.9a@oakbridge.example');
    await posted(teacher, `/cases/${id}/action`, { do: 'note', text: 'She was glad to be asked' });
    const support = { support: 'mentor', response: 'accepted', on: today, text: 'Miss Bell, each morning' };
    expect((await refused(teacher, `/cases/${id}/support`, support))[0]).toBe(403);
    await posted(lead, `/cases/${id}/support`, support);
    expect((await got(lead, `/cases/${id}`)).plan).toMatchObject([{ kind: 'mentor', response: 'accepted' }]);
    const hold = { do: 'hold', text: 'Bereavement', until: '2027-04-20' };
    expect(await refused(teacher, `/cases/${id}/action`, hold)).toEqual([403, expect.stringContaining('attendance lead')]);
    expect(await refused(lead, `/cases/${id}/action`, { ...hold, until: '2027-02-30' })).toEqual([
      422,
      expect.stringContaining('Enter the day it goes on'),
    ]);
    await posted(lead, `/cases/${id}/action`, hold);
    expect((await got(lead, `/cases/${id}`)).heldUntil).toBe('2027-04-20');
    await posted(lead, `/cases/${id}/action`, { do: 'resume' });
    expect(await got(lead, `/cases/${id}`)).toMatchObject({ earlierStages: ['concern', 'watched'], siblings: [] });
    const back = { do: 'step back', to: 'concern', text: 'Nobody has spoken to them' };
    expect(await refused(teacher, `/cases/${id}/action`, back)).toEqual([403, expect.stringContaining('attendance lead')]);
    expect(await posted(lead, `/cases/${id}/action`, back)).toMatchObject({ stage: 'concern' });
    expect(await posted(lead, `/cases/${id}/action`, { do: 'close', text: 'They move away' })).toMatchObject({ closed: true });
    expect(await refused(lead, `/cases/${id}/action`, { do: 'note', text: 'Too late' })).toEqual([
      409,
      expect.stringContaining('closed'),
    ]);
    expect((await got(lead, '/cases?status=closed')).rows).toHaveLength(1);
  });

  it('imports a file: all of it or nothing, with the rows to mend as data', async () => {
    const file = (code: string) => csvOf('marks', [markCells(['B', '2027-03-22', 'AM', code, 'Letter from the doctor'])]);
    const key = randomUUID();
    const send = () => office.postFile('/api/v1/imports?kind=marks&fileName=night.csv', file('I'), key);
    const first = await send();
    check('post', '/api/v1/imports?kind=marks', first);
    expect(first.body).toMatchObject({ status: 'done', fileName: 'night.csv', rows: 1, changed: 1, casesTold: 1, problems: [] });
    expect((await send()).body).toEqual(first.body);
    expect(await got(office, `/imports/${first.body.id}`)).toMatchObject({ changed: 1, status: 'done' });
    const again = await office.postFile('/api/v1/imports?kind=marks', file('I'), randomUUID());
    expect(again.body.says).toMatch(/^Nothing changed: all of this was known already/);
    const other = await office.postFile('/api/v1/imports?kind=marks&fileName=night.csv', file('L'), key);
    expect([other.status, other.body.detail]).toEqual([422, expect.stringContaining('used for something else')]);

    const wrong = await office.postFile('/api/v1/imports?kind=marks', file('zz'), randomUUID());
    check('post', '/api/v1/imports?kind=marks', wrong);
    expect([wrong.status, wrong.type]).toEqual([422, 'application/problem+json']);
    expect(wrong.body.detail).toBe('Nothing was imported: there is 1 problem to mend');
    expect(wrong.body.problems).toMatchObject([{ row: 2, column: 'code', value: 'zz' }]);
    expect((await got(office, `/imports/${wrong.body.importId}`)).problems).toEqual(wrong.body.problems);
    const { rows } = await got(office, '/imports');
    expect(rows.map(({ status }: { status: string }) => status)).toEqual(['refused', 'done', 'done', 'done']);
  });

  /** The import when it has been looked at: a busy machine answers before. */
  const ended = async ({ id }: { id: string }) => {
    await until(async () => !['waiting', 'running'].includes((await got(office, `/imports/${id}`)).status));
    return got(office, `/imports/${id}`);
  };

  it('keeps a mapping of the school’s own, and reads by it what it reads', async () => {
    const keep = (text: string) => office.postFile('/api/v1/imports/mappings', text, randomUUID(), 'application/yaml');
    const head = ['mapping: night-job', 'title: The night job', 'rests on: our own export', 'kind: marks'].join('\n');
    const columns = 'columns: { admission_no: Who, date: When, session: Half, code: Mark }';
    const wrong = await keep([head, 'columns:', '  admission_no: Who', '  colour: X'].join('\n'));
    check('post', '/api/v1/imports/mappings', wrong);
    expect([wrong.status, wrong.body.detail]).toEqual([
      422,
      expect.stringMatching(
        /line 5, columns: Say which column gives "date".*line 7, columns: colour: A marks file has no column/s,
      ),
    ]);
    const ours = await keep(head.replace('night-job', 'sims-marks').concat('\n', columns));
    expect([ours.status, ours.body.detail]).toEqual([422, expect.stringMatching(/Firstbell has a mapping "sims-marks" itself/)]);
    const kept = await keep(`${head}\n${columns}`);
    check('post', '/api/v1/imports/mappings', kept);
    expect(await got(office, '/imports/mappings')).toEqual({ rows: [kept.body] });
    const newer = await keep(`${head.replace('night job', 'nightly job')}\n${columns}`);
    expect(newer.body).toMatchObject({ id: kept.body.id, title: 'The nightly job' });
    const file = 'Who,When,Half,Mark\nC,2027-03-18,PM,I\n';
    const named = await office.postFile('/api/v1/imports/look?kind=marks&layout=night-job', file, randomUUID());
    expect(await ended(named.body)).toMatchObject({
      status: 'looked',
      changed: 1,
      read: { layout: 'night-job', guessed: false },
    });
    await posted(office, `/imports/${named.body.id}/action`, { do: 'cancel' });
    const guessed = await office.postFile('/api/v1/imports/look?kind=marks', file, randomUUID());
    expect((await ended(guessed.body)).read).toMatchObject({ layout: 'night-job', guessed: true });
    await posted(office, `/imports/${guessed.body.id}/action`, { do: 'cancel' });
    const second = await keep(`${head.replace('night-job', 'other-job')}\n${columns}`);
    expect(await posted(office, `/imports/mappings/${second.body.id}/removal`, {})).toEqual({ removed: true });
    expect((await got(office, '/imports/mappings')).rows).toHaveLength(1);
  });

  it('looks at a file first, and takes what is good of it or nothing', async () => {
    const { bad, good } = { bad: ['C', '2027-03-19', 'AM', 'zz'], good: ['C', '2027-03-19', 'PM', 'I'] } as const;
    const look = async () => {
      const file = csvOf('marks', [markCells([...bad]), markCells([...good])]);
      const reply = await office.postFile('/api/v1/imports/look?kind=marks', file, randomUUID());
      check('post', '/api/v1/imports/look?kind=marks', reply);
      return ended(reply.body);
    };
    const looked = await look();
    expect(looked).toMatchObject({
      status: 'looked',
      rows: 2,
      changed: 1,
      rejected: 1,
      look: { opens: [], tells: expect.any(Array) },
    });
    const { seen } = looked.look;
    expect(await refused(office, `/imports/${looked.id}/action`, { do: 'take', seen })).toEqual([
      422,
      expect.stringMatching(/^1 row cannot be taken/),
    ]);
    const { rows, next } = await got(office, `/imports/${looked.id}/changes`);
    expect([rows.length, next]).toEqual([1, null]);
    expect(rows[0]).toMatchObject({
      row: 3,
      on: '2027-03-19',
      session: 'PM',
      contact: null,
      pupil: { name: expect.any(String) },
    });
    expect(rows[0].changes).toEqual([{ column: 'code', was: expect.stringMatching(/^[^I]+$/), now: 'I' }]);
    expect((await got(office, `/imports/${looked.id}/changes?after=2`)).rows).toEqual([]);
    const rejected = await office.get(`/api/v1/imports/${looked.id}/rejected.csv`);
    check('get', `/api/v1/imports/${looked.id}/rejected.csv`, rejected);
    expect(rejected.text).toContain('C,2027-03-19,AM,zz,,,2,"code: ');
    const taken = await posted(office, `/imports/${looked.id}/action`, { do: 'take', seen, leaveOutRejected: true });
    expect(taken).toMatchObject({ status: 'done', changed: 1, rejected: 1, look: null });
    const { optional } = columnsOf('contacts');
    const older = csvOf('contacts', [contactCells('C9', 'nobody')], optional);
    const left = await ended((await office.postFile('/api/v1/imports/look?kind=contacts', older, randomUUID())).body);
    const [heading = ''] = (await office.get(`/api/v1/imports/${left.id}/rejected.csv`)).text.split('\r\n');
    expect(heading.replace('\uFEFF', '').split(',')).toEqual([
      ...(older.split('\n')[0] ?? '').split(','),
      'file_row',
      'why_rejected',
    ]);
    const other = await look();
    expect(await posted(office, `/imports/${other.id}/action`, { do: 'cancel' })).toMatchObject({ status: 'cancelled' });
    expect(await refused(office, `/imports/${other.id}/action`, { do: 'cancel' })).toEqual([
      409,
      'This import has ended already',
    ]);
  });

  it('shows what a change to the calendar would do, and makes it: once, and not if the calendar moved on', async () => {
    const before = await got(office, '/calendar');
    expect(before).toMatchObject({ bankHolidays: expect.arrayContaining(['2027-05-03']), version: expect.any(String) });
    const closure = { kind: 'closure', from: '2027-04-28', to: '2027-04-29', label: 'No heating' };
    const asked = { reason: 'The boiler broke', add: [closure] };
    expect(await refused(office, '/calendar/changes', { ...asked, add: [{ ...closure, to: '2027-04-27' }] })).toEqual([
      422,
      'The closure "No heating" from 28 Apr 2027 to 27 Apr 2027: write real dates as year-month-day, the earlier one first',
    ]);
    const shown = await posted(office, '/calendar/changes', asked);
    expect(shown).toMatchObject({
      ...{ made: null, reason: 'The boiler broke', added: [{ ...closure, covers: null }], removed: [], warnings: [] },
      schoolDays: { gained: [], lost: ['2027-04-28', '2027-04-29'] },
    });
    expect((await got(office, '/calendar')).version).toBe(before.version);

    const file = 'kind,from,to,label\ninset,2027-05-04,2027-05-04,Training\n';
    const byFile = await office.postFile('/api/v1/calendar/files/csv?reason=New+dates', file, randomUUID());
    check('post', '/api/v1/calendar/files/csv', byFile);
    expect(byFile.body).toMatchObject({ fileName: 'calendar.csv', rows: [{ at: 'row 2', why: null }], made: null });
    const wrong = await office.postFile('/api/v1/calendar/files/csv?reason=x', `${file}term,2027-02-30,x,\n`, randomUUID());
    check('post', '/api/v1/calendar/files/csv', wrong);
    expect([wrong.status, wrong.body.problems.map(({ at, column }: Record<string, string>) => [at, column])]).toEqual([
      422,
      [
        ['row 3', 'from'],
        ['row 3', 'to'],
        ['row 3', 'label'],
      ],
    ]);

    const ics = await office.get('/api/v1/calendar/calendar.ics');
    check('get', '/api/v1/calendar/calendar.ics', ics);
    const moved = ics.text.replace('DTEND;VALUE=DATE:20270722', 'DTEND;VALUE=DATE:20270717');
    const byIcs = await office.postFile('/api/v1/calendar/files/ics?reason=x', moved, randomUUID(), 'text/calendar');
    check('post', '/api/v1/calendar/files/ics', byIcs);
    expect(byIcs.body).toMatchObject({ added: [{ to: '2027-07-16' }], removed: [{ to: '2027-07-21' }] });
    const same = await office.postFile('/api/v1/calendar/files/ics?reason=x', ics.text, randomUUID(), 'text/calendar');
    expect([same.status, same.body.detail]).toEqual([422, expect.stringContaining('says all of this already')]);

    const made = await posted(office, `/calendar/changes/${shown.id}/make`, { version: shown.version });
    expect(made.made).toMatchObject({ by: { role: 'attendance-officer' }, told: expect.any(Number) });
    expect(made.made.told).toBeGreaterThan(0);
    await until(async () => (await school.db.matterInput.count({ where: { key: `calendar:${shown.id}` } })) === made.made.told);
    expect(await got(lead, `/calendar/changes/${shown.id}`)).toEqual(made);
    expect((await got(office, '/calendar')).schoolDays).toBe(before.schoolDays - 2);
    expect(await refused(office, `/calendar/changes/${byFile.body.id}/make`, { version: byFile.body.version })).toEqual([
      409,
      expect.stringContaining('was changed since'),
    ]);
    const times = {
      fromDay: '2027-04-12',
      morningFrom: '08:50',
      morningTo: '12:10',
      afternoonFrom: '13:00',
      afternoonTo: '15:10',
    };
    expect(await refused(office, '/calendar/times', { ...times, registerMinutes: 45, reason: 'x' })).toEqual([
      422,
      expect.stringContaining('30 minutes at most'),
    ]);
    const set = await posted(office, '/calendar/times', { ...times, registerMinutes: 30, reason: 'Governors’ decision' });
    expect(set.rows).toEqual([{ ...times, registerMinutes: 30, reason: 'Governors’ decision' }]);
    expect((await got(office, '/calendar')).sessionTimes).toEqual(set.rows);
    const csv = await office.get('/api/v1/calendar/calendar.csv');
    check('get', '/api/v1/calendar/calendar.csv', csv);
    expect(csv.text).toContain('closure,2027-04-28,2027-04-29,No heating,,,');
  });

  it.each<[string, string, string, number, RegExp]>([
    ['a file of another kind', '/imports?kind=marks', 'application/json', 415, /Content-Type: text\/csv/],
    ['a kind there is none of', '/imports?kind=letters', 'text/csv', 422, /at kind/],
    ['a question that is none', '/imports?kind=marks&name=x', 'text/csv', 422, /Unrecognized key: "name"/],
    ['a body that is no JSON', '/training/walks', 'text/csv', 415, /application\/json/],
  ])('refuses %s', async (_, path, type, status, says) => {
    const reply = await office.postFile(`/api/v1${path}`, '{}', randomUUID(), type);
    check('post', `/api/v1${path}`, reply);
    expect([reply.status, reply.body.detail]).toEqual([status, expect.stringMatching(says)]);
  });

  it('reads the register: classes, a week, pupils, one of them, and marks with what they were before', async () => {
    expect((await got(office, '/register/classes')).rows).toEqual([{ className: '9A' }]);
    const week = await got(office, '/register/classes/9A?week=2027-03-24');
    expect([week.monday, week.days.length, week.rows.length]).toEqual(['2027-03-22', 4, 5]);
    const { rows } = await got(office, '/register/pupils?class=9A');
    expect(rows.map(({ admissionNo }: { admissionNo: string }) => admissionNo)).toEqual(['A', 'B', 'C', 'D', 'E']);
    const pupil = await got(office, `/register/pupils/${rows[1].id}`);
    expect(pupil.corrections).toMatchObject([{ on: '2027-03-22', session: 'AM', was: '/', is: 'I' }]);
    expect(pupil.figures.attendance).toEqual(rows[1].attendance);
    expect(pupil.contacts.map(({ reach }: { reach: string }) => reach)).toEqual(['email', 'email']);
    const marks = (await got(office, `/register/pupils/${rows[1].id}/marks?from=2027-03-22&to=2027-03-22`)).rows;
    expect(marks).toEqual([
      { on: '2027-03-22', session: 'AM', code: 'I', class: 'authorised', words: 'Illness', minutesLate: null },
      { on: '2027-03-22', session: 'PM', code: '\\', class: 'present', words: 'Present in the afternoon', minutesLate: null },
    ]);
    const long = await office.get(`/api/v1/register/pupils/${rows[1].id}/marks?from=2024-01-01`);
    expect([long.status, long.body.detail]).toEqual([422, 'Ask for a year of marks at most']);
    expect((await office.get('/api/v1/register/classes/12Z')).status).toBe(404);
  });

  it('corrects a mark, which keeps what it was with who changed it and why, and tells the case', async () => {
    const { rows } = await got(office, '/register/pupils?class=9A');
    const at = `/register/pupils/${rows[4].id}`;
    const correction = { on: '2026-10-05', session: 'PM', code: 'M', reason: 'The dentist’s card was shown' };
    expect(await refused(office, `${at}/marks`, { ...correction, reason: ' ' })).toEqual([
      422,
      expect.stringContaining('reason'),
    ]);
    expect(await refused(office, `${at}/marks`, { ...correction, on: '2027-03-06' })).toEqual([
      422,
      expect.stringContaining('closed on this day'),
    ]);
    expect((await refused(head, `${at}/marks`, correction))[0]).toBe(403);
    expect(await posted(office, `${at}/marks`, correction)).toEqual({
      changed: 1,
      casesOpened: 0,
      casesTakenUp: 0,
      casesTold: 1,
    });
    expect(await posted(office, `${at}/marks`, correction)).toEqual({
      changed: 0,
      casesOpened: 0,
      casesTakenUp: 0,
      casesTold: 0,
    });
    const { corrections } = await got(lead, at);
    expect(corrections[0]).toMatchObject({
      ...{ on: '2026-10-05', session: 'PM', was: 'O', is: 'M', reason: 'The dentist’s card was shown' },
      by: { role: 'attendance-officer' },
    });
    const { id } = await school.caseOf('E');
    await until(async () => {
      const { rows: events } = await got(lead, `/cases/${id}/events`);
      return events.some(({ type }: { type: string }) => type === 'attendance noted' || type === 'revised');
    });
  });

  it('says every figure with its sessions, now and as it was known before a correction', async () => {
    const { rows } = await got(office, '/register/pupils?class=9A');
    const at = `/register/pupils/${rows[4].id}/figures`;
    // Known since the end of their day, as a daily import has it: here all came at once.
    await school.db.$executeRaw`
      UPDATE mark SET known_from = day + interval '20 hours' WHERE pupil_id = ${rows[4].id}::uuid AND reason IS NULL`;
    const named = async (measure: string, query = '') => {
      const { subjects } = await got(office, `${at}${query}`);
      const all = subjects.flatMap(({ figures }: { figures: { measure: string }[] }) => figures);
      return all.find((figure: { measure: string }) => figure.measure === measure);
    };
    const session = '2026-10-05 PM';
    const counted = (figure: { sessions: { id: string }[] }) => figure.sessions.find(({ id }) => id === session);
    expect(counted(await named('attendance'))).toEqual({ id: session, code: 'M', as: 'authorised absence' });
    const before = await named('attendance', '?knownOn=2027-03-22');
    expect(counted(before)).toEqual({ id: session, code: 'O', as: 'unauthorised absence' });
    expect(before.span.to).toBe('2027-03-22');
    const { attendance } = (await got(office, `/register/pupils/${rows[4].id}`)).figures;
    const { value, words } = await named('attendance');
    expect([value, words]).toEqual([
      { is: 'attendance', attended: attendance.attended, possible: attendance.possible },
      expect.stringContaining(attendance.percent),
    ]);
    const later = await office.get(`/api/v1${at}?knownOn=2027-12-01`);
    expect([later.status, later.body.detail]).toEqual([422, expect.stringContaining('has not come yet')]);
    const page = await api.browserOf(emailOf('attendance-officer'));
    const shown = async (query: string) => (await page.get(`/register/${rows[4].id}/figures${query}`)).text;
    expect(await shown('?as-known-on=2027-03-22')).toContain('As it was known at the end of Monday 22 March 2027');
    expect(await shown('?as-known-on=2027-03-22')).toContain('one of the training school’s own clock');
    expect(await shown('?as-known-on=')).toContain('As it is known now, Tuesday 23 March 2027');
    expect(await shown('?as-known-on=soon')).toContain('<a href="#as-known-on">“soon” is not understood');
  });

  it('says in whose area a pupil lives, and takes it back', async () => {
    const at = `/register/pupils/${school.idOf('B')}`;
    expect(await posted(office, `${at}/home-authority`, { homeAuthority: 'Westshire' })).toEqual({ homeAuthority: 'Westshire' });
    expect((await got(office, at)).homeAuthority).toBe('Westshire');
    expect(await posted(office, `${at}/home-authority`, { homeAuthority: null })).toEqual({ homeAuthority: null });
    expect((await got(office, at)).homeAuthority).toBeNull();
  });

  it('records absence at another school with how it is known, once, and takes it back', async () => {
    const at = `/register/pupils/${school.idOf('B')}/elsewhere`;
    const said = { do: 'record', place: 'Eastfield Academy', source: 'Their letter of 3 September' };
    expect(await posted(office, at, { ...said, sessions: '2026-07-01 O' })).toEqual({ recorded: true });
    expect((await refused(office, at, { ...said, sessions: '2026-07-01 PM O' }))[1]).toContain('is on record already');
    expect((await refused(head, at, { ...said, sessions: '2026-07-02 O' }))[0]).toBe(403);
    const { rows } = await got(lead, at);
    expect(rows).toMatchObject([{ place: said.place, sessions: ['2026-07-01 AM O', '2026-07-01 PM O'], takenBack: null }]);
    await posted(office, at, { do: 'take back', record: rows[0].id, reason: 'Another child' });
    expect((await got(lead, at)).rows).toMatchObject([{ takenBack: { reason: 'Another child' } }]);
  });

  it('reads the schools of its trust or authority in numbers', async () => {
    const trust = await api.as('trust-lead');
    const { rows: theirs } = await got(trust, '/schools');
    expect(theirs).toMatchObject([{ id: 'oakbridge', chosen: true }]);
    const { rows } = await got(officer, '/schools/figures');
    expect(rows).toEqual((await got(trust, '/schools/figures')).rows);
    expect(rows).toMatchObject([{ school: { id: 'oakbridge' }, pupils: 5, training: true }]);
  });

  it('finds absences without a reason, and makes those O whose time is over', async () => {
    const { rows: pupils } = await got(office, '/register/pupils?class=9A');
    const at = `/register/pupils/${pupils[3].id}/marks`;
    const entered = { session: 'AM', code: 'N', reason: 'Nobody has called' };
    await posted(office, at, { ...entered, on: '2027-03-15' });
    await posted(office, at, { ...entered, on: '2027-03-16' });
    const { rows } = await got(office, '/register/unexplained');
    expect(rows).toMatchObject([
      { on: '2027-03-15', session: 'AM', overdue: true, pupil: { name: 'D Testing' } },
      { on: '2027-03-16', session: 'AM', overdue: false },
    ]);
    expect(await refused(office, '/register/unexplained/settle', { absences: [] })).toEqual([
      422,
      expect.stringContaining('at least one'),
    ]);
    const settled = await posted(office, '/register/unexplained/settle', { absences: rows.map(({ id }: { id: string }) => id) });
    expect(settled).toMatchObject({ changed: 1, casesTold: 1 });
    expect((await got(office, '/register/unexplained')).rows).toMatchObject([{ on: '2027-03-16' }]);
    const { corrections } = await got(office, `/register/pupils/${pupils[3].id}`);
    expect(corrections[0]).toMatchObject({
      on: '2027-03-15',
      was: 'N',
      is: 'O',
      reason: expect.stringContaining('five school days'),
    });
  });

  it('is told what the register lacks, and so is its user, first in the inbox', async () => {
    expect(await got(lead, '/register/gaps')).toMatchObject({ days: expect.arrayContaining(['2027-03-22']), gaps: [] });
    const { pupilId } = await school.caseOf('C');
    const lost = { OR: [{ day: new Date('2027-03-19') }, { day: new Date('2027-03-18'), session: 'PM', pupilId }] };
    const until = new Date();
    await school.db.mark.updateMany({ where: { ...lost, knownUntil: null }, data: { knownUntil: until } });
    const { gaps } = await got(lead, '/register/gaps');
    expect(gaps).toEqual([
      { what: 'class', on: '2027-03-19', className: '9A', session: null },
      { what: 'marks', on: '2027-03-18', className: '9A', missing: 1 },
    ]);
    const { text } = await (await api.browserOf(emailOf('sal'))).get('/inbox');
    expect(text).toContain('No register is in for class 9A, Friday 19 March 2027');
    expect(text).toContain('1 mark missing in class 9A, Thursday 18 March 2027');
    expect(text.indexOf('The register has gaps')).toBeLessThan(text.indexOf('<table'));
    await school.db.mark.updateMany({ where: { ...lost, knownUntil: until }, data: { knownUntil: null } });
    expect((await got(lead, '/register/gaps')).gaps).toEqual([]);
  });

  it('is told of part-time timetables without an agreement, and so is its user, in the inbox and on the pupil’s page', async () => {
    expect(await got(office, '/register/part-time')).toEqual({ rows: [] });
    const { pupilId } = await school.caseOf('E');
    const at = { pupilId, day: new Date('2027-03-22'), session: 'AM', knownUntil: null };
    await school.db.mark.updateMany({ where: at, data: { code: 'C2' } });
    const says = '1 session marked C2 (the last on 22 Mar 2027), and no part-time agreement is on record';
    expect(await got(office, '/register/part-time')).toMatchObject({
      rows: [{ pupil: { id: pupilId }, what: 'no agreement', says }],
    });
    const person = await api.browserOf(emailOf('attendance-officer'));
    expect((await person.get('/inbox')).text).toContain(says);
    expect((await person.get(`/register/${pupilId}`)).text).toContain(says);
    expect(await got(office, `/register/pupils/${pupilId}`)).toMatchObject({
      ...{ partTimeAlert: says, partTime: null, born: '2013-01-15' },
      compulsorySchoolAge: { from: '2018-03-31', until: '2029-06-29', now: true },
    });
    const agreed = {
      partTimeFrom: new Date('2027-03-01'),
      partTimeUntil: new Date('2027-04-01'),
      partTimeReview: new Date('2027-03-22'),
    };
    await school.db.pupil.update({ where: { id: pupilId }, data: agreed });
    expect(await got(office, '/register/part-time')).toMatchObject({ rows: [{ what: 'review' }] });
    await school.db.pupil.update({ where: { id: pupilId }, data: { partTimeReview: null } });
    expect(await got(office, '/register/part-time')).toEqual({ rows: [] });
    await school.db.mark.updateMany({ where: at, data: { code: '/' } });
  });

  it('finds contacts that may be one person, joins them and parts them', async () => {
    expect(await got(office, '/people/same')).toEqual({ contacts: [], pupils: [], said: [], more: 0 });
    const [a, b] = await school.db.contact.findMany({
      where: { contactNo: { in: ['A-1', 'B-1'] } },
      orderBy: { contactNo: 'asc' },
    });
    await school.db.contact.update({ where: { id: b?.id ?? '' }, data: { fullName: a?.fullName ?? '' } });
    const { contacts } = await got(office, '/people/same');
    expect(contacts).toMatchObject([
      { because: ['The same address and the same name'], first: { children: [{ relationship: 'Mother' }] } },
    ]);
    const pairs = [{ kind: 'contact', first: contacts[0].first.id, second: contacts[0].second.id }];
    expect(await posted(office, '/people/same', { pairs, verdict: 'one' })).toEqual({ changed: 1 });
    const { pupilId } = await school.caseOf('A');
    expect((await got(lead, `/register/pupils/${pupilId}`)).contacts).toMatchObject([
      { because: null, reach: 'email', otherChildren: [{ name: 'B Testing' }] },
      { otherChildren: [] },
    ]);
    expect(await got(office, '/people/same')).toMatchObject({
      ...{ contacts: [], said: [{ verdict: 'one', by: { role: 'attendance-officer' } }] },
    });
    expect(await posted(office, '/people/same', { pairs, verdict: 'two', why: 'A cousin' })).toEqual({ changed: 1 });
    expect(await refused(office, '/people/same', { pairs, verdict: 'one' })).toEqual([422, expect.stringContaining('ask again')]);
    await school.db.contact.update({ where: { id: b?.id ?? '' }, data: { fullName: b?.fullName ?? '' } });
  });

  it('says who decides for its user while that person is away, and ends it', async () => {
    expect(await got(office, '/away')).toMatchObject({ named: [], decidesFor: [] });
    const name = { do: 'name', to: 'lead', from: today, until: '2027-03-24' };
    const { named } = await posted(office, '/away', name);
    expect(named).toMatchObject([{ name: 'Priya Nair', role: 'sal', from: today, until: '2027-03-24' }]);
    expect((await got(lead, '/away')).decidesFor).toMatchObject([{ role: 'attendance-officer', until: '2027-03-24' }]);
    expect(await refused(lead, '/away', { ...name, to: 'nobody' })).toEqual([422, expect.stringContaining('no such colleague')]);
    expect(await posted(office, '/away', { do: 'end', id: named[0].id })).toMatchObject({ named: [] });
  });

  it('reads figures of the school, a year group and a class, and the pupils behind each number', async () => {
    const figures = await got(lead, '/figures?within=8');
    expect(figures).toMatchObject({ of: 'school', on: today, asKnownThen: false, pupils: 5, parts: [{ of: 'year', name: '9' }] });
    expect(await got(head, '/figures/years/9')).toMatchObject({ of: 'year', parts: [{ of: 'class', name: '9A', pupils: 5 }] });
    expect(await got(head, '/figures/classes/9A')).toMatchObject({ of: 'class', parts: [], attendance: figures.attendance });
    const { band } = figures.bands.find((one: { pupils: number }) => one.pupils > 0);
    const { rows } = await got(lead, `/figures/pupils?class=9A&band=${encodeURIComponent(band)}`);
    expect(rows[0]).toMatchObject({ band, pupil: { className: '9A' } });
    expect(await got(lead, '/figures?on=2026-10-02')).toMatchObject({ on: '2026-10-02', asKnownThen: true });
    expect((await lead.get('/api/v1/figures?on=2027-03-24')).status).toBe(422);
  });

  it('reads the returns that the school owes', async () => {
    const { rules, seen, ...attendance } = await got(office, '/returns/attendance?month=2027-03');
    const span = { month: '2027-03', from: '2027-03-01', to: today, knownOn: null, irregularDays: 10 };
    expect(attendance).toEqual({ ...span, tenDays: [], irregular: [] });
    const made = await posted(office, '/returns/made', { kind: 'attendance', month: '2027-03', seen, note: 'Sent to the EWO' });
    expect(made).toMatchObject({ of: '2027-03', named: 0, madeOn: today, attendance: { seen }, sickness: null });
    expect((await got(head, '/returns/made')).rows).toMatchObject([{ id: made.id, note: 'Sent to the EWO' }]);
    expect(await got(head, `/returns/made/${made.id}`)).toEqual(made);
    expect(await refused(office, '/returns/made', { kind: 'sickness', on: today, seen })).toEqual([
      409,
      expect.stringContaining('something else'),
    ]);
    expect(rules[0]).toContain('ten school days');
    expect(await got(head, '/returns/sickness')).toMatchObject({ on: today, rows: [] });
    const { groups } = await got(lead, `/returns/daily?on=${today}`);
    expect(groups.map(({ of, name }: { of: string; name: string }) => [of, name])).toEqual([
      ['school', 'The school'],
      ['year', 'Year 9'],
      ['class', '9A'],
    ]);
    expect(groups[0].sessions).toMatchObject([
      { session: 'AM', onRoll: 5 },
      { session: 'PM', onRoll: 5 },
    ]);
    expect((await lead.get('/api/v1/returns/daily?on=2027-03-24')).status).toBe(422);
  });

  it.each(['pupils', 'contacts', 'marks', 'corrections', 'cases', 'letters', 'leave'])(
    'takes %s out as a CSV file',
    async (kind) => {
      const reply = await office.get(`/api/v1/exports/${kind}`);
      check('get', `/api/v1/exports/${kind}`, reply);
      expect([reply.status, reply.type]).toEqual([200, 'text/csv']);
      expect((await head.get(`/api/v1/exports/${kind}`)).status).toBe(403);
    },
  );

  it('lets the training clock walk to the next school day', async () => {
    const before = await got(lead, '/training');
    expect(before).toMatchObject({ imported: false, today, next: '2027-03-24', walk: null });
    expect(await refused(lead, '/training/walks', { how: 'to', to: today })).toEqual([422, expect.stringContaining('forward')]);
    await posted(lead, '/training/walks', { how: 'next' });
    await until(async () => (await got(lead, '/training')).walk.status === 'arrived');
    expect(await got(lead, '/training')).toMatchObject({ today: '2027-03-24', walk: { reached: '2027-03-24', failed: null } });
  });
});

/** A referral of this pupil, as the school's case makes one. */
async function refer(pupil: string): Promise<string> {
  const { id: caseId, schoolId, pupilId } = await school.caseOf(pupil);
  const { authorityId } = await school.db.school.findUniqueOrThrow({ where: { id: schoolId } });
  const id = randomUUID();
  await school.db.referral.create({
    data: {
      ...{ id, authorityId, schoolId, caseId, pupilId, status: 'open', stage: 'received', headline: '' },
      ...{ madeOn: new Date(`${today}T00:00:00Z`), events: 0, state: {} },
    },
  });
  const args = [{ matterId: id, inbox: [{ input: { key: 'opened', kind: 'opened' } }], waiting: null }];
  await school.engine.client.workflow.start('laReferral', { workflowId: referralWorkflowId(id), taskQueue, args });
  await until(async () => (await school.db.proposal.count({ where: { matterId: id } })) > 0);
  return id;
}

describe('a machine at the authority', () => {
  let id: string;
  const ask = async (what: string) => {
    const { asks } = await got(officer, `/referrals/${id}`);
    return asks.find((one: { what: string }) => one.what === what);
  };
  const decide = async (as: Machine, what: string, decision: object) => {
    const { key, version } = await ask(what);
    return posted(as, `/referrals/${id}/proposals/${key}/decision`, { version, decision });
  };

  beforeAll(async () => {
    id = await refer('A');
  });

  it('reads a referral with the school’s evidence, and both ledgers', async () => {
    expect((await got(officer, '/referrals')).rows).toMatchObject([{ id, pupil: { name: 'A Testing' } }]);
    const found = await got(officer, `/referrals/${id}`);
    expect(found.ledger).toMatchObject({ whole: true });
    expect(found.evidence).toMatchObject({ upn: 'A885400126000', threshold: { met: true, count: 10 } });
    expect(found.evidence.parents).toMatchObject([
      { name: 'Parent 1 of A', mayWrite: true, because: null },
      { name: 'Parent 2 of A', mayWrite: true },
    ]);
    expect((await got(officer, `/referrals/${id}/events`)).rows[0]).toMatchObject({ seq: 1, type: 'opened' });
    expect((await got(officer, `/referrals/${id}/case-events`)).rows[0].says).toMatch(/^The case was opened/);
    const { key } = await ask('accept referral');
    expect(await got(officer, `/referrals/${id}/proposals/${key}`)).toMatchObject({
      mine: true,
      choices: ['accept', 'return', 'hold'],
    });
    expect((await got(head, `/referrals/${id}/proposals/${key}`)).mine).toBe(false);
  });

  it('is shown each parent’s notice to improve, with its words, before it issues one', async () => {
    const of = await refer('E');
    const standing = async () => (await got(officer, `/referrals/${of}`)).asks[0];
    const decide = async (decision: object) => {
      const { key, version } = await standing();
      await posted(officer, `/referrals/${of}/proposals/${key}/decision`, { version, decision });
    };
    await decide({ choice: 'accept' });
    await decide({ choice: 'tool', tool: 'notice to improve', text: 'A last chance' });
    const { key, version } = await standing();
    const at = `/referrals/${of}/proposals/${key}/letters`;
    const notice = { choice: 'issue notice', from: '2027-04-12', weeks: 4, target: 9500, earlyGrounds: ['no-engagement'] };
    const said = { version, decision: { ...notice, text: 'A mentor each morning' } };
    const { letters, enclosures } = await posted(officer, at, said);
    expect(letters.map(({ to }: { to: string }) => to)).toEqual(['Parent 1 of E', 'Parent 2 of E']);
    for (const { parts } of letters) expect(JSON.stringify(parts)).toContain('A mentor each morning');
    expect(enclosures).toEqual([]);
    await postedPdf(officer, `${at}/1/letter.pdf`, said);
    expect(await refused(officer, at, { version, decision: notice })).toEqual([422, expect.stringContaining('support there is')]);
    expect(await school.db.letter.count({ where: { matterId: of } })).toBe(0);
    expect((await standing()).key).toBe(key);
  });

  it('takes it to a penalty notice, which the headteacher authorises, and records the payment', async () => {
    await decide(officer, 'accept referral', { choice: 'accept' });
    const { evidence } = await got(officer, `/referrals/${id}`);
    const parents = [evidence.parents[0].contactId];
    const tool = { choice: 'tool', tool: 'penalty notice', parents, support: 'not appropriate', text: 'Ten sessions' };
    await decide(officer, 'decide tool', tool);
    await decide(head, 'authorise penalty notice', { choice: 'authorise' });
    await decide(officer, 'issue penalty notice', { choice: 'issue', postedOn: '2027-03-24' });
    const [notice] = (await got(officer, `/referrals/${id}`)).notices;
    expect(notice).toMatchObject({ status: 'issued', parent: 'Parent 1 of A', issued: { discountPence: 8000, order: 1 } });
    const at = `/referrals/${id}/notices/${notice.id}`;
    expect(await got(head, at)).toEqual(notice);
    expect(await refused(officer, `${at}/action`, { do: 'payment', paidOn: '2027-03-24', pence: 4000 })).toEqual([
      422,
      expect.stringContaining('cannot be paid in part'),
    ]);
    await posted(officer, `${at}/action`, { do: 'payment', paidOn: '2027-03-24', pence: 8000 });
    expect((await got(officer, at)).paidPence).toBe(8000);
  });

  it('records a penalty notice of another authority, and takes it back', async () => {
    const { contactId } = (await got(officer, `/referrals/${id}`)).evidence.parents[0];
    const elsewhere = { contactId, issuer: 'Westshire', issuedOn: '2026-03-02', outcome: 'paid', source: 'Their letter' };
    const at = `/referrals/${id}/elsewhere`;
    expect(await posted(officer, at, { do: 'record', ...elsewhere })).toEqual({ recorded: true });
    const [found] = (await got(officer, `/referrals/${id}`)).elsewhere;
    expect(found).toMatchObject({ ...elsewhere, recorded: true, takenBack: null });
    await posted(officer, at, { do: 'take back', notice: found.id, reason: 'Another child' });
    expect((await got(officer, `/referrals/${id}`)).elsewhere[0].takenBack).toMatchObject({ reason: 'Another child' });
  });

  it('notes and closes it, only with reasons', async () => {
    expect(await refused(officer, `/referrals/${id}/action`, { do: 'close' })).toEqual([422, expect.stringContaining('text')]);
    await posted(officer, `/referrals/${id}/action`, { do: 'note', text: 'Paid in full' });
    expect(await posted(officer, `/referrals/${id}/action`, { do: 'close', text: 'Paid, and attending' })).toMatchObject({
      closed: true,
    });
  });
});

describe('a person on the pages', () => {
  it('does the same through forms', async () => {
    const person = await api.browserOf(emailOf('sal'));
    const { at } = await proposalOf('E');
    const wrong = await submit(person, at, { choice: 'hold', holdReason: 'Bereavement' });
    expect([wrong.status, wrong.text.includes('href="#until"')]).toEqual([422, true]);
    expect((await submit(person, at, { choice: 'hold', until: '2027-04-20', holdReason: 'Bereavement' })).status).toBe(303);
    expect(await got(lead, at)).toMatchObject({ status: 'held', heldUntil: '2027-04-20', mine: false });

    const { id: caseId } = await school.caseOf('E');
    expect((await submit(person, `/cases/${caseId}`, { do: 'note' })).text).toContain('Enter your note');
    expect((await submit(person, `/cases/${caseId}`, { do: 'hold', until: '2027-04-20', holdText: 'x' })).status).toBe(303);
    expect((await got(lead, `/cases/${caseId}`)).heldUntil).toBe('2027-04-20');
    expect((await submit(person, `/cases/${caseId}`, { do: 'resume' })).status).toBe(303);

    const { pupilId } = await school.caseOf('E');
    const page = `/register/${pupilId}`;
    const mark = { on: '2026-10-05', session: 'AM', code: 'M', reason: 'The same card' };
    const unsaid = await submit(person, `${page}/marks`, { on: mark.on, code: mark.code, reason: '' }, { form: page });
    expect(unsaid.status).toBe(422);
    for (const field of ['session', 'reason']) expect(unsaid.text).toContain(`href="#${field}"`);
    expect((await submit(person, `${page}/marks`, { ...mark, on: '2027-03-06' }, { form: page })).text).toContain(
      'href="#on">The school was closed on this day. Choose another day',
    );
    expect((await submit(person, `${page}/marks`, mark, { form: page })).status).toBe(303);
    const { text } = await person.get(page);
    expect(text).toContain('Corrected: what it was is kept below, and 1 open case brought up to date.');
    expect(text.replaceAll(/\s*<[^>]+>\s*/g, ' ')).toMatch(
      /5 Oct 2026, morning +O +M +The same card +\d+ \w+ 2027, Priya Nair, Senior/,
    );

    const list = '/register/unexplained';
    await posted(office, `/register/pupils/${pupilId}/marks`, {
      on: '2027-03-15',
      session: 'AM',
      code: 'N',
      reason: 'Not known',
    });
    const [absence] = (await got(office, list)).rows;
    expect((await person.get(list)).text).toContain('checked');
    const none = await submit(person, list, {});
    expect([none.status, none.text.includes('href="#absences">Choose at least one absence')]).toEqual([422, true]);
    expect(none.text).not.toContain('checked');
    expect((await submit(person, list, { absences: absence.id })).status).toBe(303);
    expect((await person.get(list)).text).toContain('1 mark made O: 1 open case brought up to date.');

    const { row, at: asked } = await proposalOf('D');
    await posted(lead, `${asked}/decision`, {
      version: row.version,
      decision: { choice: 'hold', until: '2027-03-25', text: 'x' },
    });
    expect((await submit(person, '/training', { how: 'to', to: '2027-03-01' })).text).toContain('only goes forward');
    expect((await submit(person, '/training', { how: 'next' })).status).toBe(303);
    await until(async () => (await got(lead, '/training')).walk.status === 'arrived');
    expect((await got(lead, asked)).status).toBe('open');
  });
});

describe('a machine that tries policies', () => {
  it('has a year simulated beside its request, reads what came of it, and deletes it', async () => {
    const assumptions = { comes: 0, 'decides after': { sal: 3 } };
    const asked = { policy: 'gloucestershire', year: '2026/27', assumptions };
    expect(await refused(lead, '/simulations', { ...asked, year: '2030/31' })).toEqual([
      422,
      expect.stringContaining('no term of'),
    ]);
    expect(await refused(lead, '/simulations', { ...asked, against: asked.policy })).toEqual([
      422,
      expect.stringContaining('another policy'),
    ]);
    expect(await refused(office, '/simulations', asked)).toEqual([403, expect.any(String)]);
    const { id, status, report } = await posted(lead, '/simulations', asked);
    expect([status, report]).toEqual([expect.stringMatching(/^(waiting|running)$/), null]);
    expect((await lead.get(`/api/v1/simulations/${id}/report.csv`)).status).toBe(409);
    await until(async () => (await got(lead, `/simulations/${id}`)).status === 'done');
    const done = await got(lead, `/simulations/${id}`);
    expect(done.assumptions).toMatchObject({ comes: 0, reached: 80, 'decides after': { sal: 3, 'everybody else': 1 } });
    expect(done.report).toMatchObject({
      school: 'Oakbridge School',
      until: expect.stringMatching(/^2027-03-2/),
      differences: [],
    });
    expect(done.report.outcomes).toMatchObject([{ policy: 'gloucestershire', pupils: 5, pupilsWithCase: 5 }]);
    const { pupilId } = await school.caseOf('A');
    const { lines } = await got(lead, `/simulations/${id}/pupils/${pupilId}?policy=0`);
    const letter = lines.findLast(({ about }: { about: string | null }) => about === 'letter-1');
    expect(letter).toMatchObject({ says: 'Proposed: Letter 1', clause: 'Appendix 1, step 6', by: null });
    const declined = { what: 'decision', about: 'letter-1', madeOn: letter.on, say: 'no' };
    const { asItWas, otherwise } = await posted(lead, `/simulations/${id}/pupils/${pupilId}/what-if`, {
      change: declined,
    });
    expect(asItWas).toEqual(lines);
    expect(otherwise).toContainEqual(expect.objectContaining({ says: 'Declined: Letter 1', by: 'sal' }));
    expect((await got(lead, '/simulations')).rows).toMatchObject([{ id, status: 'done', done: 5, of: 5 }]);
    for (const file of ['report.html', 'report.csv', 'report.csv?table=groups']) {
      const path = `/api/v1/simulations/${id}/${file}`;
      const reply = await lead.get(path);
      check('get', path, reply);
      expect([file, reply.status, reply.get('content-disposition')]).toEqual([
        file,
        200,
        expect.stringMatching(/^attachment; filename="simulation-2026-27-gloucestershire(-groups)?\./),
      ]);
    }
    expect(await posted(lead, `/simulations/${id}/action`, { do: 'delete' })).toEqual({ deleted: id });
    expect((await lead.get(`/api/v1/simulations/${id}`)).status).toBe(404);
  });
});

describe('a machine that lets the school follow another policy', () => {
  it('reads what that would mean, does it, and back again', async () => {
    await keepPack(school.db, smallPolicy, 'small.yaml');
    const { seen, inPlaceOf, changes, from } = await got(lead, '/policies/small/follow');
    expect([inPlaceOf, changes.length > 3]).toEqual(['gloucestershire', true]);
    expect(await refused(office, '/policies/small/follow', { seen })).toEqual([403, expect.any(String)]);
    expect((await refused(lead, '/policies/small/follow', { seen: 'other' }))[0]).toBe(409);
    expect(await posted(lead, '/policies/small/follow', { seen })).toEqual({ policy: 'small', from });
    expect((await got(lead, '/policies/small')).own).toBe(true);
    expect(await posted(lead, '/policies/gloucestershire/follow', {})).toEqual({ policy: 'gloucestershire', from });
  });
});

describe('a machine that moves cases to another version of the policy', () => {
  it('reads what would change, and moves those that it names', async () => {
    expect(await got(lead, '/policy-moves')).toMatchObject({ policy: 'gloucestershire', cases: [] });
    const text = readFileSync(packFile, 'utf8').replace('title: "', 'title: "New: ');
    const { version } = await keepPack(school.db, text, 'gloucestershire.yaml');
    const { id } = await school.caseOf('A');
    const { cases } = await got(lead, '/policy-moves');
    expect(cases.find((one: { id: string }) => one.id === id)).toMatchObject({ refused: null, says: [] });
    expect(await refused(office, '/policy-moves', { version, cases: [id] })).toEqual([403, expect.any(String)]);
    expect(await posted(lead, '/policy-moves', { version, cases: [id] })).toEqual({ moved: [id], kept: [] });
  });
});

describe('policies', () => {
  it('are proved when somebody asks for it, beside the requests; a promise that is broken comes with the way there', async () => {
    const { version } = await keepPack(school.db, smallPolicy, 'small.yaml');
    const unknown = { version, status: 'not asked', promises: [], notTried: null };
    expect(await got(office, '/policies/small/proof')).toMatchObject(unknown);
    expect(await refused(office, '/policies/small/proof', {})).toEqual([403, expect.any(String)]);
    expect(await posted(lead, '/policies/small/proof', { version })).toMatchObject({ version, finishedAt: null });
    await until(async () => (await got(lead, '/policies/small/proof')).status === 'done');
    const { whole, promises, notTried } = await got(lead, `/policies/small/proof?version=${version}`);
    expect(notTried).toEqual([]);
    expect([whole, promises.filter((one: { kept: boolean }) => !one.kept)]).toEqual([
      true,
      [
        {
          promise: 'A home visit, a contract, a referral or a request for a notice is agreed to before it is done',
          ...{ kept: false, why: 'A home visit is asked for without anybody having agreed to it' },
          path: ['A case opens at 45%'],
        },
      ],
    ]);
    const { text } = await (await api.browserOf(emailOf('sal'))).get('/policies/small');
    expect(text).toContain('<li>A case opens at 45%</li>');
    expect(text.match(/govuk-tag--green">Kept</g)).toHaveLength(12);
    expect(await refused(lead, '/policies/small/proof', { version: '0'.repeat(16) })).toEqual([404, expect.any(String)]);
  });

  it('are looked at, kept and read; a text that is none is refused, each line of it', async () => {
    const post = async (as: Machine, path: string, text: string, key = randomUUID()) => {
      const reply = await as.postFile(`/api/v1${path}`, text, key, 'application/yaml');
      check('post', `/api/v1${path.split('?')[0]}`, reply);
      return reply;
    };
    const text = smallPolicy.replace('by: lead, due', 'by: lead, approved by: head, due');
    expect((await post(office, '/policies/look', text)).status).toBe(403);
    const wrong = await post(lead, '/policies', text.replace('stage: visit }', 'stage: nowhere }'));
    expect([wrong.status, wrong.body.problems]).toEqual([
      422,
      [expect.objectContaining({ line: 22, clause: 'opens / 0 / stage', why: expect.stringContaining('no stage "nowhere"') })],
    ]);
    const { body: looked } = await post(lead, '/policies/look', text);
    expect(looked).toMatchObject({
      ...{ id: 'small', known: false, inForce: { from: '2026-09-01', to: null }, running: 0, misfits: [] },
      changes: [
        { part: 'Step: Visit', kind: 'changed', says: [expect.stringMatching(/^Before: .* Now: .*once the head has agreed/)] },
      ],
    });
    expect((await post(lead, '/policies?seen=other', text)).status).toBe(409);
    const key = randomUUID();
    const at = `/policies?${new URLSearchParams({ seen: looked.seen })}`;
    const { body: kept } = await post(lead, at, text, key);
    expect(kept).toEqual({ id: 'small', version: looked.version, fresh: true, misfits: [] });
    expect((await post(lead, at, text, key)).body).toEqual(kept);
    expect((await got(office, '/policies')).rows).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 'small', version: kept.version, versions: 2, own: false })]),
    );
    const read = await got(office, '/policies/small');
    expect(read).toMatchObject({ text, version: kept.version, proof: { status: expect.stringMatching(/waiting|running|done/) } });
    expect(read.findings.map(({ severity }: { severity: string }) => severity)).not.toContain('error');
    expect(read.versions).toHaveLength(2);
  });
});

describe('the local authority', () => {
  it('is told what it decides for itself, and so are its schools', async () => {
    const { name, known, decides } = await got(officer, '/authority');
    expect([name, known, decides.length]).toEqual([expect.stringContaining('Severnshire'), false, 6]);
    expect(await got(office, '/authority')).toEqual(await got(officer, '/authority'));
    const { text } = await (await api.browserOf(emailOf('ewo'))).get('/authority');
    expect(text).toContain('Nothing is known here of the authority’s own code of conduct');
    expect(text).toMatch(/How long a notice to improve runs<\/dt><dd[^>]*>3 to 6 school weeks/);
  });

  it('says what it decides otherwise, after it was looked at; each line that is wrong is named', async () => {
    const team = await api.as('ewo-lead');
    const post = async (as: Machine, path: string, text: string, key = randomUUID()) => {
      const reply = await as.postFile(`/api/v1${path}`, text, key, 'application/yaml');
      check('post', `/api/v1${path.split('?')[0]}`, reply);
      return reply;
    };
    const text = (days: string) =>
      `authority: severnshire\ntitle: "Severnshire Council"\nwaiting:\n  remind after: "3 school days"\n  escalate after: "${days}"\n`;
    const wrong = await post(team, '/authority/look', text('soon'));
    expect([wrong.status, wrong.body.problems]).toEqual([
      422,
      [expect.objectContaining({ line: 5, clause: 'waiting / escalate after' })],
    ]);
    expect((await post(officer, '/authority/look', text('9 school days'))).status).toBe(403);
    const { body } = await post(team, '/authority/look', text('9 school days'));
    expect(body).toMatchObject({
      ...{ authority: 'severnshire', known: false, schools: ['Oakbridge School'] },
      changes: [{ about: 'Who stands in', now: expect.stringContaining('after 9 school days') }],
    });
    expect((await post(team, '/authority?seen=other', text('9 school days'))).status).toBe(409);
    const key = randomUUID();
    const kept = await post(team, `/authority?seen=${body.seen}`, text('9 school days'), key);
    expect([kept.status, kept.body]).toEqual([200, { id: 'severnshire', from: body.from, fresh: true }]);
    expect((await got(office, '/authority')).known).toBe(true);

    const later = `${text('12 school days')}in force: { from: "2027-09-01" }\n`;
    const about = { from: '2027-09-01', changes: [{ about: 'Who stands in', now: expect.stringContaining('12 school days') }] };
    expect((await post(team, '/authority/look', later)).body).toMatchObject({ ...about, until: null, following: 0 });
    expect((await post(team, '/authority', later)).body).toEqual({ id: 'severnshire', from: '2027-09-01', fresh: true });
    expect(await got(office, '/authority')).toMatchObject({ since: body.from, later: [about] });
  });
});

describe('what the policy asks for beside the cases', () => {
  it('is listed with its days, and ticked off once by whom it names', async () => {
    const { now } = await got(head, '/duties');
    const weekly = now.find((one: { says: string }) => one.says === 'Attendance of the week and of the year');
    expect(weekly).toMatchObject({ kind: 'review', every: 'week', by: { role: 'sal' }, mine: true, done: null });
    expect(['2027-03-19', '2027-03-25']).toContain(weekly.due);
    expect(await refused(office, '/duties', { duty: weekly.id, due: weekly.due })).toEqual([403, expect.any(String)]);
    expect((await refused(lead, '/duties', { duty: weekly.id, due: '2027-03-12' }))[0]).toBe(409);
    const inbox = async () =>
      (await (await api.browserOf(emailOf('sal'))).get('/inbox')).text.match(/(\d+) things? that the policy asks/)?.[1];
    const before = Number(await inbox());
    const { done } = await posted(lead, '/duties', { duty: weekly.id, due: weekly.due, note: 'With the heads of year' });
    const on = (await school.db.school.findFirstOrThrow({ where: { training: true } })).today?.toISOString().slice(0, 10);
    expect(done).toMatchObject([{ id: weekly.id, done: { on, note: 'With the heads of year' } }]);
    expect(Number((await inbox()) ?? 0)).toBe(before - 1);
    const { text } = await (await api.browserOf(emailOf('headteacher'))).get('/duties');
    expect(text).toMatch(/Done on \d+ Mar 2027, by [^<]+: With the heads of year/);
  });

  it('is to be done again when it was ticked off by mistake: who said both, when and why stays', async () => {
    const [ticked] = (await got(lead, '/duties')).done;
    const mistake = { duty: ticked.id, due: ticked.due, reason: 'It was last week’s' };
    expect((await refused(lead, '/duties/mistaken', { ...mistake, reason: ' ' }))[0]).toBe(422);
    expect((await refused(office, '/duties/mistaken', mistake))[0]).toBe(403);
    const { now, done, mistaken } = await posted(lead, '/duties/mistaken', mistake);
    expect(done.map(({ id }: { id: string }) => id)).not.toContain(ticked.id);
    expect(now).toContainEqual(expect.objectContaining({ id: ticked.id, due: ticked.due, done: null }));
    expect(mistaken).toMatchObject([{ id: ticked.id, done: ticked.done, mistake: { why: 'It was last week’s' } }]);
    expect((await refused(lead, '/duties/mistaken', mistake))[0]).toBe(409);
    const again = await posted(lead, '/duties', { duty: ticked.id, due: ticked.due });
    expect([again.done.length, again.mistaken.length]).toEqual([1, 1]);
    const { text } = await (await api.browserOf(emailOf('headteacher'))).get('/duties');
    expect(text).toMatch(
      /Ticked off on \d+ Mar 2027, by [^<]+: With the heads of year<br>Taken back on [^<]+: It was last week’s/,
    );
  });
});

describe('leave in term time', () => {
  it('is recorded by the office, decided by whom the policy names, and said where marks say otherwise', async () => {
    const { pupilId } = await school.caseOf('E');
    const at = `/register/pupils/${pupilId}/leave`;
    const asked = {
      from: '2027-03-22',
      to: '2027-03-23',
      reason: 'A wedding abroad',
      askedBy: 'The mother',
      receivedOn: '2027-03-01',
    };
    expect((await refused(office, at, { ...asked, to: '2027-03-21' }))[0]).toBe(422);
    expect((await refused(office, at, { ...asked, receivedOn: '2027-07-01' }))[0]).toBe(422);
    const [request] = (await posted(office, at, asked)).requests;
    expect(request).toMatchObject({ ...asked, late: null, decision: null, contradicted: [], mine: false });
    const decide = `${at}/${request.id}`;
    expect((await refused(office, decide, { granted: true, reason: 'x' }))[0]).toBe(403);
    const headsInbox = async () => (await (await api.browserOf(emailOf('headteacher'))).get('/inbox')).text;
    expect(await headsInbox()).toContain('decide on leave, 22 Mar 2027 to 23 Mar 2027');
    const { from, to, receivedOn } = asked;
    const waits = { ...{ id: request.id, from, to, receivedOn, reminded: false }, pupil: { id: pupilId } };
    expect(await got(head, '/register/leave')).toMatchObject({ waiting: [waits], contradicted: [] });
    expect((await got(office, '/register/leave')).waiting).toEqual([]);
    const only = { from: '2027-03-22', to: '2027-03-22' };
    expect((await refused(head, decide, { granted: false, only, reason: 'x' }))[0]).toBe(422);
    expect((await refused(head, decide, { granted: true, only: { from, to }, reason: 'x' }))[0]).toBe(422);
    const { requests } = await posted(head, decide, { granted: true, reason: 'Her grandmother’s' });
    expect(requests).toMatchObject([
      { decision: { granted: true, why: 'Her grandmother’s', by: { role: 'headteacher' } }, mine: false },
    ]);
    expect((await refused(head, decide, { granted: false, reason: 'x' }))[0]).toBe(409);
    expect(await headsInbox()).not.toContain('decide on leave');

    const back = `${decide}/mistaken`;
    const mistake = { decision: requests[0].decision.id, reason: 'It was meant for her sister' };
    expect((await refused(head, back, { ...mistake, reason: ' ' }))[0]).toBe(422);
    expect((await refused(office, back, mistake))[0]).toBe(403);
    expect((await refused(head, back, { ...mistake, decision: randomUUID() }))[0]).toBe(409);
    const was = { ...requests[0].decision, takenBack: { why: mistake.reason, by: { role: 'headteacher' } } };
    expect((await posted(head, back, mistake)).requests).toMatchObject([{ decision: null, mine: true, takenBack: [was] }]);
    expect((await refused(head, back, mistake))[0]).toBe(409);
    expect(await headsInbox()).toContain('decide on leave, 22 Mar 2027 to 23 Mar 2027');
    const anew = (await posted(head, decide, { granted: true, reason: 'As her grandmother’s' })).requests;
    expect(anew).toMatchObject([{ decision: { granted: true, why: 'As her grandmother’s' }, mine: false, takenBack: [was] }]);

    const mark = { pupilId, day: new Date('2027-03-22'), session: 'AM', knownUntil: null };
    const { code } = await school.db.mark.findFirstOrThrow({ where: mark });
    await school.db.mark.updateMany({ where: mark, data: { code: 'G' } });
    expect((await got(office, at)).requests[0].contradicted).toEqual(['2027-03-22 AM G']);
    const otherwise = { id: request.id, granted: true, only: null, marks: ['2027-03-22 AM G'] };
    expect(await got(office, '/register/leave')).toMatchObject({ waiting: [], contradicted: [otherwise] });
    const browser = await api.browserOf(emailOf('attendance-officer'));
    const says = 'leave of 22 Mar 2027 to 23 Mar 2027 is granted, and 1 mark says otherwise';
    expect((await browser.get('/inbox')).text).toContain(says);
    expect((await browser.get(`/register/${pupilId}`)).text).toContain(`L${says.slice(1)}: 22 Mar 2027, morning G`);
    await school.db.mark.updateMany({ where: mark, data: { code } });
  });
});

describe('a concern', () => {
  it('opens a case for a concern, where the policy says in which stage it begins', async () => {
    const { id: _, ...like } = await school.db.pupil.findUniqueOrThrow({ where: { id: school.idOf('E') } });
    const names = { admissionNo: 'Z', upn: 'A885400126099', legalName: 'Z Testing', chosenName: 'Z Testing' };
    const { id, schoolId } = await school.db.pupil.create({ data: { ...like, ...names } });
    const at = `/register/pupils/${id}/case`;
    const { packId } = await school.db.school.findUniqueOrThrow({ where: { id: schoolId } });
    const text = `${smallPolicy.replace('pack: small', 'pack: concerned')}\nconcern opens: visit\n`;
    const kept = await keepPack(school.db, text, 'concerned.yaml');
    await school.db.school.update({ where: { id: schoolId }, data: { packId: kept.id } });
    const opened = await posted(office, at, { text: 'She comes, and says nothing' });
    expect(opened).toMatchObject({ stage: 'visit', closed: false });
    expect(await refused(lead, at, { text: 'Another' })).toEqual([422, expect.stringContaining(opened.caseId)]);
    await school.db.school.update({ where: { id: schoolId }, data: { packId } });
  });
});

describe('all of it', () => {
  it('every endpoint that is described was asked, and answered as described', () => {
    expect(all.filter((name) => !done.has(name))).toEqual([]);
  });

  it('a stranger is told to bring a token', async () => {
    const reply = await api.stranger.get('/api/v1/cases');
    check('get', '/api/v1/cases', reply);
    expect([reply.status, reply.get('WWW-Authenticate')]).toEqual([401, 'Bearer']);
  });
});

describe('from elsewhere', () => {
  let known: Known;
  let statusOf: ReturnType<typeof asking>;
  const table = addresses(() => known);

  beforeAll(async () => {
    const { db } = school;
    const referralId = await refer('D');
    const { id: caseId, pupilId } = await school.caseOf('D');
    const idOf = async (found: Promise<{ id: string }>) => (await found).id;
    const keyOf = async (matterId: string) => (await db.proposal.findFirstOrThrow({ where: { matterId, status: 'open' } })).key;
    const notice = await db.penaltyNotice.findFirstOrThrow();
    known = {
      ...{ caseId, pupilId, referralId, noticeId: notice.id, noticeReferralId: notice.referralId },
      proposalKey: await keyOf(caseId),
      referralKey: await keyOf(referralId),
      letterId: await idOf(db.letter.findFirstOrThrow({ where: { pdf: { not: null } } })),
      importId: await idOf(db.registerImport.findFirstOrThrow()),
      returnId: await idOf(db.returnMade.findFirstOrThrow()),
      mappingId: await idOf(db.schoolMapping.findFirstOrThrow()),
      periodId: await idOf(db.calendarPeriod.findFirstOrThrow()),
      changeId: await idOf(db.calendarChange.findFirstOrThrow()),
      leaveId: await idOf(
        db.leaveRequest.create({
          data: {
            ...{
              id: randomUUID(),
              schoolId: (await school.caseOf('D')).schoolId,
              pupilId,
              reason: 'x',
              askedBy: 'x',
              recordedBy: 'x',
            },
            ...{ fromDay: new Date('2027-05-10'), toDay: new Date('2027-05-10'), receivedOn: new Date('2027-03-02') },
            waitsSince: new Date('2027-03-02'),
          },
        }),
      ),
      simulationId: await idOf(
        db.simulation.create({ data: aSimulationUnder((await db.policyPack.findFirstOrThrow()).version) }),
      ),
    };
    await addOutsiders(db);
    statusOf = asking(api);
  });

  it.each(table.map((one) => [one.route.kind, one.route.path, one] as const))(
    '%s %s is there for its own people, and a 404 for everyone else’s',
    async (_, path, one) => {
      const { may } = one.route;
      if (one.body() === null) {
        const own = typeof may === 'string' || may.some((role) => role === 'sal') ? 'sal' : 'ewo';
        expect([path, await statusOf(emailOf(own), one)]).toEqual([path, 200]);
      }
      for (const email of outsidersFor(may)) expect([path, email, await statusOf(email, one)]).toEqual([path, email, 404]);
    },
  );
});
