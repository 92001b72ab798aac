import type { ReferralEvent } from '../../policy/referral/event.ts';
import { headline } from '../../policy/referral/headline.ts';
import { outcomeFor } from '../../policy/referral/outcome.ts';
import type { ReferralState } from '../../policy/referral/state.ts';
import type { Tx } from '../../prisma/client.ts';
import { columnOf, columnOrNull } from '../../prisma/day-column.ts';
import type { Follow } from '../../workflows/messages.ts';
import { approveNoticeToImprove } from './approve-notice-to-improve.ts';
import { keepStanding } from './keep-standing.ts';
import type { Kept } from './matter.ts';
import type { ReferralFacts } from './referral-facts.ts';
import { remindStaff } from './remind-staff.ts';
import { standingColumns } from './standing-columns.ts';

/** Writes what the screens read of a referral, its notices, and what the school's case is to be told. */
export async function keepReferral(tx: Tx, facts: ReferralFacts, kept: Kept<ReferralState, ReferralEvent>): Promise<Follow[]> {
  const { state, events, head, byUser } = kept;
  const { row, circumstances } = facts;
  const of = {
    matterId: row.id,
    matterKind: 'referral',
    schoolId: row.schoolId,
    authorityId: row.authorityId,
    pupilId: row.pupilId,
    className: null,
  } as const;
  await keepStanding(tx, of, standingColumns(state, headline(state), kept, circumstances.on), kept);
  await keepNotices(tx, facts, state);
  await tellTheCase(tx, facts, events, head.seq);
  const follow = await remindStaff(tx, of, events, circumstances.on);
  for (const event of events) {
    if (event.type === 'notice to improve issued')
      follow.push(...(await approveNoticeToImprove(tx, facts, state, event, byUser)));
  }
  return follow;
}

/** A row for each notice issued: what the three-year count reads, for this referral and any later one. */
async function keepNotices(tx: Tx, { row }: ReferralFacts, { notices }: ReferralState): Promise<void> {
  for (const { issued, status, statusOn, sessions } of Object.values(notices)) {
    if (!issued) continue;
    const now = { status, statusOn: columnOf(statusOn) };
    const create = {
      id: issued.noticeId,
      referralId: row.id,
      pupilId: row.pupilId,
      contactId: issued.contactId,
      issuedOn: columnOf(issued.issuedOn),
      servedOn: columnOf(issued.servedOn),
      order: issued.order,
      discountPence: issued.discountPence,
      discountUntil: columnOrNull(issued.discountUntil),
      fullPence: issued.fullPence,
      fullUntil: columnOf(issued.fullUntil),
      sessions: [...sessions],
      ...now,
    };
    await tx.penaltyNotice.upsert({ where: { id: issued.noticeId }, create, update: now });
  }
}

/** Each outcome goes back to the school's case, through the outbox: told at least once, taken once. */
async function tellTheCase(tx: Tx, { row }: ReferralFacts, events: readonly ReferralEvent[], seq: number): Promise<void> {
  for (const [i, event] of events.entries()) {
    const outcome = outcomeFor(event);
    if (!outcome) continue;
    const input = {
      key: `referral:${row.id}:${seq - events.length + i + 1}`,
      kind: 'referral outcome',
      referralId: row.id,
      outcome,
    } as const;
    await tx.outbox.create({ data: { schoolId: row.schoolId, matterId: row.caseId, matterKind: 'case', kind: 'tell', input } });
  }
}
