import type { Day } from '../../policy/calendar/day.ts';
import { columnOf, columnOrNull } from '../../prisma/day-column.ts';
import type { Kept } from './matter.ts';

type Standing = { status: string; stage: string };

/** Where a matter stands, as the columns that cases and referrals have alike. `on` is its school's date. */
export const standingColumns = (
  { status, stage }: Standing,
  headline: string,
  { events, head, deadline }: Pick<Kept, 'events' | 'head' | 'deadline'>,
  on: Day,
) => ({
  status,
  stage,
  headline,
  events: head.seq,
  nextOn: columnOrNull(deadline?.on ?? null),
  nextWhy: deadline?.why ?? null,
  // Late news of a closed matter does not change the day it was closed.
  ...(events.some(({ type }) => type === 'closed') ? { closedOn: columnOf(on) } : {}),
  ...(events.some(({ type }) => type === 'case reopened') ? { closedOn: null } : {}),
});
