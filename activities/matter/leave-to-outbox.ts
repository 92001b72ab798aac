import type { Tx } from '../../prisma/client.ts';
import type { Follow } from '../../workflows/messages.ts';

/** Leaves what is to begin to the outbox: of a closed case, whose workflow has ended, and of a new one, whose workflow begins as the case stands. */
export async function leaveToOutbox(tx: Tx, schoolId: string, follow: readonly Follow[]): Promise<void> {
  if (follow.length > 0)
    await tx.outbox.createMany({ data: follow.map((next) => ({ schoolId, kind: 'start', ...begun(next) })) });
}

function begun(next: Follow) {
  switch (next.what) {
    case 'letter':
      return { matterKind: 'letter', matterId: next.letterId, input: { releaseAt: next.releaseAt } };
    case 'reminder':
      return { matterKind: 'reminder', matterId: next.reminderId, input: {} };
    case 'referral':
      throw new Error('Neither a closed case nor a new one makes a referral');
  }
}
