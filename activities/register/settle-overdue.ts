import { absenceId } from '../../policy/register/correction.ts';
import { reasonOverdue, unexplainedFrom } from '../../policy/register/measures/unexplained.ts';
import { packInForce } from '../../prisma/packs.ts';
import { calendarOf, unexplainedOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { ImportDeps } from './import-result.ts';
import { settleUnexplained } from './settle-unexplained.ts';

/**
 * Makes every absence of a school O whose time to be explained is over, where the school's policy says that this happens by
 * itself. Done twice it changes nothing more.
 * @returns how many marks say O now
 * @throws Refusal('Busy') while another import runs.
 */
export async function settleOverdue(deps: ImportDeps, schoolId: string): Promise<number> {
  const { db } = deps;
  const school = await db.school.findUniqueOrThrow({ where: { id: schoolId } });
  const today = todayAt(school, deps.now?.() ?? Date.now());
  const inForce = await packInForce(db, school.packId, today);
  if (inForce?.pack['unexplained absences']?.['become O'] !== 'by itself') return 0;
  const calendar = await calendarOf(db, schoolId);
  const open = await unexplainedOf(db, schoolId, { from: unexplainedFrom(today), to: today });
  const absences = open.filter(({ on }) => reasonOverdue(calendar, on, today)).map(absenceId);
  if (absences.length === 0) return 0;
  return (await settleUnexplained(deps, { schoolId, absences, by: null, today })).changed;
}
