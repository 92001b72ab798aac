import type { Tx } from '../../prisma/client.ts';
import { columnOf, columnOrNull } from '../../prisma/day-column.ts';

type Standing = {
  key: string;
  version: number;
  action: { what: string };
  role: string;
  alsoRole: string | null;
  sentence: string;
  due: string;
  status: string;
  heldUntil: string | null;
  madeOn: string;
};

export type ProposalOf = {
  matterId: string;
  matterKind: 'case' | 'referral';
  schoolId: string;
  authorityId: string | null;
  pupilId: string;
  className: string | null;
};

/** Makes the inbox say what the matter says: what stands is written, what stood and is gone is decided or withdrawn. */
export async function keepProposals(
  tx: Tx,
  of: ProposalOf,
  standing: Record<string, Standing>,
  events: readonly { type: string }[],
): Promise<void> {
  const { matterId } = of;
  const gone = { matterId, key: { notIn: Object.keys(standing) }, status: { in: ['open', 'held', 'asked'] } };
  const withdrawn = events.flatMap((event) => (event.type === 'withdrawn' && 'key' in event ? [event.key as string] : []));
  await tx.proposal.updateMany({
    where: { ...gone, key: { in: withdrawn, notIn: Object.keys(standing) } },
    data: { status: 'withdrawn' },
  });
  await tx.proposal.updateMany({ where: gone, data: { status: 'decided' } });
  for (const proposal of Object.values(standing)) {
    const { id, ...data } = proposalRow(of, proposal);
    await tx.proposal.upsert({ where: { id }, create: { id, ...data }, update: data });
  }
}

/** A proposal as the inbox reads it. */
export const proposalRow = (of: ProposalOf, proposal: Standing) => ({
  id: `${of.matterId}:${proposal.key}`,
  ...of,
  key: proposal.key,
  version: proposal.version,
  action: proposal.action.what,
  role: proposal.role,
  alsoRole: proposal.alsoRole,
  sentence: proposal.sentence,
  dueOn: columnOf(proposal.due),
  status: proposal.status,
  madeOn: columnOf(proposal.madeOn),
  heldUntil: columnOrNull(proposal.heldUntil),
  body: proposal,
});
