import type { Tx } from '../../prisma/client.ts';
import { inserted, updated, upserted, writeRows } from '../../prisma/write-rows.ts';
import { changedProposals, endProposals, type ProposalOf } from './keep-proposals.ts';
import type { Kept } from './matter.ts';

const tables = { case: 'attendance_case', referral: 'referral' };

type Standing = { proposals: Parameters<typeof changedProposals>[1]['after'] };

/** Writes what an input led to: the events into the ledger, how the matter stands into its row, and what it asks into the inbox. */
export async function keepStanding(
  tx: Tx,
  of: ProposalOf,
  columns: object,
  { before, state, events, rows }: Pick<Kept<Standing>, 'before' | 'state' | 'events' | 'rows'>,
): Promise<void> {
  const change = { before: before?.proposals ?? {}, after: state.proposals };
  await endProposals(tx, of.matterId, change, events);
  await writeRows(tx, [
    inserted('ledger_event', rows),
    updated(tables[of.matterKind], { id: of.matterId, state, ...columns }),
    upserted('proposal', changedProposals(of, change)),
  ]);
}
