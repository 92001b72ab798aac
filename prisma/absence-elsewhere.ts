import { Refusal } from '../policy/refusal.ts';
import { asMarkedAt, asRecorded, keptSession, type MarkElsewhere, sessionKept } from '../policy/register/absence-elsewhere.ts';
import { penaltyNoticeCodes } from '../policy/register/codes.ts';
import type { Mark, Span } from '../policy/register/mark.ts';
import type { Db, Tx } from './client.ts';
import { type AbsenceElsewhere, Prisma } from './generated/client.ts';
import { ask } from './pg-client.ts';
import { type By, type TakenBack, takeBack, tellOpen } from './recorded-elsewhere.ts';
import { believed } from './register.ts';

type Recorded = { id: string; pupilId: string; place: string; sessions: readonly Mark[]; source: string };

/** What was recorded for a pupil, also what was taken back, the newest first. */
export const recordedAbsence = (db: Db, pupilId: string): Promise<AbsenceElsewhere[]> =>
  db.absenceElsewhere.findMany({ where: { pupilId }, orderBy: [{ at: 'desc' }, { id: 'asc' }] });

/**
 * The sessions of absence elsewhere, by pupil, as they are known now or were at an instant: those on record, and of a span of days those
 * that can count towards a penalty notice in the registers of the child's other schools here. Where both tell of a session, the
 * register comes last and so stands.
 */
export async function absenceElsewhereOf(
  db: Db | Tx,
  pupilIds: readonly string[],
  span: Span,
  asKnownAt?: Date,
): Promise<ReadonlyMap<string, MarkElsewhere[]>> {
  const told = [...(await onRecord(db, pupilIds, asKnownAt)), ...(await atOtherSchools(db, pupilIds, span, asKnownAt))];
  const found = new Map<string, MarkElsewhere[]>();
  for (const { pupilId, sessions, source } of told) {
    const known = found.get(pupilId) ?? [];
    found.set(pupilId, known);
    known.push(...sessions.map((text) => ({ ...keptSession(text), source })));
  }
  return found;
}

type Told = { pupilId: string; sessions: string[]; source: string };

async function onRecord(db: Db | Tx, pupilIds: readonly string[], asKnownAt?: Date): Promise<Told[]> {
  const stood = asKnownAt
    ? Prisma.sql`at <= ${asKnownAt}::timestamptz AND (taken_back_at IS NULL OR taken_back_at > ${asKnownAt}::timestamptz)`
    : Prisma.sql`taken_back_at IS NULL`;
  const rows = await ask(db)<Omit<Told, 'source'> & { place: string; source: string }>`
    SELECT pupil_id AS "pupilId", sessions, place, source FROM absence_elsewhere
    WHERE pupil_id = ANY (${[...pupilIds]}::uuid[]) AND ${stood} ORDER BY at, id`;
  return rows.map(({ place, source, ...told }) => ({ ...told, source: asRecorded({ place, source }) }));
}

/**
 * Of the same child at another school of this installation, known again by the UPN as notices are. Nothing else of that register is read,
 * no other code, and nothing from after the day on which the child left here: where it is now is not for this school to learn.
 * The children of training schools are made up: they are nobody's at a real one.
 */
async function atOtherSchools(db: Db | Tx, pupilIds: readonly string[], { from, to }: Span, asKnownAt?: Date): Promise<Told[]> {
  const rows = await ask(db)<Omit<Told, 'source'> & { school: string }>`
    SELECT p.id AS "pupilId", t.name AS school, m.sessions FROM ${sameChildren}
    CROSS JOIN LATERAL (
      SELECT array_agg(day::text || ' ' || session || ' ' || code ORDER BY day, session) AS sessions FROM mark
      WHERE pupil_id = o.id AND day BETWEEN greatest(${from}::date, o.on_roll_from) AND least(${to}::date, o.on_roll_to, p.on_roll_to)
        AND code = ANY (${[...penaltyNoticeCodes]}) AND ${believed(asKnownAt)}
    ) AS m
    WHERE p.id = ANY (${[...pupilIds]}::uuid[]) AND m.sessions IS NOT NULL ORDER BY p.id, t.name, o.id`;
  return rows.map(({ school, ...told }) => ({ ...told, source: asMarkedAt(school) }));
}

/** Pupils `p` of schools `s`, each beside the same child `o` of another school `t`. */
const sameChildren = Prisma.sql`pupil AS p JOIN school AS s ON s.id = p.school_id
  JOIN pupil AS o ON o.upn = p.upn AND o.id <> p.id AND p.upn <> ''
  JOIN school AS t ON t.id = o.school_id AND t.training = s.training`;

