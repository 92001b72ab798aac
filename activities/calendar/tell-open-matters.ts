import type { Tx } from '../../prisma/client.ts';

type Telling = { schoolId: string; changeId: string; by: string | null; words: string };

/**
 * Tells every open case and referral of the school, through the outbox, that the calendar changed; `words` is what changed, and
 * stands in each ledger. A calendar's labels are people's own words: the engine gets only the id of the text.
 */
export async function tellOpenMatters(tx: Tx, { schoolId, changeId, by, words }: Telling): Promise<number> {
  const where = { schoolId, status: { not: 'closed' } };
  const cases = await tx.attendanceCase.findMany({ where, select: { id: true } });
  const referrals = await tx.referral.findMany({ where, select: { id: true } });
  if (cases.length + referrals.length === 0) return 0;
  await tx.writtenText.create({ data: { id: changeId, byUser: by ?? '', body: { text: words } } });
  const input = { key: `calendar:${changeId}`, kind: 'calendar changed', textId: changeId };
  const row =
    (matterKind: 'case' | 'referral') =>
    ({ id: matterId }: { id: string }) => ({ ...{ schoolId, matterId, matterKind, kind: 'tell', input } });
  const { count } = await tx.outbox.createMany({ data: [...cases.map(row('case')), ...referrals.map(row('referral'))] });
  return count;
}
