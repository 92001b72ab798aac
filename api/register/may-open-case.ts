import type { Day } from '../../policy/calendar/day.ts';
import { mayOpenForConcern } from '../../policy/case/begin.ts';
import { hasLeft } from '../../policy/case/on-roll.ts';
import type { Role } from '../../policy/people/roles.ts';
import type { Db } from '../../prisma/client.ts';
import { packInForce } from '../../prisma/packs.ts';
import { type Field, text } from '../layout/fields.ts';

export const concernFields: Field[] = [
  text('concern', 'What is the concern?', 'It stays in the case, with your name: everybody who reads the case reads it.'),
];

/** Whether this person may open a case for a concern about pupils of a school: by their role, and by the policy in force on a day. */
export async function mayOpenCase(db: Db, { role, packId, on }: { role: Role; packId: string; on: Day }): Promise<boolean> {
  if (!mayOpenForConcern.includes(role)) return false;
  const inForce = await packInForce(db, packId, on);
  return inForce?.pack['concern opens'] !== undefined;
}

/** Whether a pupil can have a case opened now: none runs, and they are on the roll. */
export const canHaveCase = (
  { cases, onRollTo }: { cases: readonly { status: string }[]; onRollTo: Day | null },
  on: Day,
): boolean => cases.every(({ status }) => status !== 'open') && !hasLeft({ on, onRollTo });
