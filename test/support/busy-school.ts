import { randomUUID } from 'node:crypto';
import { letterActivities } from '../../activities/letters/activities.ts';
import { mailer } from '../../activities/mail/sender.ts';
import { importMarks } from '../../activities/register/import-marks.ts';
import { started } from '../../activities/register/import-row.ts';
import { importers } from '../../activities/register/importers.ts';
import { lookAtImport } from '../../activities/register/look-at-import.ts';
import { addDays, type Day } from '../../policy/calendar/day.ts';
import { schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import type { Decision, Offer } from '../../policy/case/decision.ts';
import type { LetterOutcome } from '../../policy/case/input.ts';
import type { Role } from '../../policy/people/roles.ts';
import type { ReferralDecision } from '../../policy/referral/decision.ts';
import { staff, trainingSchool } from '../../policy/training/staff.ts';
import { trainingCalendar } from '../../policy/training/timetable.ts';
import { columnOf } from '../../prisma/day-column.ts';
import { aDesk } from './desk.ts';
import { aSchool } from './school.ts';

const days = (...list: Day[]) => Object.fromEntries(list.map((day) => [day, 'O']));
/** Below 90% from the start, as of the 25th school day. */
const early = ['2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29'];
/** So that it falls further after the first letter. */
const falling = ['2026-10-13', '2026-10-14'];
/** So that the target of the two weeks' monitoring is missed, and that of the two weeks after a meeting. */
const later = ['2026-10-21', '2026-10-22', '2026-11-03', '2026-11-19', '2026-11-24', '2026-12-01'];
const worse = [...early, ...falling, ...later];

/**
 * A school in which every kind of page has something to show: each proposal that the policy and the authority know, cases
 * open, monitored and closed, letters in each state, and an import with what was wrong. Made by the real rules, day by day.
 */
export async function aBusySchool() {
  const school = await aSchool({
    today: '2026-10-06',
    workerless: true,
    pupils: {
      ...{ recovered: days('2026-09-08'), thanks: { ...days('2026-09-08', '2026-11-16'), '2026-09-15 AM': 'I' } },
      ...{
        review: days(...early),
        letter: days(...early),
        waits: { ...days(...early), '2026-09-10 AM': 'N' },
        answer: days(...early),
        closed: days(...early),
        questioned: days(...early),
        overtaken: days(...early),
      },
      ...{ marks: { ...days(...early), '2026-10-02 PM': '-' }, met: days(...early, ...falling), second: days(...worse) },
      ...{ invite: days(...worse), meet: days(...worse), refer: days(...worse) },
      ...{ referred: days(...worse) },
    },
    flags: { review: ['looked-after', 'social-worker'], referred: ['ehcp'] },
  });
  const desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  const { db } = school;
  let today: Day = '2026-10-06';
  const letters = letterActivities({
    ...{ db, now: Date.now, mailFrom: '', mail: mailer({ smtpUrl: null, catcherUrl: null }) },
    advance: ({ kind, matterId, input }) => desk.decide({ kind, matterId, input }),
  });

  const by = (role: Role) => ({ id: staff.find((one) => one.role === role)?.id ?? '', role });
  const kept = async (text: string) => {
    const id = randomUUID();
    await db.writtenText.create({ data: { id, byUser: by('sal').id, body: { text } } });
    return id;
  };
  const toCase = async (pupil: string, input: object) =>
    desk.decide({ kind: 'case', matterId: (await school.caseOf(pupil)).id, input: { key: randomUUID(), ...input } as never });

  /** A person's word on the newest open proposal of a kind. */
  async function say(pupil: string, what: string, decision: Decision, as: Role = 'sal') {
    const { key: proposal, version } = await school.asked(pupil, what);
    return toCase(pupil, { kind: 'decision', by: by(as), proposal, version, decision });
  }

  /** Approves a letter, and lets each copy of it end like this. What went is kept as it was written. */
  async function send(pupil: string, template: string, status: LetterOutcome = 'sent', more: object = {}) {
    await say(pupil, template, { choice: 'approve', ...more } as Decision);
    const rows = await db.letter.findMany({ where: { template, status: 'waiting', caseId: (await school.caseOf(pupil)).id } });
    for (const { id } of rows) {
      await letters.prepareLetter({ letterId: id });
      await db.letter.update({ where: { id }, data: { status, sentOn: columnOf(today) } });
      await toCase(pupil, { kind: 'letter outcome', letterId: id, outcome: status });
    }
  }

  /** Lets the days come until this one: their register is taken, and every case hears of it. */
  async function dayIs(to: Day) {
    await school.feed(schoolDaysBetween(trainingCalendar, addDays(today, 1), to), to);
    today = to;
    await db.school.updateMany({ data: { today: columnOf(to) } });
    for (const kind of ['case', 'referral'] as const) {
      const where = { status: 'open' };
      const open = kind === 'case' ? await db.attendanceCase.findMany({ where }) : await db.referral.findMany({ where });
      for (const { id } of open) await desk.decide({ kind, matterId: id, input: { key: `day:${to}`, kind: 'day' } });
    }
  }

  const called: Decision = { choice: 'called', reached: true, offers: [{ kind: 'mentor', response: 'declined' }] };
  const beyondLetter1 = ['met', 'second', 'invite', 'meet', 'refer', 'referred'];
  for (const pupil of beyondLetter1) await send(pupil, 'letter-1');
  await send('closed', 'letter-1', 'unknown');
  await send('thanks', 'letter-1', 'to-print');
  for (const { id: letterId } of await school.lettersOf('thanks'))
    await toCase('thanks', { kind: 'letter outcome', letterId, outcome: 'posted' });
  await toCase('closed', { kind: 'close', by: by('sal'), textId: await kept('The family has moved away') });
  await say('waits', 'letter-1', { choice: 'approve' });
  await say('answer', 'letter-1', { choice: 'ask', of: 'class-teacher', textId: await kept('Do you know why Ann was away?') });
  await send('overtaken', 'letter-1');
  await say('questioned', 'letter-1', { choice: 'approve' });
  for (const { id } of await school.lettersOf('questioned')) await letters.prepareLetter({ letterId: id });
  for (const pupil of ['overtaken', 'questioned']) {
    for (const day of early) await school.correct(pupil, day, { AM: '/', PM: '\\' });
    await toCase(pupil, { kind: 'register changed' });
  }
  await dayIs('2026-10-20');
  for (const pupil of beyondLetter1.filter((one) => one !== 'second')) {
    await send(pupil, 'letter-2');
    await say(pupil, 'call', called);
  }
  await dayIs('2026-11-11');
  const meeting = { meeting: { on: '2026-11-18', at: '15:30' } };
  for (const pupil of ['meet', 'refer', 'referred']) await send(pupil, 'meeting-invitation', 'sent', meeting);
  await dayIs('2026-11-18');
  const offers: Offer[] = [{ kind: 'transport', response: 'accepted' }];
  for (const pupil of ['refer', 'referred'])
    await say(pupil, 'meeting', { choice: 'met', happened: 'held', on: '2026-11-18', target: 9_000, offers });
  await dayIs('2026-12-04');
  await say('referred', 'referral', { choice: 'approve' });

  const file = { schoolId: trainingSchool.id, sha256: 'bad', by: by('attendance-officer').id, on: today };
  const rows = [
    { row: 2, cells: { admission_no: 'refer', date: '2026-12-05', session: 'AM', code: '/', reason: '' } },
    { row: 3, cells: { admission_no: 'nobody', date: '2026-12-03', session: 'noon', code: 'Ω', reason: '' } },
  ];
  await importMarks(school.importing, { ...file, fileName: 'marks of last week.csv', rows });
  const lookedAt = randomUUID();
  await started(db, lookedAt, 'marks', 'waiting', { ...file, fileName: 'marks with a correction.csv' });
  const corrected = { admission_no: 'refer', date: '2026-12-01', session: 'AM', code: 'I', reason: 'Letter from the doctor' };
  const order = { ...file, fileName: 'marks with a correction.csv', importId: lookedAt };
  await lookAtImport(school.importing, { ...order, rows: [...rows, { row: 4, cells: corrected }] }, importers.marks);

  /** What a case asks of somebody: the address of its page. */
  async function proposal(pupil: string, what: string): Promise<string> {
    const { key } = await school.asked(pupil, what);
    return `/proposals/${(await school.caseOf(pupil)).id}/${key}`;
  }

  return {
    ...{ school, desk, db, say, send, dayIs, proposal, kept, toCase },
    looked: `/imports/${lookedAt}`,
    case: async (pupil: string) => `/cases/${(await school.caseOf(pupil)).id}`,
    referral: async () => db.referral.findFirstOrThrow(),
    /** Asks of the authority: the address of the newest open one of a kind. */
    async asks(what: string): Promise<string> {
      const row = await db.proposal.findFirstOrThrow({ where: { matterKind: 'referral', action: what, status: 'open' } });
      return `/referrals/${row.matterId}/proposals/${row.key}`;
    },
    /** A decision on what the referral asks. */
    async decideReferral(what: string, decision: ReferralDecision, as: Role = 'ewo') {
      const row = await db.proposal.findFirstOrThrow({ where: { matterKind: 'referral', action: what, status: 'open' } });
      const said = { proposal: row.key, version: row.version, decision };
      const input = { key: randomUUID(), kind: 'decision', by: by(as), ...said } as const;
      return desk.decide({ kind: 'referral', matterId: row.matterId, input });
    },
    async end() {
      await desk.stop();
      await school.end();
    },
  };
}
