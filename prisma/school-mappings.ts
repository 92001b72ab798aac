import type { Db } from './client.ts';

/** How a school's own exports are read, by name. */
export const mappingsOf = (db: Db, schoolId: string) =>
  db.schoolMapping.findMany({ where: { schoolId }, orderBy: { name: 'asc' } });
export type SchoolMapping = Awaited<ReturnType<typeof mappingsOf>>[number];

type Kept = { schoolId: string; name: string; title: string; kind: string; text: string; keptBy: string };

/** Keeps a mapping; one of that name which the school had goes. */
export const keepMapping = (db: Db, { schoolId, name, ...kept }: Kept): Promise<SchoolMapping> =>
  db.schoolMapping.upsert({
    where: { schoolId_name: { schoolId, name } },
    create: { schoolId, name, ...kept },
    update: { ...kept, keptAt: new Date() },
  });

/** @returns false if the school has no such mapping. */
export async function removeMapping(db: Db, schoolId: string, id: string): Promise<boolean> {
  const { count } = await db.schoolMapping.deleteMany({ where: { id, schoolId } });
  return count > 0;
}
