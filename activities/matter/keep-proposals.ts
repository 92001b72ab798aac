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
  dueAt?: string | undefined;
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

type Proposals = Record<string, Standing>;

/**
 * Makes the inbox say what the matter says: what is new or changed is written, what stood and is gone is decided or
 * withdrawn. The rules make a new object of a proposal that they change; the others are the very same before and after.
 */
export async function keepProposals(
  tx: Tx,
  of: ProposalOf,
  { before, after }: { before: Proposals; after: Proposals },
  events: readonly { type: string }[],
): Promise<void> {
  const { matterId } = of;
  const gone = Object.keys(before).filter((key) => !(key in after));
  const withdrawn = events.flatMap((event) => (event.type === 'withdrawn' && 'key' in event ? [event.key as string] : []));
  const ended = async (keys: string[], status: string): Promise<void> => {
    if (keys.length > 0) await tx.proposal.updateMany({ where: { matterId, key: { in: keys } }, data: { status } });
  };
  await ended(
    gone.filter((key) => !withdrawn.includes(key)),
    'decided',
  );
  await ended(
    gone.filter((key) => withdrawn.includes(key)),
    'withdrawn',
  );
  for (const proposal of Object.values(after).filter((one) => before[one.key] !== one)) {
    const { id, ...data } = proposalRow(of, proposal);
    await tx.proposal.upsert({ where: { id }, create: { id, ...data }, update: data });
  }
}

/** What is due on a day and by no time of it can wait until then. */
const endOfDay = '24:00';

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
  dueAt: proposal.dueAt ?? endOfDay,
  status: proposal.status,
  madeOn: columnOf(proposal.madeOn),
  heldUntil: columnOrNull(proposal.heldUntil),
  body: proposal,
});
