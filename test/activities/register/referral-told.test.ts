import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { advance } from '../../../activities/matter/advance.ts';
import { loads } from '../../../activities/matter/loads.ts';
import { staff } from '../../../policy/training/staff.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { keepPack } from '../../../prisma/packs.ts';
import type { MatterInput, MatterKind } from '../../../workflows/messages.ts';
import { aSchool } from '../../support/school.ts';
import { referringPolicy } from '../../support/small-policy.ts';

const days = ['2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', '2026-10-05'];
const textId = randomUUID();
const by = (role: 'sal' | 'ewo') => ({ id: staff.find((one) => one.role === role)?.id ?? '', role });

let school: Awaited<ReturnType<typeof aSchool>>;
beforeAll(async () => {
  school = await aSchool({ today: '2026-10-06', pupils: { una: {} }, workerless: true });
  const { id } = await keepPack(school.db, referringPolicy, 'small.yaml');
  await school.db.school.updateMany({ data: { packId: id } });
  for (const day of days) await school.correct('una', day, { AM: 'O', PM: 'O' });
  await school.db.writtenText.create({ data: { id: textId, byUser: 'ewo', body: { text: 'Support would not help' } } });
});
afterAll(() => school.end());

const tell = (kind: MatterKind, matterId: string, input: MatterInput) =>
  school.db.$transaction((tx) => advance(tx, loads, Date.now(), { kind, matterId, input }));

/** Decides on what a matter asks under this name. */
async function decide(kind: MatterKind, what: string, role: 'sal' | 'ewo', decision: object) {
  const { matterId, key, version } = await school.db.proposal.findFirstOrThrow({ where: { action: what, status: 'open' } });
  const input = { key: what, kind: 'decision', by: by(role), proposal: key, version, decision } as MatterInput;
  const { refused } = await tell(kind, matterId, input);
  expect(refused).toBeNull();
  return matterId;
}
const asked = async (matterId: string) =>
  (await school.db.proposal.findMany({ where: { matterId, status: 'open' } })).map(({ action }) => action);
const words = (matterId: string) => school.db.outbox.findMany({ where: { matterId, kind: 'tell', deliveredAt: null } });

async function deliver(referralId: string) {
  for (const { input } of await words(referralId)) await tell('referral', referralId, input as MatterInput);
  await school.db.outbox.updateMany({ data: { deliveredAt: new Date() } });
}

it('a referral whose notice has no ground any more since the register was corrected asks for none', async () => {
  await decide('case', 'referral', 'sal', { choice: 'approve' });
  const referralId = await decide('referral', 'accept referral', 'ewo', { choice: 'accept' });
  const mother = await school.db.contact.findFirstOrThrow({ where: { contactNo: 'una-1' } });
  const notice = { choice: 'tool', tool: 'penalty notice', parents: [mother.id], support: 'not appropriate', textId };
  await decide('referral', 'decide tool', 'ewo', notice);
  expect(await asked(referralId)).toEqual(['authorise penalty notice']);

  await school.correct('una', '2026-09-08', { AM: 'I', PM: 'I' });
  expect((await words(referralId)).map(({ matterKind, input }) => [matterKind, (input as MatterInput).kind])).toEqual([
    ['referral', 'register changed'],
    ['referral', 'register changed'],
  ]);
  await deliver(referralId);
  expect(await asked(referralId)).toEqual(['decide tool']);
});

it('it is not told of what only came in, unless its notice to improve has run its time and waits for marks', async () => {
  const { id } = await school.db.referral.findFirstOrThrow();
  await school.feed(['2026-10-06'], '2026-10-06');
  expect(await words(id)).toEqual([]);
  const improvement = { status: 'running', from: '2026-09-14', until: '2026-10-02', judgedOn: '2026-10-05' };
  const { state } = await school.db.referral.findUniqueOrThrow({ where: { id } });
  await school.db.referral.update({ where: { id }, data: { state: { ...(state as object), improvement } } });
  await school.db.school.updateMany({ data: { today: columnOf('2026-10-07') } });
  await school.feed(['2026-10-07'], '2026-10-07');
  expect(await words(id)).toHaveLength(1);
});

it('once it is closed it is told nothing', async () => {
  const { id } = await school.db.referral.findFirstOrThrow();
  await school.db.outbox.updateMany({ data: { deliveredAt: new Date() } });
  await school.db.referral.update({ where: { id }, data: { status: 'closed' } });
  await school.correct('una', '2026-09-15', { AM: 'I', PM: 'I' });
  expect(await words(id)).toEqual([]);
});
