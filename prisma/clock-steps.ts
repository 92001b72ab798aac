import type { Day } from '../policy/calendar/day.ts';
import { Refusal } from '../policy/refusal.ts';
import type { Db } from './client.ts';
import { columnOf } from './day-column.ts';
import type { Reader } from './proposals.ts';

/** The training schools whose clocks this person may walk: their own, or those of their authority. */
async function trainingSchoolsOf(db: Db, { schoolId, authorityId }: Pick<Reader, 'schoolId' | 'authorityId'>) {
  const schools = await db.school.findMany({
    where: { training: true, ...(schoolId === null ? { authorityId: authorityId ?? 'none' } : { id: schoolId }) },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return schools.flatMap(({ today, ...school }) => (today ? [{ ...school, today }] : []));
}

/**
 * The training school whose clock this person asks for, and all that they may ask for. Without a name it is the only one; null
 * if there are several to choose from.
 * @throws Refusal('NotFound') if there is none, or none of this name.
 */
export async function trainingSchoolOf(db: Db, reader: Pick<Reader, 'schoolId' | 'authorityId'>, id: string | undefined) {
  const schools = await trainingSchoolsOf(db, reader);
  const named = id === undefined ? schools : schools.filter((school) => school.id === id);
  if (named.length === 0) throw new Refusal('NotFound', 'Only a training school has a clock to walk');
  return { school: named.length === 1 ? (named[0] ?? null) : null, schools };
}

/** The walks of a school's clock, newest first. */
export const clockSteps = (db: Db, schoolId: string) =>
  db.clockStep.findMany({ where: { schoolId }, orderBy: { startedAt: 'desc' }, take: 5 });

type Walk = { id: string; schoolId: string; from: Day; to: Day; reached: Day };

/** Writes down a walk that is asked for, and the last day that the walks before it finished. Again is harmless. */
export async function addClockStep(db: Db, { id, schoolId, from, to, reached }: Walk) {
  const days = { fromDay: columnOf(from), toDay: columnOf(to), reached: columnOf(reached) };
  await db.clockStep.createMany({ data: [{ id, schoolId, ...days, doing: 'Starting' }], skipDuplicates: true });
}
