import type { Db } from './client.ts';

/** The imports of a school, newest first. */
export const importsOf = (db: Db, schoolId: string) =>
  db.registerImport.findMany({ where: { schoolId }, orderBy: { startedAt: 'desc' }, take: 30 });

/** One import of a school, with what was wrong with it. */
export const importOf = (db: Db, schoolId: string, id: string) => db.registerImport.findFirst({ where: { id, schoolId } });
