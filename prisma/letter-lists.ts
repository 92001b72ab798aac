import { letterSummary } from './cases.ts';
import type { Db } from './client.ts';
import type { Reader } from './proposals.ts';

const inSchool = ({ schoolId }: Reader) => ({ schoolId: schoolId ?? 'none' });

/** Letters of a school, newest first; with a status, only those (the print queue is 'to-print'). */
export const lettersFor = (
  db: Db,
  reader: Reader,
  { status, after, take }: { status: string | null; after: string | null; take: number },
) =>
  db.letter.findMany({
    where: { ...inSchool(reader), ...(status === null ? {} : { status }) },
    select: { ...letterSummary, pupilId: true, caseId: true },
    orderBy: [{ approvedOn: 'desc' }, { id: 'asc' }],
    take,
    ...(after === null ? {} : { cursor: { id: after }, skip: 1 }),
  });

/** One letter with its attempts and exactly what it says. The authority sees letters of cases referred to it. */
export const letterFor = (db: Db, reader: Reader, id: string) =>
  db.letter.findFirst({
    where: {
      id,
      ...(reader.schoolId === null
        ? { case: { referrals: { some: { authorityId: reader.authorityId ?? 'none' } } } }
        : inSchool(reader)),
    },
    include: { attempts: { orderBy: { number: 'asc' } }, case: { select: { packId: true, packVersion: true } } },
  });
