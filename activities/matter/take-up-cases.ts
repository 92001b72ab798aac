import type { Day } from '../../policy/calendar/day.ts';
import { casesToTakeUp } from '../../prisma/cases.ts';
import type { Tx } from '../../prisma/client.ts';
import { advance } from './advance.ts';
import { loads } from './loads.ts';

type Opening = { schoolId: string; pupilIds: readonly string[]; on: Day; importKey: string };

/**
 * Takes up again, for those of these pupils who had left and are back, the case that was closed for it. No workflow runs for it
 * that could be told: it is told here, in the caller's transaction, and its workflow starts behind it from the outbox.
 * @returns which cases of which pupils were taken up
 */
export async function takeUpCases(tx: Tx, now: number, { schoolId, pupilIds, on, importKey }: Opening) {
  const takenUp: { id: string; pupilId: string }[] = [];
  for (const one of await casesToTakeUp(tx, pupilIds, on)) {
    const input = { key: `back:${importKey}`, kind: 'on the roll again' } as const;
    const { closed } = await advance(tx, loads, now, { kind: 'case', matterId: one.id, input });
    if (closed) continue;
    // The input again: its key makes it harmless, and the workflow starts what followed from it.
    await tx.outbox.create({ data: { schoolId, matterId: one.id, matterKind: 'case', kind: 'tell', input } });
    takenUp.push(one);
  }
  return takenUp;
}
