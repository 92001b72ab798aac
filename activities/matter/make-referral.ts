import type { CaseEvent } from '../../policy/case/event.ts';
import type { Tx } from '../../prisma/client.ts';
import { columnOf } from '../../prisma/day-column.ts';
import type { Follow } from '../../workflows/messages.ts';
import type { CaseFacts } from './case-facts.ts';
import type { OpenMatter } from './matter.ts';

/** Opens the authority's side of a referral in the school's own transaction: the officer's inbox has it at once. */
export async function makeReferral(
  tx: Tx,
  { row, school, circumstances }: CaseFacts,
  { referralId }: Extract<CaseEvent, { type: 'referred' }>,
  open: OpenMatter,
): Promise<Follow[]> {
  await tx.referral.create({
    data: {
      id: referralId,
      authorityId: school.authorityId,
      schoolId: row.schoolId,
      caseId: row.id,
      pupilId: row.pupilId,
      status: 'open',
      stage: 'received',
      headline: '',
      madeOn: columnOf(circumstances.on),
      events: 0,
      state: {},
    },
  });
  await open('referral', referralId);
  return [{ what: 'referral', referralId }];
}
