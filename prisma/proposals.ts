import { type Staying, stays } from '../policy/case/handed-on.ts';
import { isOfficer, type Role } from '../policy/people/roles.ts';
import { parentAsked } from '../policy/referral/action-words.ts';
import type { Db } from './client.ts';
import { Prisma } from './generated/client.ts';
import { pageAfter } from './page-after.ts';

/** Somebody who is away today; an officer, by the dates of these schools. */
export type Away = { id: string; role: Role; className: string | null; schools?: readonly string[] };

export type Reader = {
  id: string;
  role: Role;
  schoolId: string | null;
  authorityId: string | null;
  className: string | null;
  /** Those who are away today and have named this person to decide for them. */
  standsFor?: readonly Away[];
};

/** What waits for this person, most urgent first. A class teacher sees their own class; others their school or authority. */
export async function waitingFor(db: Db, reader: Reader, after: string | undefined) {
  const { rows, next } = await pageAfter(
    after,
    [
      ['dueOn', 'asc'],
      ['dueAt', 'asc'],
      ['id', 'asc'],
    ],
    (id) => db.proposal.findFirst({ where: { id, ...inReach(reader) } }),
    ({ where, ...at }) => db.proposal.findMany({ where: { AND: [{ status: 'open', ...mine(reader) }, where] }, ...at }),
  );
  return { rows: await ofPupils(db, rows), next };
}

/** The same of some pupils alone: all of it. */
export async function waitingAbout(db: Db, reader: Reader, pupilIds: readonly string[]): Promise<Waiting[]> {
  const where = { status: 'open', pupilId: { in: [...pupilIds] }, ...mine(reader) };
  return ofPupils(db, await db.proposal.findMany({ where, orderBy: [{ dueOn: 'asc' }, { dueAt: 'asc' }, { id: 'asc' }] }));
}

/** Each with its pupil, and the parent whom it is about. */
async function ofPupils<Row extends { pupilId: string; body: unknown }>(db: Db, rows: readonly Row[]) {
  const pupils = await db.pupil.findMany({
    where: { id: { in: rows.map(({ pupilId }) => pupilId) } },
    select: { id: true, chosenName: true, className: true, school: { select: { name: true, training: true, today: true } } },
  });
  const byId = new Map(pupils.map((one) => [one.id, one]));
  const parents = await parentsIn(db, rows);
  return rows.flatMap((row) => {
    const of = byId.get(row.pupilId);
    return of ? [{ ...row, pupil: of, parent: parents.get(aboutOf(row) ?? '') ?? null }] : [];
  });
}

const aboutOf = ({ body }: { body: unknown }) => parentAsked((body as { action: object }).action);

/** The names of the parents whom some of these are about, by contact id. */
async function parentsIn(db: Db, rows: readonly { body: unknown }[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap((row) => aboutOf(row) ?? []);
  if (ids.length === 0) return new Map();
  const contacts = await db.contact.findMany({ where: { id: { in: ids } }, select: { id: true, fullName: true } });
  return new Map(contacts.map(({ id, fullName }) => [id, fullName]));
}

export type Waiting = Awaited<ReturnType<typeof waitingFor>>['rows'][number];

/** One proposal within reach of this person, whoever has to decide it. Null if there is none, or it is another school's. */
export const proposalFor = (db: Db, reader: Reader, matterId: string, key: string) =>
  db.proposal.findFirst({ where: { matterId, key, ...inReach(reader) } });

/** How much waits for this person in all. */
export const waitingCount = (db: Db, reader: Reader) => db.proposal.count({ where: { status: 'open', ...mine(reader) } });

/** What is held or asked about: it comes back by itself, or with its answer. */
export const setAside = (db: Db, reader: Reader) =>
  db.proposal.count({ where: { status: { in: ['held', 'asked'] }, ...mine(reader) } });

/** Theirs to decide: by their role, because nobody decided in time, or for somebody who is away; not what they asked for. */
const mine = (reader: Reader) => ({
  AND: [
    inReach(reader),
    ...notAskedForBy(reader),
    { OR: [putBefore(reader.role), ...(reader.standsFor ?? []).map((of) => ({ AND: [handedOn(of), ...notAskedForBy(of)] }))] },
  ],
});

/** As policy/case/asked-for-by.ts has it. Of most proposals it is not told: those are a null to the database, not a no. */
const notAskedForBy = ({ id }: Pick<Reader, 'id'>) =>
  ['notBy', 'notFor'].map((who) => ({
    OR: [{ body: { path: [who], equals: Prisma.DbNull } }, { body: { path: [who], not: id } }],
  }));

const putBefore = (role: Role) => ({ OR: [{ role: role as string }, { alsoRole: role as string }] });

/** What of somebody's is handed on to whom they named (policy/case/handed-on.ts). */
const handedOn = (of: Away) =>
  isOfficer(of.role)
    ? { matterKind: 'referral', ...putBefore(of.role), ...(of.schools && { schoolId: { in: [...of.schools] } }) }
    : handedOnAtSchool(of);

const handedOnAtSchool = ({ role, className }: Away) => ({
  AND: [
    { matterKind: 'case', ...putBefore(role), ...(role === 'class-teacher' ? { className: className ?? 'none' } : {}) },
    ...stays.map(isNone),
  ],
});

/** Spelled without a NOT around it: a proposal that is about no task is none of those about one, and the database would not know. */
const isNone = ({ what, role, task }: Staying) => ({
  OR: [
    { action: { notIn: [...what] as string[] } },
    ...(role === undefined ? [] : [{ role: { not: role as string } }]),
    ...(task === undefined ? [] : [{ body: { path: ['action', 'task'], not: task } }]),
  ],
});

function inReach({ role, schoolId, authorityId, className }: Reader) {
  if (schoolId === null) return { authorityId: authorityId ?? 'none' };
  return { schoolId, ...(role === 'class-teacher' ? { className: className ?? 'none' } : {}) };
}
