import pg from 'pg';
import type { ImportDeps } from '../activities/register/import-result.ts';
import type { Day } from '../policy/calendar/day.ts';
import { connect } from '../prisma/client.ts';
import { todayAt } from '../prisma/school-clock.ts';
import { casesOpener } from './cases-opener.ts';
import { schoolNamed } from './school-named.ts';

/** A school's register, to be imported into. `today` asks for the school's date. */
export type Into = { deps: ImportDeps; schoolId: string; today: () => Promise<Day> };

/**
 * Does something to the register of a school, from the command line.
 * @throws Obstacle if there is no such school, naming those there are
 */
export async function importingInto<T>(
  { url, schoolId, lockWaitMs }: { url: string; schoolId: string; lockWaitMs: number },
  act: (into: Into) => Promise<T>,
): Promise<T> {
  const db = connect(url);
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // A connection that is lost while nothing runs is made again by what runs next.
  pool.on('error', () => undefined);
  try {
    await schoolNamed(db, schoolId);
    const deps: ImportDeps = { db, pool, lockWaitMs, openCases: casesOpener() };
    const today = async () => todayAt(await db.school.findUniqueOrThrow({ where: { id: schoolId } }), Date.now());
    return await act({ deps, schoolId, today });
  } finally {
    await Promise.all([db.$disconnect(), pool.end()]);
  }
}
