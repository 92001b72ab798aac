import type { CaseState } from '../policy/case/state.ts';
import { Refusal } from '../policy/refusal.ts';
import type { Db } from './client.ts';
import type { Reader } from './proposals.ts';

/** The cases within reach of this person. The authority reads cases through their referrals, not here. */
const inReach = ({ role, schoolId, className }: Reader) => ({
  schoolId: schoolId ?? 'none',
  ...(role === 'class-teacher' ? { pupil: { className: className ?? 'none' } } : {}),
});

const pupil = {
  select: { id: true, chosenName: true, legalName: true, className: true, yearGroup: true, flags: true, onRollFrom: true },
} as const;

/** A page of cases, newest first. */
export const casesFor = (
  db: Db,
  reader: Reader,
  { status, after, take }: { status: string; after: string | null; take: number },
) =>
  db.attendanceCase.findMany({
    where: { ...inReach(reader), status },
    include: { pupil },
    orderBy: [{ openedOn: 'desc' }, { id: 'asc' }],
    take,
    ...(after === null ? {} : { cursor: { id: after }, skip: 1 }),
  });

/** How many cases there are in each stage. */
export const stageCounts = (db: Db, reader: Reader) =>
  db.attendanceCase.groupBy({
    by: ['stage'],
    where: { ...inReach(reader), status: 'open' },
    _count: true,
    orderBy: { stage: 'asc' },
  });

/** One case with its pupil, letters and referrals; null if it is not within reach. */
export async function caseFor(db: Db, reader: Reader, id: string) {
  const found = await db.attendanceCase.findFirst({
    where: { id, ...inReach(reader) },
    include: {
      pupil,
      school: true,
      referrals: { select: { id: true, headline: true, madeOn: true } },
      letters: { select: letterSummary, orderBy: [{ releaseAt: 'asc' }, { id: 'asc' }] },
    },
  });
  return found && { ...found, state: found.state as unknown as CaseState };
}

export const letterSummary = {
  id: true,
  template: true,
  status: true,
  statusWhy: true,
  channel: true,
  approvedOn: true,
  sentOn: true,
  releaseAt: true,
  fields: true,
} as const;

/** The names of the users behind these ids. */
export async function namesOf(db: Db, ids: readonly (string | null)[]): Promise<Map<string, { name: string; role: string }>> {
  const users = await db.user.findMany({
    where: { id: { in: ids.filter((id) => id !== null) } },
    select: { id: true, name: true, role: true },
  });
  return new Map(users.map(({ id, name, role }) => [id, { name, role }]));
}

/**
 * Keeps what a person wrote, under an id that a repeat gives again.
 * @throws Refusal('Stale') if other words are kept under it: the same form was sent before, with those.
 */
export async function keepText(db: Db, id: string, byUser: string, text: string): Promise<void> {
  const { count } = await db.writtenText.createMany({ data: [{ id, byUser, body: { text } }], skipDuplicates: true });
  if (count === 1) return;
  const { body } = await db.writtenText.findUniqueOrThrow({ where: { id } });
  if ((body as { text: string }).text !== text) {
    throw new Refusal('Stale', 'This form was sent before, with other words, which are kept. Load the page again to say more');
  }
}