/**
 * Lets what rests on the absence of these pupils at other schools be looked at again, through the outbox: open cases and referrals are
 * told, and of a pupil without an open case it is looked whether there has to be one.
 */
export async function tellOfElsewhere(tx: Tx, pupilIds: readonly string[], key: string): Promise<void> {
  if (pupilIds.length === 0) return;
  const matters = await ask(tx)<{ id: string; kind: string; schoolId: string }>`
    SELECT id, 'case' AS kind, school_id AS "schoolId" FROM attendance_case
    WHERE pupil_id = ANY (${[...pupilIds]}::uuid[]) AND status = 'open'
    UNION ALL
    SELECT id, 'referral', school_id FROM referral WHERE pupil_id = ANY (${[...pupilIds]}::uuid[]) AND status = 'open'
    UNION ALL
    SELECT id, 'pupil', school_id FROM pupil AS p WHERE id = ANY (${[...pupilIds]}::uuid[])
      AND NOT EXISTS (SELECT FROM attendance_case WHERE pupil_id = p.id AND status = 'open')
    ORDER BY id`;
  await tellOpen(tx, matters, key);
}

/** The pupils of other schools here who are the same children as these and had not left before these came: they count these' sessions. */
export async function sameChildrenOf(tx: Tx, pupilIds: readonly string[]): Promise<string[]> {
  if (pupilIds.length === 0) return [];
  const found = await ask(tx)<{ id: string }>`
    SELECT DISTINCT p.id FROM ${sameChildren}
    WHERE o.id = ANY (${[...pupilIds]}::uuid[]) AND (p.on_roll_to IS NULL OR p.on_roll_to >= o.on_roll_from)`;
  return found.map(({ id }) => id);
}

/** Those of these pupils who are, or were, at another school here as well. */
export async function withOtherSchools(tx: Tx, pupilIds: readonly string[]): Promise<string[]> {
  if (pupilIds.length === 0) return [];
  const found = await ask(tx)<{
    id: string;
  }>`SELECT DISTINCT p.id FROM ${sameChildren} WHERE p.id = ANY (${[...pupilIds]}::uuid[])`;
  return found.map(({ id }) => id);
}

/** The pupils of these schools of whom absence elsewhere may be known: on record, also if taken back, or at another school here. */
export async function knownElsewhere(db: Db, schoolIds: readonly string[]): Promise<string[]> {
  const found = await ask(db)<{ id: string }>`
    SELECT p.id FROM pupil AS p JOIN absence_elsewhere AS a ON a.pupil_id = p.id WHERE p.school_id = ANY (${schoolIds})
    UNION SELECT p.id FROM ${sameChildren} WHERE p.school_id = ANY (${schoolIds})`;
  return found.map(({ id }) => id);
}

/**
 * Records absence at another school, once, and lets the pupil's case and referrals look at once what follows, or whether a case has to be.
 * @throws Refusal('Stale') if something else was recorded under this id, ('NotAllowed') if a session of it is on record already.
 */
export const keepAbsence = (db: Db, { sessions: marks, ...said }: Recorded, by: By, at: Date): Promise<void> =>
  db.$transaction(async (tx) => {
    const { id, pupilId, place, source } = said;
    const sessions = marks.map(sessionKept);
    const known = await tx.absenceElsewhere.findMany({ where: { pupilId, takenBackAt: null, id: { not: id } } });
    const twice = known.flatMap((one) => one.sessions).find((one) => sessions.some((text) => isSameSession(text, one)));
    if (twice !== undefined)
      throw new Refusal('NotAllowed', `${twice.slice(0, 13)} is on record already: leave it out, or take the other back first`, {
        concerns: 'sessions',
      });
    const row = { ...said, sessions, recordedBy: by.id, role: by.role, at };
    const { count } = await tx.absenceElsewhere.createMany({ data: row, skipDuplicates: true });
    if (count > 0) return tellOfElsewhere(tx, [pupilId], `absence-elsewhere:${id}`);
    const same = await tx.absenceElsewhere.count({ where: { id, pupilId, place, source, sessions: { equals: sessions } } });
    if (same === 0) throw new Refusal('Stale', 'Something else was recorded with this form. Open the page again');
  });

const isSameSession = (a: string, b: string): boolean => a.slice(0, 13) === b.slice(0, 13);

/** Takes back what was recorded by mistake, once; the pupil's case and referrals look again. @throws Refusal as takeBack does */
export const takeAbsenceBack = (db: Db, absence: TakenBack, by: By, at: Date): Promise<void> =>
  db.$transaction(async (tx) => {
    if (await takeBack(tx, 'absence_elsewhere', absence, by, at))
      await tellOfElsewhere(tx, [absence.pupilId], `absence-elsewhere:${absence.id}:taken-back`);
  });
