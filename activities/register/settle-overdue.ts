import { absenceId, byThePolicy } from '../../policy/register/correction.ts';
import { packInForce } from '../../prisma/packs.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { ImportDeps } from './import-result.ts';
import { overdueAbsences, settleUnexplained } from './settle-unexplained.ts';

/**
 * Makes every absence of a school O whose time to be explained is over, where the school's policy says that this happens by
 * itself. Done twice it changes nothing more.
 * @returns how many marks say O now
 * @throws Refusal('Busy') while another import runs; 'NotAllowed' if one of the marks is refused.
 */
export async function settleOverdue(deps: ImportDeps, schoolId: string): Promise<number> {
  const { db } = deps;
  const school = await db.school.findUniqueOrThrow({ where: { id: schoolId } });
  const today = todayAt(school, deps.now?.() ?? Date.now());
  const pack = (await packInForce(db, school.packId, today))?.pack;
  if (pack?.['unexplained absences']?.['become O'] !== 'by itself') return 0;
  const absences = (await overdueAbsences(db, schoolId, today)).map(absenceId);
  if (absences.length === 0) return 0;
  return (await settleUnexplained(deps, { schoolId, absences, by: null, via: byThePolicy(pack.title), today })).changed;
}
