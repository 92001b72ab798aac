import type { Db } from './client.ts';
import type { Letter } from './generated/client.ts';
import { pageAfter } from './page-after.ts';
import type { Reader } from './proposals.ts';

/** What a list says of a letter. */
export const letterSummary = {
  ...{ id: true, caseId: true, matterId: true, template: true, status: true, statusWhy: true, channel: true },
  ...{ approvedOn: true, sentOn: true, releaseAt: true, fields: true },
  ...{ schoolId: true, pupilId: true, contactId: true, toAddress: true, approvedBy: true },
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

/**
 * Letters that officers of this authority approved and that want something of them, the oldest first: to be printed and posted, or to
 * find out whether they arrived.
 */
export async function approvedThere(db: Db, authorityId: string, status: 'to-print' | 'unknown') {
  const staff = await db.user.findMany({ where: { authorityId }, select: { id: true } });
  return db.letter.findMany({
    where: { status, approvedBy: { in: staff.map(({ id }) => id) } },
    select: letterSummary,
    orderBy: [{ approvedOn: 'asc' }, { id: 'asc' }],
  });
}

/** Of these letters those that an authority's officer approved, by id, each with the authority's name: they are not the school's to post. */
export async function authoritysOwn(db: Db, letters: readonly LetterSummary[]): Promise<ReadonlyMap<string, string>> {
  const ids = letters.filter(({ matterId, caseId }) => matterId !== caseId).map(({ approvedBy }) => approvedBy);
  if (ids.length === 0) return new Map();
  const officers = await db.user.findMany({
    where: { id: { in: ids }, NOT: { authorityId: null } },
    include: { authority: true },
  });
  const names = new Map(officers.map(({ id, authority }) => [id, authority?.name]));
  return new Map(
    letters.flatMap(({ id, approvedBy }) => {
      const name = names.get(approvedBy);
      return name === undefined ? [] : [[id, name]];
    }),
  );
}

/** The school's own letters of which nobody knows whether they arrived, the oldest first. */
export async function unknownOf(db: Db, schoolId: string) {
  const letters = await db.letter.findMany({
    where: { schoolId, status: 'unknown' },
    select: letterSummary,
    orderBy: [{ releaseAt: 'asc' }, { id: 'asc' }],
  });
  const others = await authoritysOwn(db, letters);
  return letters.filter(({ id }) => !others.has(id));
}
