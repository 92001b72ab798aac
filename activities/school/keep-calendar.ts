import { randomUUID } from 'node:crypto';
import { changeBySchoolFile } from '../../policy/calendar/calendar-change.ts';
import { changeWords } from '../../policy/calendar/change-words.ts';
import { type Period, periodKey, periodWords } from '../../policy/calendar/period.ts';
import { schoolCalendar } from '../../policy/calendar/school-calendar.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { SchoolPlan } from '../../policy/school/school-plan.ts';
import { applyChange, changeIn, lockCalendar, periodsOf } from '../../prisma/calendar.ts';
import type { Tx } from '../../prisma/client.ts';
import { bare, newProblems } from '../calendar/show-change.ts';
import { tellOpenMatters } from '../calendar/tell-open-matters.ts';

const reason = 'The school’s file was read';

/**
 * Brings what the plan says newly of the school's calendar into it, and keeps a record of the change as of any other. What was
 * entered on the calendar page stays. Cases and referrals that are open hear of it, and count the days that they wait for again.
 * @returns what was changed, in words
 * @throws Refusal('NotAllowed') if what the plan says cannot stand beside what was entered on the page
 */
export async function keepCalendar(tx: Tx, { id: schoolId, periods }: Pick<SchoolPlan, 'id' | 'periods'>): Promise<string[]> {
  await lockCalendar(tx, schoolId);
  const before = await periodsOf(tx, schoolId);
  const change = changeBySchoolFile(before, { said: await saidBefore(tx, schoolId, before), says: periods });
  await tx.school.update({ where: { id: schoolId }, data: { periodsOfFile: periods.map(bare) } });
  const { added, removed } = change;
  if (added.length + removed.length === 0) return [];
  const [wrong] = newProblems(before, change);
  if (wrong)
    throw new Refusal('NotAllowed', `${wrong.says}. The calendar was changed on its page since: say the same in the file`);
  const changeId = randomUUID();
  await applyChange(tx, schoolId, change);
  const told = await tellOpenMatters(tx, { schoolId, changeId, by: null, words: changeWords(before, change) });
  await tx.calendarChange.create({
    data: {
      ...{ id: changeId, schoolId, reason, added: added.map(bare), removed: removed.map(bare) },
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

/** What the file said when it was last read. Of a school that was set up before that was kept: all that came in, or went, in no other way. */
async function saidBefore(tx: Tx, schoolId: string, before: readonly Period[]): Promise<readonly Period[]> {
  const { periodsOfFile } = await tx.school.findUniqueOrThrow({ where: { id: schoolId }, select: { periodsOfFile: true } });
  if (periodsOfFile !== null) return periodsOfFile as unknown as Period[];
  const others = await tx.calendarChange.findMany({ where: { schoolId, madeAt: { not: null }, reason: { not: reason } } });
  const elsewhere = others.map(changeIn);
  const entered = new Set(elsewhere.flatMap(({ added }) => added.map(periodKey)));
  return [...before.filter((period) => !entered.has(periodKey(period))), ...elsewhere.flatMap(({ removed }) => removed)];
}
