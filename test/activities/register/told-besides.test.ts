import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { lookAtRegisterFile } from '../../../activities/register/import-register-file.ts';
import { started } from '../../../activities/register/import-row.ts';
import { takeImport } from '../../../activities/register/take-import.ts';
import { ImportEffects } from '../../../policy/register/import-effects.ts';
import { fingerprint } from '../../../prisma/imports.ts';
import { aDesk, emailOf } from '../../support/desk.ts';
import { aParent, aReferral } from '../../support/told-referral.ts';
import { aRegister, contactCells, csvOf, markCells, schoolId } from './a-register.ts';

const on = '2026-10-16';
const days = ['07', '08', '09', '10', '11', '14', '15', '16', '17', '18'].map((day) => `2026-09-${day}`);
let school: Awaited<ReturnType<typeof aRegister>>;
let caseId: string;
const referralId = randomUUID();

/** A closed case whose first letter went, and a referral in which a penalty notice waits to be authorised: both on twenty sessions of O. */
beforeAll(async () => {
  school = await aRegister();
  const lead = { id: 'lead', name: 'Priya Nair', role: 'sal', email: emailOf('sal'), schoolId };
  await school.db.user.create({ data: lead });
  await school.file('contacts', csvOf('contacts', [contactCells('C1', 'A1')]));
  await take(await look('O', ''));
  const { id, state, ...found } = await school.db.attendanceCase.findFirstOrThrow();
  caseId = id;
  const letterId = randomUUID();
  const letter = {
    ...{ proposal: '1-letter', template: 'letter-1', outcome: 'sent', on: '2026-09-28' },
    relied: { stage: found.stage, attendance: { attended: 0, possible: 20 }, upTo: '2026-09-18 PM' },
  };
  const closed = { ...(state as object), status: 'closed', proposals: {}, letters: { [letterId]: letter } };
  const at = { status: 'closed', closedOn: new Date('2026-10-09') };
  await school.db.attendanceCase.update({ where: { id }, data: { ...at, state: closed } });
  const { contactId } = await school.db.pupilContact.findFirstOrThrow();
  const absent = Object.fromEntries(days.map((day) => [day, 'O']));
  const referral = aReferral({ on, absent, parents: [aParent(contactId)] })
    .accepted()
    .request(contactId);
  await school.db.referral.create({
    data: {
      ...{ id: referralId, authorityId: 'shire', schoolId, caseId, pupilId: found.pupilId, status: 'open' },
      ...{ stage: referral.state.stage, headline: 'A notice is asked for', madeOn: new Date(on) },
      ...{ events: referral.events.length, state: JSON.parse(JSON.stringify(referral.state)) },
    },
  });
});
afterAll(() => school?.end());

async function look(code: string, reason: string): Promise<string> {
  const importId = randomUUID();
  const rows = days.flatMap((day) => ['AM', 'PM'].map((session) => markCells(['A1', day, session, code, reason])));
  const of = { schoolId, fileName: 'marks.csv', by: null };
  await started(school.db, importId, 'marks', 'waiting', of);
  await lookAtRegisterFile('marks', school.deps, () => Readable.from([Buffer.from(csvOf('marks', rows))]), {
    ...{ ...of, on, importId, mapping: undefined },
  });
  return importId;
}
const effectsOf = async (id: string) =>
  ImportEffects.parse((await school.db.registerImport.findUniqueOrThrow({ where: { id } })).effects);
const take = async (importId: string, seen?: string) =>
  takeImport(school.deps, {
    schoolId,
    on,
    importId,
    seen: seen ?? fingerprint(await effectsOf(importId)),
    leaveOutRejected: false,
    by: null,
  });

it('a look says what a closed case would ask for, and what at the authority would lose its ground; and that is what is approved', async () => {
  const importId = await look('/', 'They were in the sick room');
  const effects = await effectsOf(importId);
  expect(effects.closed).toEqual([{ caseId, says: [expect.stringMatching(/register now says/)] }]);
  expect(effects.referrals).toEqual([{ referralId, says: [expect.stringMatching(/no ground any more: .*0 of 10 sessions/)] }]);
  expect(effects.told).toEqual([]);
  const desk = await aDesk({ db: school.db, databaseUrl: school.url });
  const { text } = await (await desk.signedIn('sal')).get(`/imports/${importId}`).expect(200);
  expect(text).toContain('1 closed case would ask for a correction');
  expect(text).toContain('1 referral would have no ground for a notice any more');
  await desk.stop();
  await expect(take(importId, fingerprint({ ...effects, closed: [], referrals: [] }))).rejects.toMatchObject({ code: 'Stale' });
  await take(importId);
  expect(await school.db.outbox.findMany({ where: { kind: 'tell' }, orderBy: { matterKind: 'asc' } })).toMatchObject([
    { matterKind: 'case', matterId: caseId },
    { matterKind: 'referral', matterId: referralId },
  ]);
});
