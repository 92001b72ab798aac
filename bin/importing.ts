import pg from 'pg';
import type { ImportDeps } from '../activities/register/import-result.ts';
import type { Day } from '../policy/calendar/day.ts';
import { connect } from '../prisma/client.ts';
import { todayAt } from '../prisma/school-clock.ts';
import { casesOpener } from './cases-opener.ts';
import { schoolNamed } from './school-named.ts';

/** A school's register, to be imported into. `today` asks for the school's date. */
export type Into = { deps: ImportDeps; schoolId: string; today: () => Promise<Day> };

type Place = { url: string; lockWaitMs: number };

/** Imports, from the command line, of as many schools at once as are said. */
export async function importing<T>(
  { url, lockWaitMs, atOnce = 1 }: Place & { atOnce?: number },
  act: (deps: ImportDeps) => Promise<T>,
): Promise<T> {
  const db = connect(url);
  const pool = new pg.Pool({ connectionString: url, max: 1 + atOnce });
  // A connection that is lost while nothing runs is made again by what runs next.
  pool.on('error', () => undefined);
  try {
    return await act({ db, pool, lockWaitMs, openCases: casesOpener() });
  } finally {
    await Promise.all([db.$disconnect(), pool.end()]);
  }
}

/**
 * Does something to the register of a school, from the command line.
 * @throws Obstacle if there is no such school, naming those there are
 */
export const importingInto = <T>({ schoolId, ...place }: Place & { schoolId: string }, act: (into: Into) => Promise<T>) =>
  importing(place, async (deps) => act(await into(deps, schoolId)));

/**
 * A school to import into.
 * @throws Obstacle if there is no such school, naming those there are
 */
export async function into(deps: ImportDeps, schoolId: string): Promise<Into> {
  await schoolNamed(deps.db, schoolId);
  const today = async () => todayAt(await deps.db.school.findUniqueOrThrow({ where: { id: schoolId } }), Date.now());
  return { deps, schoolId, today };
}
