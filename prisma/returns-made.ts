import type { Db } from './client.ts';
import type { Prisma } from './generated/client.ts';
import { pageAfter } from './page-after.ts';

/** The returns that a school has made, newest first, without what they said. */
export const returnsMade = (db: Db, schoolId: string, after?: string) =>
  pageAfter(
    after,
    [
      ['madeAt', 'desc'],
      ['id', 'asc'],
    ],
    (id) => db.returnMade.findFirst({ where: { id, schoolId }, omit: { figures: true } }),
    ({ where, ...at }) => db.returnMade.findMany({ where: { AND: [{ schoolId }, where] }, omit: { figures: true }, ...at }),
  );
export type ReturnMadeRow = Awaited<ReturnType<typeof returnsMade>>['rows'][number];

export const returnMade = (db: Db, schoolId: string, id: string) => db.returnMade.findFirst({ where: { id, schoolId } });

/** Keeps that a return was made. The same id again is the same return: what was kept first stands. */
export const keepReturnMade = (db: Db, row: Prisma.ReturnMadeUncheckedCreateInput & { id: string }) =>
  db.returnMade.upsert({ where: { id: row.id }, create: row, update: {} });
