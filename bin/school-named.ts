import type { Db } from '../prisma/client.ts';
import { Obstacle } from './obstacle.ts';

/** The school of this id. @throws Obstacle that names those there are. */
export async function schoolNamed(db: Db, id: string) {
  const school = await db.school.findUnique({ where: { id } });
  if (school) return school;
  const schools = (await db.school.findMany({ orderBy: { id: 'asc' } })).map((one) => one.id);
  throw new Obstacle(`There is no school "${id}". Schools: ${schools.join(', ') || 'none yet'}.`);
}
