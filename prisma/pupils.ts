import { Refusal } from '../policy/refusal.ts';
import type { Db } from './client.ts';
import { pageAfter } from './page-after.ts';
import type { Reader } from './proposals.ts';

/** The user's school. */
export async function schoolOf(db: Db, { schoolId }: Pick<Reader, 'schoolId'>) {
  const school = schoolId === null ? null : await db.school.findUnique({ where: { id: schoolId } });
  if (!school) throw new Refusal('NotFound', 'You do not belong to a school');
  return school;
}

/** The classes of a school, by name. */
export async function classesOf(db: Db, schoolId: string): Promise<string[]> {
  const found = await db.pupil.findMany({
    where: { schoolId },
    distinct: ['className'],
    select: { className: true, yearGroup: true },
    orderBy: [{ yearGroup: 'asc' }, { className: 'asc' }],
  });
  return found.map(({ className }) => className);
}

/** The pupils of the reader's school; for a class teacher, those of the class. */
const inReach = ({ role, schoolId, className }: Reader) => ({
  schoolId: schoolId ?? 'none',
  ...(role === 'class-teacher' ? { className: className ?? 'none' } : {}),
});

/** A page of pupils by class and name, each with the totals of a school year. */
export const pupilsFor = (
  db: Db,
  reader: Reader,
  { className, after, year }: { className?: string | undefined; after?: string | undefined; year: string },
) =>
  pageAfter(
    after,
    [
      ['yearGroup', 'asc'],
      ['className', 'asc'],
      ['chosenName', 'asc'],
      ['id', 'asc'],
    ],
    (id) => db.pupil.findFirst({ where: { id, ...inReach(reader) } }),
    ({ where, ...at }) =>
      db.pupil.findMany({
        where: { AND: [inReach(reader), className === undefined ? {} : { className }, where] },
        include: { totals: { where: { schoolYear: year } } },
        ...at,
      }),
  );
export type PupilListed = Awaited<ReturnType<typeof pupilsFor>>['rows'][number];

/** One pupil with contacts and cases; null if another school's, or another class's for a class teacher. */
export const pupilFor = (db: Db, reader: Reader, id: string) =>
  db.pupil.findFirst({
    where: { id, ...inReach(reader) },
    include: {
      school: true,
      contacts: { include: { contact: true }, orderBy: { priority: 'asc' } },
      cases: { orderBy: { openedOn: 'desc' } },
    },
  });

/** What pupils are called, by id. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const pupils = await db.pupil.findMany({ where: { id: { in: [...ids] } }, select: { id: true, chosenName: true } });
  return new Map(pupils.map(({ id, chosenName }) => [id, chosenName]));
}
