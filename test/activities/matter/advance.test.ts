import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { advance } from '../../../activities/matter/advance.ts';
import { loads } from '../../../activities/matter/loads.ts';
import { previewDecision } from '../../../activities/matter/preview.ts';
import { londonInstant } from '../../../policy/calendar/day.ts';
import { schoolCalendar, schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import type { CaseInput } from '../../../policy/case/input.ts';
import { staff } from '../../../policy/training/staff.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { aSchool } from '../../support/school.ts';
import { referringPolicy } from '../../support/small-policy.ts';

const textId = '00000000-0000-4000-8000-000000000003';

describe('what a case is told', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { una: { '2026-09-10': 'O' } }, workerless: true });
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'The family has called' } } });
  });
  afterAll(() => school.end());

  const note: CaseInput = { key: 'change:a note', kind: 'note', by: { id: 'lead', role: 'sal' }, textId };
  async function told(now: number, validUntil?: number) {
    const { id: matterId } = await school.caseOf('una');
    const said = { kind: 'case', matterId, input: note, ...(validUntil === undefined ? {} : { validUntil }) } as const;
    return school.db.$transaction((tx) => advance(tx, loads, now, said));
  }
  const notes = () => school.db.ledgerEvent.count({ where: { type: 'noted' } });

  it('after its time is refused and leaves no trace; said again in time it is taken, once', async () => {
    expect((await told(2_000, 1_999)).refused).toMatchObject({ code: 'Unavailable' });
    expect(await notes()).toBe(0);
    const taken = await told(2_000, 2_000);
    expect([taken.refused, await notes()]).toEqual([null, 1]);
  });

  it('that takes until after its time is taken back', async () => {
    const { id: matterId } = await school.caseOf('una');
    const late = { kind: 'case', matterId, input: { ...note, key: 'change:late' }, validUntil: 2_500 } as const;
    const before = await notes();
    const outcome = await school.db.$transaction((tx) => advance(tx, loads, 2_000, late, () => 3_000));
    expect([outcome.refused?.code, await notes()]).toEqual(['Unavailable', before]);
  });

  it('is answered as the first time when it is said again, even after its time', async () => {
    expect(await told(9_000, 1_000)).toMatchObject({ refused: null });
    expect(await notes()).toBe(1);
  });
});

describe('what comes on record of a child whose letter is proposed', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { una: { '2026-09-10': 'O' } }, workerless: true });
    await school.db.pupil.updateMany({ data: { flags: ['bereaved'] } });
  });
  afterAll(() => school.end());

  async function told(input: CaseInput) {
    const { id: matterId } = await school.caseOf('una');
    return school.db.$transaction((tx) => advance(tx, loads, 2_000, { kind: 'case', matterId, input }));
  }
  const waiting = async () =>
    (await school.db.proposal.findMany({ where: { matterKind: 'case' }, orderBy: { id: 'asc' } })).map(
      ({ key, role, status }) => `${key} ${role} ${status}`,
    );

  it('is not approved unknowingly, and then asked of whoever looks first, in whose inbox it is', async () => {
    const [letter = ''] = await waiting();
    expect(letter).toMatch(/letter sal open$/);
    const proposal = letter.split(' ')[0] as string;
    const approve = { kind: 'decision', by: { id: 'lead', role: 'sal' }, decision: { choice: 'approve' } } as const;
    const refused = (await told({ key: 'approve', ...approve, proposal, version: 1 })).refused;
    expect(refused).toMatchObject({ code: 'Stale', message: expect.stringContaining('“Recently bereaved”') });
    await told({ key: 'import:1', kind: 'register changed' });
    expect(await waiting()).toEqual([`${proposal} sal withdrawn`, expect.stringMatching(/review dsl open$/)]);
  });
});

