import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import {
  crossed,
  looksAtAbsences,
  looksAtAnyMark,
  looksAtEveryMark,
  mayOpen,
  restsOnTotals,
} from '../../policy/pack/thresholds.ts';
import type { Tx } from '../../prisma/client.ts';
import { packInForce, packOf } from '../../prisma/packs.ts';
import { importKey, type Merged, type Merging } from './importer.ts';
import type { Recounted } from './recount.ts';

/**
 * Wakes only the cases for which something changed: a pupil who came to where the policy opens a case gets one; an open case is
 * told when its pupil crossed a threshold, a mark it may rest on was corrected, it waits for marks, or its policy looks at more
 * than the totals of the year. A closed case is told of corrections if it wrote to the family: what went stays a fact.
 */
export async function followChange(
  { tx, deps, order, importId }: Merging,
  recounted: readonly Recounted[],
  corrected: ReadonlySet<string>,
): Promise<Pick<Merged, 'opened' | 'told'>> {
  if (recounted.length === 0) return { opened: [], told: [] };
  const { schoolId, on } = order;
  const key = importKey(importId);
  const pupilIds = recounted.map(({ pupilId }) => pupilId);
  const open = await openCasesOf(tx, pupilIds);
  const candidates = await toOpen(tx, order, recounted, new Set(open.map(({ pupilId }) => pupilId)));
  const opened = candidates.pupilIds.length > 0 ? await deps.openCases(tx, { schoolId, ...candidates, on, importKey: key }) : [];
  const told: string[] = [];
  const counts = new Map(recounted.map((one) => [one.pupilId, one]));
  for (const { id, pupilId, packId, packVersion, waitsForMarks, rulesSo } of open) {
    const { before, after } = counts.get(pupilId) as Recounted;
    const pack = await packOf(tx, packId, packVersion);
    const mayEnd = rulesSo.some((name) => !restsOnTotals(pack, name));
    const beside = looksAtAbsences(pack) && (mayEnd || looksAtAnyMark(pack) || missedMore({ before, after }));
    const moved = crossed(pack, before, after) || looksAtEveryMark(pack) || beside;
    if (corrected.has(pupilId) || waitsForMarks || moved) told.push(id);
  }
  const closed = await closedCasesOf(tx, [...corrected]);
  const input = { key, kind: 'register changed' };
  await tx.outbox.createMany({
    data: [...told, ...closed].map((matterId) => ({ schoolId, matterId, matterKind: 'case', kind: 'tell', input })),
  });
  return { opened, told };
}

type OpenCase = {
  id: string;
  pupilId: string;
  packId: string;
  packVersion: string;
  waitsForMarks: boolean;
  /** The rules beside the ladder that are so. */
  rulesSo: string[];
};

/** Of the sessions that came in, at least one was missed. */
const missedMore = ({ before, after }: Pick<Recounted, 'before' | 'after'>): boolean =>
  after.possible - after.attended > before.possible - before.attended;

const openCasesOf = (tx: Tx, pupilIds: readonly string[]): Promise<OpenCase[]> => tx.$queryRaw<OpenCase[]>`
  SELECT id, pupil_id AS "pupilId", pack_id AS "packId", pack_version AS "packVersion",
    coalesce(state -> 'missing', '[]') NOT IN ('[]', 'null') AS "waitsForMarks",
    jsonb_path_query_array(state, '$.rules.keyvalue() ? (@.value.so == true).key') AS "rulesSo"
  FROM attendance_case WHERE status = 'open' AND pupil_id = ANY (${pupilIds}::uuid[]) ORDER BY id`;

/** Closed cases with a letter that may have gone, or may still go. */
async function closedCasesOf(tx: Tx, pupilIds: readonly string[]): Promise<string[]> {
  if (pupilIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM attendance_case
    WHERE status = 'closed' AND pupil_id = ANY (${pupilIds}::uuid[]) AND state -> 'letters' <> '{}' ORDER BY id`;
  return rows.map(({ id }) => id);
}

/**
 * Pupils without a case who now stand where one opens, and did not before. Who never had one this year is looked at again; of
 * others who missed a session only what stands beside the ladder is looked at, so that a case that was closed stays closed.
 */
async function toOpen(
  tx: Tx,
  { schoolId, on }: Merging['order'],
  recounted: readonly Recounted[],
  haveOne: ReadonlySet<string>,
): Promise<{ pupilIds: string[]; besideOnly: string[] }> {
  const { packId } = await tx.school.findUniqueOrThrow({ where: { id: schoolId }, select: { packId: true } });
  const inForce = await packInForce(tx, packId, on);
  if (!inForce) return { pupilIds: [], besideOnly: [] };
  const { pack } = inForce;
  const without = recounted.filter(({ pupilId }) => !haveOne.has(pupilId));
  const standing = without.filter(({ after }) => mayOpen(pack, after));
  const hadOne = await hadCase(tx, standing, on);
  const ladder = standing.filter(({ pupilId, before }) => !mayOpen(pack, before) || !hadOne.has(pupilId));
  const taken = new Set(ladder.map(({ pupilId }) => pupilId));
  const any = looksAtAnyMark(pack);
  const beside = looksAtAbsences(pack) ? without.filter((one) => !taken.has(one.pupilId) && (any || missedMore(one))) : [];
  const besideOnly = beside.map(({ pupilId }) => pupilId);
  return { pupilIds: [...taken, ...besideOnly], besideOnly };
}

async function hadCase(tx: Tx, among: readonly Recounted[], on: Merging['order']['on']): Promise<ReadonlySet<string>> {
  const had = await tx.$queryRaw<{ pupilId: string }[]>`
    SELECT DISTINCT pupil_id AS "pupilId" FROM attendance_case
    WHERE pupil_id = ANY (${among.map(({ pupilId }) => pupilId)}::uuid[]) AND opened_on >= ${schoolYearStart(on)}::date`;
  return new Set(had.map(({ pupilId }) => pupilId));
}
