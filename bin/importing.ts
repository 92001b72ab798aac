import pg from 'pg';
import { openCases } from '../activities/matter/open-cases.ts';
import type { ImportDeps } from '../activities/register/import-result.ts';
import type { Day } from '../policy/calendar/day.ts';
import { connect } from '../prisma/client.ts';
import { todayAt } from '../prisma/school-clock.ts';
import { Obstacle } from './obstacle.ts';

type Importing = { deps: ImportDeps; today: () => Promise<Day> };

/**
 * Does something to the register of a school, from the command line.
 * @throws Obstacle if there is no such school, naming those there are
 */
export async function importingInto<T>(
  { url, schoolId, lockWaitMs }: { url: string; schoolId: string; lockWaitMs: number },
  act: (importing: Importing) => Promise<T>,
): Promise<T> {
  const db = connect(url);
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // A connection that is lost while nothing runs is made again by what runs next.
  pool.on('error', () => undefined);
  try {
    if ((await db.school.count({ where: { id: schoolId } })) === 0) {
      const schools = (await db.school.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);
      throw new Obstacle(`There is no school "${schoolId}". Schools: ${schools.join(', ') || 'none yet'}.`);
    }
    const deps: ImportDeps = { db, pool, lockWaitMs, openCases: (tx, opening) => openCases(tx, Date.now(), opening) };
    const today = async () => todayAt(await db.school.findUniqueOrThrow({ where: { id: schoolId } }), Date.now());
    return await act({ deps, today });
  } finally {
    await Promise.all([db.$disconnect(), pool.end()]);
  }
}