describe('an approval that a missing field stops', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { una: { '2026-09-10': 'O' } }, workerless: true });
  });
  afterAll(() => school.end());

  async function kept() {
    const { id } = await school.caseOf('una');
    const matter = { where: { matterId: id } };
    const proposals = await school.db.proposal.findMany({ orderBy: { id: 'asc' } });
    const events = await school.db.ledgerEvent.findMany({ ...matter, orderBy: { seq: 'asc' } });
    return { case: await school.caseOf('una'), proposals, events, letters: await school.lettersOf('una') };
  }

  async function approved(key: string) {
    const { id: matterId } = await school.caseOf('una');
    const [found] = (await school.proposals('una')).filter(({ action }) => action.template === 'letter-1');
    if (!found) throw new Error('Nothing proposes letter 1');
    const by = { id: staff.find(({ role }) => role === 'sal')?.id ?? '', role: 'sal' } as const;
    const input = {
      key,
      kind: 'decision',
      by,
      proposal: found.key,
      version: found.version,
      decision: { choice: 'approve' },
    } as const;
    return school.db.$transaction((tx) => advance(tx, loads, Date.now(), { kind: 'case', matterId, input }));
  }

  it('of the second parent leaves no event, no letter and the proposal as it was; said again when it is there, it is taken', async () => {
    const second = { where: { contactNo: 'una-2' } };
    const { fullName } = await school.db.contact.findFirstOrThrow(second);
    await school.db.contact.updateMany({ ...second, data: { fullName: '' } });
    const before = await kept();
    expect((await approved('first')).refused).toMatchObject({ code: 'NotAllowed', message: expect.stringContaining('name') });
    expect(await kept()).toEqual(before);

    await school.db.contact.updateMany({ ...second, data: { fullName } });
    expect((await approved('second')).refused).toBeNull();
    const { letters, events } = await kept();
    expect([letters.length, events.length]).toEqual([2, before.events.length + 1]);
  });
});

describe('a correction that is approved after the summer', () => {
  const july = '2027-07-09';
  const term = (from: string, to: string) => ({ kind: 'term' as const, from, to, label: 'Term' });
  const periods = [term('2027-04-12', '2027-07-21'), term('2027-09-02', '2027-12-17')];
  let now = londonInstant(july, '09:00');
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    const una = { '2027-04-13': 'O', '2027-04-14': 'O', '2027-04-15': 'O', '2027-05-10': 'O' };
    school = await aSchool({ today: july, pupils: { una }, workerless: true, real: { now: () => now, periods } });
  });
  afterAll(() => school.end());

  async function tell(input: CaseInput) {
    const { id: matterId } = await school.caseOf('una');
    return school.db.$transaction((tx) => advance(tx, loads, now, { kind: 'case', matterId, input }));
  }
  async function approve(template: string) {
    const { key, version } = await school.asked('una', template);
    const by = { id: staff.find(({ role }) => role === 'sal')?.id ?? '', role: 'sal' } as const;
    return tell({ key: template, kind: 'decision', by, proposal: key, version, decision: { choice: 'approve' } });
  }

  it('says what the register says now of every session that the first letter counted', async () => {
    const { follow } = await approve('letter-1');
    for (const next of follow)
      if (next.what === 'letter')
        await tell({ key: next.letterId, kind: 'letter outcome', letterId: next.letterId, outcome: 'sent' });
    for (const on of ['2027-04-13', '2027-04-14']) await school.correct('una', on, { AM: '/', PM: '\\' });
    await tell({ key: 'corrected', kind: 'register changed' });
    now = londonInstant('2027-09-08', '09:00');
    await school.feed(schoolDaysBetween(schoolCalendar(periods), '2027-09-02', '2027-09-07'), '2027-09-08');
    expect((await approve('correction')).refused).toBeNull();
    const letters = (await school.lettersOf('una')).filter(({ template }) => template === 'correction');
    expect(letters).toHaveLength(2);
    const possible = 2 * schoolDaysBetween(schoolCalendar(periods), '2027-04-12', july).length;
    for (const { fields } of letters)
      expect(fields).toMatchObject({
        first: { attended: possible - 8, possible, from: '2027-04-12' },
        right: { attended: possible - 4, possible },
      });
  });
});

describe('what was taken and is said again after something newer', () => {
  const periods = [{ kind: 'term' as const, from: '2026-09-02', to: '2026-12-18', label: 'Term' }];
  const now = londonInstant('2026-09-21', '09:00');
  const by = { id: 'lead', role: 'sal' } as const;
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    const una = { '2026-09-10': 'O' };
    school = await aSchool({ today: '2026-09-21', pupils: { una }, workerless: true, real: { now: () => now, periods } });
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'The family has called' } } });
  });
  afterAll(() => school.end());

  async function tell(input: CaseInput) {
    const { id: matterId } = await school.caseOf('una');
    return school.db.$transaction((tx) => advance(tx, loads, now, { kind: 'case', matterId, input }));
  }

  it('is answered as before, and where the case stands as it stands now', async () => {
    const note: CaseInput = { key: 'note', kind: 'note', by, textId };
    const first = await tell(note);
    const held = await tell({ key: 'hold', kind: 'hold', by, until: '2026-09-24', textId });
    expect(held.waiting?.key).toBe('day:2026-09-24');
    expect(first.waiting?.key).not.toBe(held.waiting?.key);
    expect(await tell(note)).toEqual({ ...held, refused: first.refused, follow: first.follow });
  });

  it('does not end the workflow of a case that was opened again meanwhile', async () => {
    const close: CaseInput = { key: 'close', kind: 'close', by, textId };
    expect((await tell(close)).closed).toBe(true);
    const reopened = await tell({ key: 'reopen', kind: 'reopen', by, textId });
    expect(reopened.closed).toBe(false);
    expect(await tell(close)).toMatchObject({ closed: false, refused: null, waiting: reopened.waiting });
  });

  it('still says what was to begin with it', async () => {
    const letter = await school.asked('una', 'letter-1');
    const approve: CaseInput = {
      ...{ key: 'letter', kind: 'decision', by, proposal: letter.key, version: letter.version },
      decision: { choice: 'approve' },
    };
    const { follow } = await tell(approve);
    expect(follow.map(({ what }) => what)).toEqual(['letter', 'letter']);
    await tell({ key: 'another note', kind: 'note', by, textId });
    expect((await tell(approve)).follow).toEqual(follow);
  });
});

