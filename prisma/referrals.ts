import type { CaseState } from '../policy/case/state.ts';
import { standsIn } from '../policy/referral/notice-to-improve.ts';
import type { ReferralState } from '../policy/referral/state.ts';
import type { Db } from './client.ts';
import type { Letter } from './generated/client.ts';
import { letterSummary } from './letter-lists.ts';
import { pageAfter } from './page-after.ts';
import { sameAs } from './persons.ts';
import type { Reader } from './proposals.ts';

/** An officer reads the referrals of the authority; a school reads its own, a class teacher those of their class. */
const inReach = ({ role, schoolId, authorityId, className }: Reader) => {
  if (schoolId === null) return { authorityId: authorityId ?? 'none' };
  return { schoolId, ...(role === 'class-teacher' ? { case: { pupil: { className: className ?? 'none' } } } : {}) };
};

const pupilName = { select: { id: true, chosenName: true, legalName: true, className: true } } as const;

/** A page of referrals, newest first, each with its pupil and school. */
export const referralsFor = (db: Db, reader: Reader, { status, after }: { status: string; after?: string | undefined }) =>
  pageAfter(
    after,
    [
      ['madeOn', 'desc'],
      ['id', 'asc'],
    ],
    (id) => db.referral.findFirst({ where: { id, ...inReach(reader) } }),
    ({ where, ...at }) =>
      db.referral.findMany({
        where: { AND: [inReach(reader), { status }, where] },
        include: { case: { select: { pupil: pupilName, school: { select: { name: true } } } } },
        ...at,
      }),
  );

export type ReferralListed = Omit<Awaited<ReturnType<typeof referralsFor>>['rows'][number], 'state'>;

/** Which of these letters are not to go any more, though they were issued, and why: notices to improve that fell, or whose referral has ended. */
export async function noticesFallen(
  db: Db,
  letters: readonly Pick<Letter, 'id' | 'matterId' | 'template'>[],
): Promise<ReadonlyMap<string, string>> {
  const notices = letters.filter(({ template }) => template === 'notice-to-improve');
  if (notices.length === 0) return new Map();
  const where = { id: { in: notices.map(({ matterId }) => matterId) } };
  const referrals = await db.referral.findMany({ where, select: { id: true, state: true } });
  const states = new Map(referrals.map(({ id, state }) => [id, state as unknown as ReferralState]));
  const fell = notices.filter(({ id, matterId }) => {
    const state = states.get(matterId);
    return state !== undefined && !standsIn(state, id);
  });
  const ended = 'The referral has ended, and the notice to improve with it';
  return new Map(
    fell.map(({ id, matterId }) => [
      id,
      states.get(matterId)?.status === 'closed' ? ended : 'The notice to improve did not go out in time, and fell',
    ]),
  );
}

/** One referral with the school's case, its pupil, parents and letters; null if it is not within reach. */
export async function referralFor(db: Db, reader: Reader, id: string) {
  const found = await db.referral.findFirst({
    where: { id, ...inReach(reader) },
    include: {
      case: {
        include: {
          school: { include: { authority: { select: { name: true } } } },
          pupil: { include: { contacts: { include: { contact: true }, orderBy: [{ priority: 'asc' }, { contactId: 'asc' }] } } },
          letters: { select: letterSummary, orderBy: [{ releaseAt: 'asc' }, { id: 'asc' }] },
        },
      },
    },
  });
  if (!found) return null;
  const { case: of, ...referral } = found;
  return {
    ...referral,
    state: referral.state as unknown as ReferralState,
    case: { ...of, state: of.state as unknown as CaseState },
    pupil: of.pupil,
    school: of.school,
    same: await sameAs(
      db,
      of.pupil.contacts.map(({ contactId }) => contactId),
    ),
  };
}

export type ReferralFound = NonNullable<Awaited<ReturnType<typeof referralFor>>>;

/** Referrals with their pupils' names, those that were asked for. */
export async function referralsNamed(db: Db, ids: readonly string[]) {
  const found = await db.referral.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, case: { select: { pupil: { select: { id: true, chosenName: true } } } } },
    orderBy: [{ case: { pupil: { chosenName: 'asc' } } }, { id: 'asc' }],
  });
  return found.map(({ id, case: of }) => ({ id, pupil: of.pupil }));
}
