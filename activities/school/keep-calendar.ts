import { randomUUID } from 'node:crypto';
import { changeBetween } from '../../policy/calendar/calendar-change.ts';
import { changeWords } from '../../policy/calendar/change-words.ts';
import { periodWords } from '../../policy/calendar/period.ts';
import { schoolCalendar } from '../../policy/calendar/school-calendar.ts';
import type { SchoolPlan } from '../../policy/school/school-plan.ts';
import { applyChange, lockCalendar, periodsOf } from '../../prisma/calendar.ts';
import type { Tx } from '../../prisma/client.ts';
import { bare } from '../calendar/show-change.ts';
import { tellOpenMatters } from '../calendar/tell-open-matters.ts';

/**
 * Makes the school's calendar what the plan says, and keeps a record of the change as of any other. Cases and referrals that are
 * open hear of it, and count the days that they wait for again.
 * @returns what was changed, in words
 */
export async function keepCalendar(tx: Tx, { id: schoolId, periods }: Pick<SchoolPlan, 'id' | 'periods'>): Promise<string[]> {
  await lockCalendar(tx, schoolId);
  const before = await periodsOf(tx, schoolId);
  const change = changeBetween(before, periods);
  const { added, removed } = change;
  if (added.length + removed.length === 0) return [];
  const changeId = randomUUID();
  await applyChange(tx, schoolId, change);
  const told = await tellOpenMatters(tx, { schoolId, changeId, by: null, words: changeWords(before, change) });
  await tx.calendarChange.create({
    data: {
      ...{ id: changeId, schoolId, reason: 'The school’s file was read', added: added.map(bare), removed: removed.map(bare) },
      ...{ madeAt: new Date(), told },
    },
  });
  if (before.length === 0) return [`Calendar: new, ${schoolCalendar(periods).days.length} school days`];
  return [
    ...added.map((period) => `Calendar, ${periodWords(period)}: new`),
    ...removed.map((period) => `Calendar, ${periodWords(period)}: taken out`),
    ...(told > 0 ? [`Calendar: ${told} open ${told === 1 ? 'case or referral is' : 'cases and referrals are'} told of it`] : []),
  ];
}
