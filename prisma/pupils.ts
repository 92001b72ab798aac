import { Refusal } from '../policy/refusal.ts';
import type { Db } from './client.ts';
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

/** One pupil with contacts and cases; null if another school's, or another class's for a class teacher. */
export const pupilFor = (db: Db, { role, schoolId, className }: Reader, id: string) =>
  db.pupil.findFirst({
    where: { id, schoolId: schoolId ?? 'none', ...(role === 'class-teacher' ? { className: className ?? 'none' } : {}) },
    include: {
      school: true,
      contacts: { include: { contact: true }, orderBy: { priority: 'asc' } },
      cases: { orderBy: { openedOn: 'desc' } },
    },
  });
