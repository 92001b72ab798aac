import type { Db } from './client.ts';
import type { Letter } from './generated/client.ts';
import { pageAfter } from './page-after.ts';
import type { Reader } from './proposals.ts';

/** What a list says of a letter. */
export const letterSummary = {
  ...{ id: true, caseId: true, matterId: true, template: true, status: true, statusWhy: true, channel: true },
  ...{ approvedOn: true, sentOn: true, releaseAt: true, fields: true },
  ...{ schoolId: true, pupilId: true, contactId: true, toAddress: true },
  case: { select: { state: true } },
} as const;
export type LetterSummary = Pick<Letter, Exclude<keyof typeof letterSummary, 'case'>> & { case: { state: unknown } };

const inSchool = ({ schoolId }: Reader) => ({ schoolId: schoolId ?? 'none' });

/** Letters of a school, newest first; with a status, only those. Of the print queue ('to-print') what has waited longest comes first. */
export const lettersFor = (
  db: Db,
  reader: Reader,
  { status, after }: { status?: string | undefined; after?: string | undefined },
) =>
  pageAfter(
    after,
    [
      ['approvedOn', status === 'to-print' ? 'asc' : 'desc'],
      ['id', 'asc'],
    ],
    (id) => db.letter.findFirst({ where: { id, ...inSchool(reader) }, select: letterSummary }),
    ({ where, ...at }) =>
      db.letter.findMany({
        where: { AND: [inSchool(reader), status === undefined ? {} : { status }, where] },
        select: letterSummary,
        ...at,
      }),
  );

/** One letter with its attempts, exactly what it says, and what goes with it. The authority sees letters of cases referred to it. */
export const letterFor = (db: Db, reader: Reader, id: string) =>
  db.letter.findFirst({
    where: {
      id,
      ...(reader.schoolId === null
        ? { case: { referrals: { some: { authorityId: reader.authorityId ?? 'none' } } } }
        : inSchool(reader)),
    },
    include: {
      case: { select: { status: true, state: true, packId: true, packVersion: true } },
      attempts: { orderBy: { number: 'asc' } },
      enclosures: { orderBy: { number: 'asc' }, include: { enclosure: { omit: { pdf: true } } } },
    },
  });

/** Of open cases of a school, the newest letter to each reader that has gone, where it did not arrive. */
export async function undeliveredOf(db: Db, schoolId: string) {
  const gone = await db.letter.findMany({
    where: { schoolId, status: { in: ['sent', 'posted', 'bounced', 'refused'] }, case: { status: 'open' } },
    select: letterSummary,
    orderBy: [{ releaseAt: 'desc' }, { id: 'asc' }],
    distinct: ['pupilId', 'contactId'],
  });
  return gone.filter(({ status }) => status === 'bounced' || status === 'refused');
}

/** Letters that officers of this authority approved and that wait to be printed and posted, the oldest first. */
export async function toPostBy(db: Db, authorityId: string) {
  const staff = await db.user.findMany({ where: { authorityId }, select: { id: true } });
  return db.letter.findMany({
    where: { status: 'to-print', approvedBy: { in: staff.map(({ id }) => id) } },
    select: letterSummary,
    orderBy: [{ approvedOn: 'asc' }, { id: 'asc' }],
  });
}

/** Letters of a school of which nobody knows whether they arrived, the oldest first. */
export const unknownOf = (db: Db, schoolId: string) =>
  db.letter.findMany({
    where: { schoolId, status: 'unknown' },
    select: letterSummary,
    orderBy: [{ releaseAt: 'asc' }, { id: 'asc' }],
  });
