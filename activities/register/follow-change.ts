import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { isTold, type Listening, looksAt } from '../../policy/case/register-change.ts';
import type { Tx } from '../../prisma/client.ts';
import { packAt, packOf } from '../../prisma/packs.ts';
import { ask } from '../../prisma/pg-client.ts';
import { importKey, type Merged, type Merging } from './importer.ts';
import type { Recounted } from './recount.ts';

/**
 * Wakes only the cases for which something changed: a pupil who came to where the policy opens a case gets one; an open case is
 * told when its pupil crossed a threshold, a mark it may rest on was corrected, it waits for marks, or its policy looks at more
 * than the totals of the year, as at lates, or `knownOtherwise` has its pupil, of whom something was put right that policies ask of.
 * A closed case is told of corrections if it wrote to the family: what went stays a fact.
 */
export async function followChange(
  { tx, deps, order, importId }: Merging,
  recounted: readonly Recounted[],
  corrected: ReadonlySet<string>,
  knownOtherwise: ReadonlySet<string> = new Set(),
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
  for (const { id, pupilId, packId, packVersion, ...listening } of open) {
    const change = counts.get(pupilId) as Recounted;
    const pack = await packOf(tx, packId, packVersion);
    if (isTold(pack, { ...listening, corrected: corrected.has(pupilId) || knownOtherwise.has(pupilId) }, change)) told.push(id);
  }
  const closed = await closedCasesOf(tx, [...corrected]);
  const input = { key, kind: 'register changed' };
  const words = [...told, ...closed].map((matterId) => ({ schoolId, matterId, matterKind: 'case', kind: 'tell', input }));
  if (words.length > 0) await tx.outbox.createMany({ data: words });
  return { opened, told };
}

/** Tells the open cases of pupils that something of them is known otherwise. @returns their ids. */
export async function tellCasesOf({ tx, order, importId }: Merging, pupilIds: readonly string[]): Promise<string[]> {
  const told = (await openCasesOf(tx, pupilIds)).map(({ id }) => id);
  const input = { key: importKey(importId), kind: 'register changed' };
  const rows = told.map((matterId) => ({ schoolId: order.schoolId, matterId, matterKind: 'case', kind: 'tell', input }));
  if (rows.length > 0) await tx.outbox.createMany({ data: rows });
  return told;
}

type OpenCase = { id: string; pupilId: string; packId: string; packVersion: string } & Omit<Listening, 'corrected'>;

const openCasesOf = (tx: Tx, pupilIds: readonly string[]): Promise<OpenCase[]> => ask(tx)<OpenCase>`
  SELECT c.id, c.pupil_id AS "pupilId", c.pack_id AS "packId", c.pack_version AS "packVersion",
    coalesce(c.state -> 'missing', '[]') NOT IN ('[]', 'null') AS "waitsForMarks",
    jsonb_path_query_array(c.state, '$.rules.keyvalue() ? (@.value.so == true).key') AS "rulesSo",
    (p.integration_from IS NOT NULL OR p.part_time_from IS NOT NULL) AS "adjusted"
  FROM attendance_case c JOIN pupil p ON p.id = c.pupil_id
  WHERE c.status = 'open' AND c.pupil_id = ANY (${pupilIds}::uuid[]) ORDER BY c.id`;

/** Closed cases with a letter that may have gone, or may still go. */
async function closedCasesOf(tx: Tx, pupilIds: readonly string[]): Promise<string[]> {
  if (pupilIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM attendance_case
    WHERE status = 'closed' AND pupil_id = ANY (${pupilIds}::uuid[]) AND state -> 'letters' <> '{}' ORDER BY id`;
  return rows.map(({ id }) => id);
}

/** Pupils without a case who now stand where one may open. */
async function toOpen(
  tx: Tx,
  { schoolId, on }: Merging['order'],
  recounted: readonly Recounted[],
  haveOne: ReadonlySet<string>,
): Promise<{ pupilIds: string[]; besideOnly: string[] }> {
  const inForce = await packAt(tx, schoolId, on);
  if (!inForce) return { pupilIds: [], besideOnly: [] };
  const without = recounted.filter(({ pupilId }) => !haveOne.has(pupilId));
  const hadOne = await hadCase(tx, without, on);
  const looked = without.map((one) => ({ ...one, at: looksAt(inForce.pack, one, hadOne.has(one.pupilId)) }));
  const all = looked.flatMap(({ pupilId, at }) => (at === 'all' ? [pupilId] : []));
  const besideOnly = looked.flatMap(({ pupilId, at }) => (at === 'beside' ? [pupilId] : []));
  return { pupilIds: [...all, ...besideOnly], besideOnly };
}

async function hadCase(tx: Tx, among: readonly Recounted[], on: Merging['order']['on']): Promise<ReadonlySet<string>> {
  const had = await ask(tx)<{ pupilId: string }>`
    SELECT DISTINCT pupil_id AS "pupilId" FROM attendance_case
    WHERE pupil_id = ANY (${among.map(({ pupilId }) => pupilId)}::uuid[]) AND opened_on >= ${schoolYearStart(on)}::date`;
  return new Set(had.map(({ pupilId }) => pupilId));
}
