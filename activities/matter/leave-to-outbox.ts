import type { Tx } from '../../prisma/client.ts';
import type { Follow } from '../../workflows/messages.ts';

/** Leaves what is to begin to the outbox: of a closed case, whose workflow has ended and begins nothing any more. */
export async function leaveToOutbox(tx: Tx, schoolId: string, follow: readonly Follow[]): Promise<void> {
  await tx.outbox.createMany({ data: follow.map((next) => ({ schoolId, kind: 'start', ...begun(next) })) });
}

function begun(next: Follow) {
  switch (next.what) {
    case 'letter':
      return { matterKind: 'letter', matterId: next.letterId, input: { releaseAt: next.releaseAt } };
    case 'reminder':
      return { matterKind: 'reminder', matterId: next.reminderId, input: {} };
    case 'referral':
      throw new Error('A closed case makes no referral');
  }
}
