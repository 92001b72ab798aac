import type { CaseEvent } from '../../policy/case/event.ts';
import { headline } from '../../policy/case/headline.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { Tx } from '../../prisma/client.ts';
import { columnOf, columnOrNull } from '../../prisma/day-column.ts';
import type { Head } from '../../prisma/ledger.ts';
import type { Follow } from '../../workflows/messages.ts';
import { approveLetters } from './approve-letters.ts';
import type { CaseFacts } from './case-facts.ts';
import { keepProposals } from './keep-proposals.ts';
import { makeReferral } from './make-referral.ts';
import type { Deadline, Matter } from './matter.ts';

type Kept = Parameters<Matter<CaseState, CaseEvent>['keep']>[1];

/** What the screens read of a case, as the columns of its row. */
export const caseColumns = (state: CaseState, head: Head, deadline: Deadline | null) => ({
  state,
  status: state.status,
  stage: state.stage,
  headline: headline(state),
  events: head.seq,
  nextOn: columnOrNull(deadline?.on ?? null),
  nextWhy: deadline?.why ?? null,
});

/** Writes what the screens read of a case, and turns its events into letters and referrals. */
export async function keepCase(
  tx: Tx,
  facts: CaseFacts,
  { state, events, head, deadline, byUser, open }: Kept,
): Promise<Follow[]> {
  const { row, circumstances } = facts;
  const closed = events.some(({ type }) => type === 'closed');
  await tx.attendanceCase.update({
    where: { id: row.id },
    data: { ...caseColumns(state, head, deadline), ...(closed ? { closedOn: columnOf(circumstances.on) } : {}) },
  });
  await keepProposals(
    tx,
    {
      matterId: row.id,
      matterKind: 'case',
      schoolId: row.schoolId,
      authorityId: null,
      pupilId: row.pupilId,
      className: facts.pupil.className,
    },
    state.proposals,
    events,
  );
  const follow: Follow[] = [];
  for (const event of events) {
    if (event.type === 'letters approved') follow.push(...(await approveLetters(tx, facts, state, event, byUser)));
    if (event.type === 'referred') follow.push(...(await makeReferral(tx, facts, event, open)));
  }
  return follow;
}
