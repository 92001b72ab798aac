import type { Day } from '../policy/calendar/day.ts';
import { Refusal } from '../policy/refusal.ts';
import type { PartTime } from '../policy/register/part-time.ts';
import type { Db } from './client.ts';
import { dayOf, dayOrNull } from './day-column.ts';
import { Prisma } from './generated/client.ts';
import { pageAfter } from './page-after.ts';
import { type SameAs, sameAs } from './persons.ts';
import type { Reader } from './proposals.ts';

/** The user's school. */
export async function schoolOf(db: Db, { schoolId }: Pick<Reader, 'schoolId'>) {
  const school = schoolId === null ? null : await db.school.findUnique({ where: { id: schoolId } });
  if (!school) throw new Refusal('NotFound', 'You do not belong to a school');
  return school;
}

/** The days from which and until which a pupil is on roll. */
export const onRollOf = ({ onRollFrom, onRollTo }: { onRollFrom: Date; onRollTo: Date | null }) => ({
  onRollFrom: dayOf(onRollFrom),
  onRollTo: dayOrNull(onRollTo),
});

/** The classes of a school, by name. */
export async function classesOf(db: Db, schoolId: string): Promise<string[]> {
  const found = await db.pupil.findMany({
    where: { schoolId },
    distinct: ['className'],
    select: { className: true, yearGroup: true },
    orderBy: [{ yearGroup: 'asc' }, { className: 'asc' }],
  });
  return found.map(({ className }) => className);
}

/** The pupils of the reader's school; for a class teacher, those of the class. */
export const inReach = ({ role, schoolId, className }: Reader) => ({
  schoolId: schoolId ?? 'none',
  ...(role === 'class-teacher' ? { className: className ?? 'none' } : {}),
});

/** A page of pupils by class and name, each with the totals of a school year. */
export const pupilsFor = (
  db: Db,
  reader: Reader,
  {
    className,
    meant,
    after,
    year,
  }: { className?: string | undefined; meant?: string[] | undefined; after?: string | undefined; year: string },
) =>
  pageAfter(
    after,
    [
      ['yearGroup', 'asc'],
      ['className', 'asc'],
      ['chosenName', 'asc'],
      ['id', 'asc'],
    ],
    (id) => db.pupil.findFirst({ where: { id, ...inReach(reader) } }),
    ({ where, ...at }) =>
      db.pupil.findMany({
        where: {
          AND: [inReach(reader), className === undefined ? {} : { className }, meant ? { id: { in: meant } } : {}, where],
        },
        include: { totals: { where: { schoolYear: year } } },
        ...at,
      }),
  );
export type PupilListed = Awaited<ReturnType<typeof pupilsFor>>['rows'][number];

/** One pupil with contacts, who of them is whom, and cases; null if another school's, or another class's for a class teacher. */
export async function pupilFor(db: Db, reader: Reader, id: string) {
  const found = await db.pupil.findFirst({
    where: { id, ...inReach(reader) },
    include: {
      school: { include: { authority: { select: { name: true } } } },
      contacts: { include: { contact: true }, orderBy: [{ priority: 'asc' }, { contactId: 'asc' }] },
      cases: { orderBy: { openedOn: 'desc' } },
    },
  });
  if (!found) return null;
  const ids = found.contacts.map(({ contactId }) => contactId);
  const same = await sameAs(db, ids);
  return { ...found, same, otherChildren: await otherChildren(db, reader, found.id, ids, same) };
}

const openCase = { where: { status: 'open' }, select: { id: true } } as const;

/** For each contact the other children of the person whom this reader may see, by name, with the case that each has. */
async function otherChildren(
  db: Db,
  reader: Reader,
  pupilId: string,
  contactIds: readonly string[],
  same: ReadonlyMap<string, readonly SameAs[]>,
) {
  const rows = (id: string) => [id, ...(same.get(id) ?? []).map((other) => other.id)];
  const links = await db.pupilContact.findMany({
    where: { contactId: { in: contactIds.flatMap(rows) }, pupilId: { not: pupilId }, pupil: inReach(reader) },
    select: { contactId: true, pupil: { select: { id: true, chosenName: true, className: true, cases: openCase } } },
    orderBy: [{ pupil: { chosenName: 'asc' } }, { pupilId: 'asc' }],
  });
  return new Map(
    contactIds.map((id) => {
      const children = links.filter(({ contactId }) => rows(id).includes(contactId)).map(({ pupil }) => pupil);
      return [id, children.filter((one, i) => children.findIndex((other) => other.id === one.id) === i)];
    }),
  );
}

export type OnPartTime = { pupil: { id: string; name: string; className: string }; agreed: PartTime; marked: Day[] };

/** The pupils on the roll with C2 in a span, a day as often as sessions, or with an agreement; of one class, or all. */
export async function partTimePupils(
  db: Db,
  { schoolId, className, from, to }: { schoolId: string; className: string | null; from: Day; to: Day },
): Promise<OnPartTime[]> {
  const rows = await db.$queryRaw<({ id: string; name: string; className: string; marked: Day[] } & PartTime)[]>`
    SELECT p.id, p.chosen_name AS name, p.class_name AS "className", p.part_time_from::text AS "from",
      p.part_time_until::text AS "until", p.part_time_review::text AS review,
      coalesce(array_agg(m.day::text) FILTER (WHERE m.day IS NOT NULL), '{}') AS marked
    FROM pupil AS p
    LEFT JOIN mark AS m ON m.pupil_id = p.id AND m.known_until IS NULL AND m.code = 'C2'
      AND m.day BETWEEN ${from}::date AND ${to}::date
    WHERE p.school_id = ${schoolId} AND (p.on_roll_to IS NULL OR p.on_roll_to >= ${to}::date)
      AND ${className === null ? Prisma.sql`true` : Prisma.sql`p.class_name = ${className}`}
    GROUP BY p.id HAVING count(m.day) > 0 OR p.part_time_until IS NOT NULL
    ORDER BY p.class_name, p.chosen_name, p.id`;
  return rows.map(({ id, name, className: of, marked, ...agreed }) => ({ pupil: { id, name, className: of }, agreed, marked }));
}

/** What pupils are called, by id. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const pupils = await db.pupil.findMany({ where: { id: { in: [...ids] } }, select: { id: true, chosenName: true } });
  return new Map(pupils.map(({ id, chosenName }) => [id, chosenName]));
}

/** Pupils with their school, and with their cases and referrals, newest first. */
export const pupilsWithCases = (db: Db, ids: readonly string[]) =>
  db.pupil.findMany({
    where: { id: { in: [...ids] } },
    include: {
      school: true,
      cases: {
        select: {
          id: true,
          status: true,
          headline: true,
          referrals: { select: { id: true, authorityId: true, headline: true } },
        },
        orderBy: { openedOn: 'desc' },
      },
    },
    orderBy: [{ chosenName: 'asc' }, { id: 'asc' }],
  });

export type WithCases = Awaited<ReturnType<typeof pupilsWithCases>>[number];
