import type { Tx } from '../../prisma/client.ts';
import { columnOf, columnOrNull } from '../../prisma/day-column.ts';
import { ask } from '../../prisma/pg-client.ts';

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

type Change = { before: Proposals; after: Proposals };

/** The rows of what is new or changed. The rules make a new object of a proposal that they change; the others are the very same before and after. */
export const changedProposals = (of: ProposalOf, { before, after }: Change) =>
  Object.values(after)
    .filter((one) => before[one.key] !== one)
    .map((one) => proposalRow(of, one));

/** Takes out of the inbox what stood and is gone: it was decided or withdrawn. */
export async function endProposals(
  tx: Tx,
  matterId: string,
  { before, after }: Change,
  events: readonly { type: string }[],
): Promise<void> {
  const gone = Object.keys(before).filter((key) => !(key in after));
  if (gone.length === 0) return;
  const withdrawn = events.flatMap((event) => (event.type === 'withdrawn' && 'key' in event ? [event.key as string] : []));
  await ask(tx)`
    UPDATE proposal SET status = CASE WHEN key = ANY (${withdrawn}::text[]) THEN 'withdrawn' ELSE 'decided' END
    WHERE matter_id = ${matterId}::uuid AND key = ANY (${gone}::text[])`;
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
