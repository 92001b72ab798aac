import type { Db } from './client.ts';
import { pageAfter } from './page-after.ts';

/** A page of a school's imports, newest first. */
export const importsOf = (db: Db, schoolId: string, after: string | undefined) =>
  pageAfter(
    after,
    [
      ['startedAt', 'desc'],
      ['id', 'asc'],
    ],
    (id) => db.registerImport.findFirst({ where: { id, schoolId }, omit: { problems: true } }),
    ({ where, ...at }) => db.registerImport.findMany({ where: { AND: [{ schoolId }, where] }, omit: { problems: true }, ...at }),
  );

export type ImportListed = Awaited<ReturnType<typeof importsOf>>['rows'][number];

/** One import of a school, with what was wrong with it. */
export const importOf = (db: Db, schoolId: string, id: string) => db.registerImport.findFirst({ where: { id, schoolId } });
