import type { Day } from '../policy/calendar/day.ts';
import { Refusal } from '../policy/refusal.ts';
import type { Db } from './client.ts';
import { columnOf } from './day-column.ts';
import type { Reader } from './proposals.ts';

/** The training school whose clock this person may walk: their own, or one of their authority's. */
export async function trainingSchoolOf(db: Db, { schoolId, authorityId }: Pick<Reader, 'schoolId' | 'authorityId'>) {
  const school = await db.school.findFirst({
    where: { training: true, ...(schoolId === null ? { authorityId: authorityId ?? 'none' } : { id: schoolId }) },
  });
  if (!school?.today) throw new Refusal('NotFound', 'Only a training school has a clock to walk');
  return { ...school, today: school.today };
}

/** The walks of a school's clock, newest first. */
export const clockSteps = (db: Db, schoolId: string) =>
  db.clockStep.findMany({ where: { schoolId }, orderBy: { startedAt: 'desc' }, take: 5 });

/** Writes down a walk that is asked for. Again is harmless. */
export async function addClockStep(db: Db, { id, schoolId, from, to }: { id: string; schoolId: string; from: Day; to: Day }) {
  const days = { fromDay: columnOf(from), toDay: columnOf(to), reached: columnOf(from) };
  await db.clockStep.createMany({ data: [{ id, schoolId, ...days, doing: 'Starting' }], skipDuplicates: true });
}
