import type { Day } from '../policy/calendar/day.ts';
import type { Role } from '../policy/people/roles.ts';
import type { Db, Tx } from './client.ts';
import { columnOf, dayOf } from './day-column.ts';

const person = { select: { id: true, name: true, role: true, className: true } } as const;
type Person = { id: string; name: string; role: string; className: string | null };
const known = (row: Person) => ({ ...row, role: row.role as Role });

type Days = { fromDay: Date; untilDay: Date };
const daysOf = ({ fromDay, untilDay }: Days) => ({ from: dayOf(fromDay), until: dayOf(untilDay) });

const onDay = (on: Day) => ({ endedAt: null, fromDay: { lte: columnOf(on) }, untilDay: { gte: columnOf(on) } });

/** Whom this person has named to decide for them, from today on. */
export async function namedBy(db: Db | Tx, userId: string, today: Day) {
  const rows = await db.delegation.findMany({
    where: { ofUser: userId, endedAt: null, untilDay: { gte: columnOf(today) } },
    include: { to: person },
    orderBy: [{ fromDay: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, to, ...days }) => ({ id, to: known(to), ...daysOf(days) }));
}

/** Where a person works: at a school, or at an authority. */
type Place = { schoolId: string | null; authorityId: string | null };
const at = ({ schoolId, authorityId }: Place) =>
  schoolId === null ? { schoolId, authorityId: authorityId ?? 'none' } : { schoolId };

/** For whom of the same school or authority this person decides on a day, with their role as it is now. */
export async function decidesFor(db: Db | Tx, { id, ...place }: { id: string } & Place, on: Day) {
  const rows = await db.delegation.findMany({
    where: { toUser: id, ...onDay(on), of: { active: true, ...at(place) } },
    include: { of: person },
    orderBy: [{ untilDay: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id: naming, of, ...days }) => ({ id: naming, of: known(of), ...daysOf(days) }));
}

export type StandsFor = Awaited<ReturnType<typeof decidesFor>>[number];

/** The people of the same school or authority who could be named, by name. */
export async function colleaguesOf(db: Db | Tx, { id, ...place }: { id: string } & Place) {
  const where = { ...at(place), active: true, id: { not: id } };
  return (await db.user.findMany({ where, ...person, orderBy: [{ name: 'asc' }, { id: 'asc' }] })).map(known);
}

/** Lets nobody else name somebody for this person, or for the one they name, until the transaction ends. */
export const oneNamingAtATime = (tx: Tx, { schoolId, authorityId }: Place): Promise<unknown> =>
  schoolId === null
    ? tx.$queryRaw`SELECT id FROM authority WHERE id = ${authorityId} FOR NO KEY UPDATE`
    : tx.$queryRaw`SELECT id FROM school WHERE id = ${schoolId} FOR NO KEY UPDATE`;

type Naming = Place & { id: string; ofUser: string; toUser: string; from: Day; until: Day; at: Date };

/** Keeps whom somebody named. */
export async function keepNaming(tx: Tx, { from, until, at, ...naming }: Naming): Promise<void> {
  await tx.delegation.create({ data: { ...naming, fromDay: columnOf(from), untilDay: columnOf(until), madeAt: at } });
}

/** Ends it now. False if there is no such naming of theirs, or it has ended. */
export async function endNaming(db: Db, { id, ofUser, at }: { id: string; ofUser: string; at: Date }): Promise<boolean> {
  return (await db.delegation.updateMany({ where: { id, ofUser, endedAt: null }, data: { endedAt: at } })).count > 0;
}

/** True if this naming is on record already: the same form was sent before. */
export const isNamed = async (tx: Tx, id: string): Promise<boolean> => (await tx.delegation.count({ where: { id } })) > 0;
