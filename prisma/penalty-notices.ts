import { reasonsFor } from '../policy/people/matching.ts';
import type { Db, Tx } from './client.ts';
import { dayOf } from './day-column.ts';
import { comparedContacts } from './persons.ts';

/** A penalty notice for a child, to whomever and wherever it was issued. */
export type NoticeKnown = {
  id: string;
  pupilId: string;
  /** The contact of the pupil to whom it went; null if it is not certain which of them, or whether any, is the person. */
  contactId: string | null;
  issuedOn: string;
  status: string;
  sessions: string[];
  /** Who issued it and how that is known, of one that none of the pupil's own referrals issued. */
  elsewhere: { issuer: string; source: string } | null;
};

/**
 * Every notice that is known for each of these pupils, oldest first: those of our referrals, those recorded as issued elsewhere, and those
 * of the same child at another school here. A child is known again by the UPN; a parent of such a one as contacts are laid beside one
 * another (policy/people/matching.ts), never by a name alone. The children of training schools are made up: they are nobody's at a real one.
 */
export async function noticesOf(db: Db | Tx, pupilIds: readonly string[]): Promise<NoticeKnown[]> {
  const here = await ofPupils(db, pupilIds);
  return [...here, ...(await atOtherSchools(db, pupilIds))].sort((a, b) =>
    `${a.issuedOn} ${a.id}` < `${b.issuedOn} ${b.id}` ? -1 : 1,
  );
}

/** The same of one pupil. */
export const noticesFor = (db: Db | Tx, pupilId: string): Promise<NoticeKnown[]> => noticesOf(db, [pupilId]);

async function ofPupils(db: Db | Tx, ids: readonly string[]): Promise<(NoticeKnown & { contactId: string })[]> {
  const pupilId = { in: [...ids] };
  const ours = await db.penaltyNotice.findMany({ where: { pupilId } });
  const others = await db.noticeElsewhere.findMany({ where: { pupilId, takenBackAt: null } });
  return [
    ...ours.map(({ id, pupilId, contactId, issuedOn, status, sessions }) => ({
      ...{ id, pupilId, contactId, issuedOn: dayOf(issuedOn), status, sessions, elsewhere: null },
    })),
    ...others.map(({ id, pupilId, contactId, issuedOn, status, issuer, source }) => ({
      ...{ id, pupilId, contactId, issuedOn: dayOf(issuedOn), status, sessions: [], elsewhere: { issuer, source } },
    })),
  ];
}

async function atOtherSchools(db: Db | Tx, ids: readonly string[]): Promise<NoticeKnown[]> {
  const twins = await db.$queryRaw<{ pupilId: string; other: string; issuer: string; school: string }[]>`
    SELECT p.id AS "pupilId", o.id AS other, a.name AS issuer, s.name AS school FROM pupil AS p
    JOIN school AS own ON own.id = p.school_id
    JOIN pupil AS o ON o.upn = p.upn AND o.id <> p.id
    JOIN school AS s ON s.id = o.school_id AND s.training = own.training
    JOIN authority AS a ON a.id = s.authority_id
    WHERE p.id = ANY (${[...ids]}::uuid[]) AND p.upn <> ''`;
  if (twins.length === 0) return [];
  const theirs = await ofPupils(db, [...new Set(twins.map(({ other }) => other))]);
  if (theirs.length === 0) return [];
  const links = await db.pupilContact.findMany({ where: { pupilId: { in: twins.map(({ pupilId }) => pupilId) } } });
  const people = await comparedContacts(
    db,
    [...links, ...theirs].map(({ contactId }) => contactId),
  );
  const isOne = (a: string, b: string) => {
    const [one, other] = [people.get(a), people.get(b)];
    return one !== undefined && other !== undefined && reasonsFor(one, other).length > 0;
  };
  return twins.flatMap(({ pupilId, other, issuer, school }) =>
    theirs
      .filter((notice) => notice.pupilId === other)
      .map(({ contactId: to, elsewhere, ...notice }) => ({
        ...{ ...notice, pupilId },
        contactId: links.find((link) => link.pupilId === pupilId && isOne(link.contactId, to))?.contactId ?? null,
        elsewhere: {
          issuer: elsewhere?.issuer ?? issuer,
          source: elsewhere ? `${elsewhere.source} (recorded at ${school})` : `The same child’s referral at ${school}`,
        },
      })),
  );
}
