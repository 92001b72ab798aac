import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { letterActivities } from '../../../activities/letters/activities.ts';
import { mailer } from '../../../activities/mail/sender.ts';
import type { Decision } from '../../../policy/case/decision.ts';
import type { Role } from '../../../policy/people/roles.ts';
import { staff } from '../../../policy/training/staff.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const days = ['2026-09-08', '2026-09-15', '2026-09-22'];
const absent = Object.fromEntries(days.map((day) => [day, 'O']));
const words = 'Non-molestation order FC24/118';
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;

beforeAll(async () => {
  school = await aSchool({ today: '2026-10-06', pupils: { ann: absent }, packId: 'james-marks', workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  const father = { pupilId: school.idOf('ann'), relationship: 'Father' };
  await school.db.pupilContact.updateMany({ where: father, data: { restriction: words } });
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

/** What a page or an answer tells of the order that is in force: that there is one, and what it says. */
const toldIn = (text: string) => [text.includes('A restriction is in force'), text.includes(words)];
const everything = [true, true];
const thatItIs = [true, false];

const readers = ['sal', 'class-teacher'] as const;
const pageFor = (path: string) =>
  Promise.all(readers.map(async (role) => toldIn((await (await desk.signedIn(role)).get(path).expect(200)).text)));
const answerFor = (path: string) =>
  Promise.all(readers.map(async (role) => toldIn((await (await desk.tokenOf(role)).get(`/api/v1${path}`).expect(200)).text)));
/** A person's decision on one of the proposals of the case. */
async function decide(said: { proposal: string; version: number; decision: Decision }, role: Role) {
  const by = { id: staff.find((one) => one.role === role)?.id ?? '', role };
  const input = { key: randomUUID(), kind: 'decision', by, ...said } as const;
  return desk.decide({ kind: 'case', matterId: (await school.caseOf('ann')).id, input });
}
const where = async (what: string) => `/proposals/${(await school.caseOf('ann')).id}/${(await school.asked('ann', what)).key}`;

describe('of a court order that is in force a class teacher hears what follows, and not what it says', () => {
  it('on the page of the pupil', async () => {
    expect(await pageFor(`/register/${school.idOf('ann')}`)).toEqual([everything, thatItIs]);
  });

  it('in what a machine reads of the pupil', async () => {
    expect(await answerFor(`/register/pupils/${school.idOf('ann')}`)).toEqual([everything, thatItIs]);
  });

  it('where the teacher is asked to call the family', async () => {
    const teacher = await desk.signedIn('class-teacher');
    const { text } = await teacher.get(await where('call')).expect(200);
    expect(text).toContain('Do not call. A restriction is in force');
    expect(toldIn(text)).toEqual(thatItIs);
  });

  it('in who gets none of the letters that a decision would send, though it is not theirs to take', async () => {
    const call = await school.asked('ann', 'call');
    await decide(
      { proposal: call.key, version: call.version, decision: { choice: 'called', reached: true, offers: [] } },
      'class-teacher',
    );
    const { version } = await school.asked('ann', 'letter-1');
    const path = `/api/v1${await where('letter-1')}/letters`;
    const told = await Promise.all(
      readers.map(async (role) => {
        const machine = await desk.tokenOf(role);
        const { text } = await machine.post(path, { version, decision: { choice: 'approve' } }, randomUUID());
        return text.includes(words);
      }),
    );
    expect(told).toEqual([true, false]);
  });

  it('on the case whose letter was stopped by it', async () => {
    const { key: proposal, version } = await school.asked('ann', 'letter-1');
    const father = { pupilId: school.idOf('ann'), relationship: 'Father' };
    await school.db.pupilContact.updateMany({ where: father, data: { restriction: null } });
    await decide({ proposal, version, decision: { choice: 'approve' } }, 'sal');
    await school.db.pupilContact.updateMany({ where: father, data: { restriction: words } });
    const letters = letterActivities({
      ...{ db: school.db, now: Date.now, mailFrom: '', mail: mailer({ smtpUrl: null, catcherUrl: null }) },
      advance: desk.decide,
    });
    for (const { id: letterId } of await school.lettersOf('ann')) await letters.prepareLetter({ letterId });
    expect((await school.lettersOf('ann')).map(({ status }) => status).sort()).toEqual(['stopped', 'waiting']);
    const { id } = await school.caseOf('ann');
    expect([await pageFor(`/cases/${id}`), await answerFor(`/cases/${id}`)]).toEqual([
      [thatItIs, thatItIs],
      [thatItIs, thatItIs],
    ]);
  });
});