describe('a correction of a closed case', () => {
  const by = { id: staff.find(({ role }) => role === 'sal')?.id ?? '', role: 'sal' } as const;
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    const una = { '2026-09-10': 'O' };
    school = await aSchool({ today: '2026-09-21', pupils: { una }, workerless: true });
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'The family has called' } } });
  });
  afterAll(() => school.end());

  const said = async (input: CaseInput) => ({ kind: 'case', matterId: (await school.caseOf('una')).id, input }) as const;
  const tell = async (input: CaseInput) => {
    const asked = await said(input);
    return school.db.$transaction((tx) => advance(tx, loads, Date.now(), asked));
  };
  async function approval(template: string): Promise<CaseInput> {
    const { key, version } = await school.asked('una', template);
    return { key: template, kind: 'decision', by, proposal: key, version, decision: { choice: 'approve' } };
  }

  it('is shown letter by letter to whoever is to approve it, and nothing is left of that', async () => {
    for (const next of (await tell(await approval('letter-1'))).follow)
      if (next.what === 'letter')
        await tell({ key: next.letterId, kind: 'letter outcome', letterId: next.letterId, outcome: 'sent' });
    await tell({ key: 'close', kind: 'close', by, textId });
    await school.correct('una', '2026-09-10', { AM: '/', PM: '\\' });
    await tell({ key: 'corrected', kind: 'register changed' });
    const left = async () => [await school.db.letter.count(), await school.db.outbox.count()];
    const before = await left();
    const preview = await previewDecision(school.db, Date.now(), await said(await approval('correction')), null);
    expect(preview).toMatchObject({ refused: null, letters: [{ channel: 'email' }, { channel: 'email' }] });
    expect(preview.letters.map(({ letter }) => letter.recipient.name).sort()).toEqual(['Parent 1 of una', 'Parent 2 of una']);
    expect(await left()).toEqual(before);
  });
});

describe('a referral', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-10-06', pupils: { una: {} }, workerless: true });
    const { id } = await keepPack(school.db, referringPolicy, 'small.yaml');
    await school.db.school.updateMany({ data: { packId: id } });
    for (const day of ['2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29'])
      await school.correct('una', day, { AM: 'O', PM: 'O' });
  });
  afterAll(() => school.end());

  async function approved(key: string, clock: () => number) {
    const { id: matterId } = await school.caseOf('una');
    const { key: proposal, version } = await school.asked('una', 'referral');
    const by = { id: staff.find(({ role }) => role === 'sal')?.id ?? '', role: 'sal' } as const;
    const input = { key, kind: 'decision', by, proposal, version, decision: { choice: 'approve' } } as const;
    const asked = { kind: 'case', matterId, input, validUntil: 2_500 } as const;
    return school.db.$transaction((tx) => advance(tx, loads, 2_000, asked, clock));
  }
  async function kept() {
    const { db } = school;
    const [events, referrals, proposals, inputs] = await Promise.all([
      db.ledgerEvent.findMany({ orderBy: [{ matterId: 'asc' }, { seq: 'asc' }] }),
      db.referral.findMany(),
      db.proposal.findMany({ orderBy: { id: 'asc' } }),
      db.matterInput.count(),
    ]);
    return { case: await school.caseOf('una'), events, referrals, proposals, inputs };
  }

  it('that takes until after its time is taken back whole, with what it opened at the authority; said again it is made', async () => {
    const before = await kept();
    expect((await approved('late', () => 3_000)).refused).toMatchObject({ code: 'Unavailable' });
    expect(await kept()).toEqual(before);

    const { refused, follow } = await approved('in time', () => 2_400);
    expect([refused, follow.map(({ what }) => what)]).toEqual([null, ['referral']]);
    expect(await school.db.referral.findMany()).toMatchObject([{ status: 'open', headline: expect.stringMatching(/./) }]);
  });
});
