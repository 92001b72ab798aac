import type { Day } from '../../policy/calendar/day.ts';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { isTold, type Listening, looksAt } from '../../policy/case/register-change.ts';
import { sameChildrenOf, tellOfElsewhere } from '../../prisma/absence-elsewhere.ts';
import { casesToTakeUp } from '../../prisma/cases.ts';
import type { Tx } from '../../prisma/client.ts';
import { packAt, packOf } from '../../prisma/packs.ts';
import { ask } from '../../prisma/pg-client.ts';
import type { MatterKind } from '../../workflows/messages.ts';
import { importKey, type Merged, type Merging } from './importer.ts';
import type { Recounted } from './recount.ts';

/**
 * Wakes only the cases for which something changed: a pupil who came to where the policy opens a case gets one; an open case is
 * told when its pupil crossed a threshold, a mark it may rest on was corrected, it waits for marks, or its policy looks at more
 * than the totals of the year, as at lates, or `knownOtherwise` has its pupil, of whom something was put right that policies ask of.
 * A closed case is told of corrections if it wrote to the family: what went stays a fact. Who had left and is back has the case taken
 * up that was closed for it. An open referral is told of what was put right, and of what its notice to improve waits for;
 * another school here of the same child, of what it counts towards a penalty notice.
 */
export async function followChange(
  { tx, deps, order, importId }: Merging,
  recounted: readonly Recounted[],
  corrected: ReadonlySet<string>,
  knownOtherwise: ReadonlySet<string> = new Set(),
): Promise<Pick<Merged, 'opened' | 'takenUp' | 'told' | 'closed' | 'referrals'>> {
  if (recounted.length === 0) return { opened: [], told: [] };
  const { schoolId, on } = order;
  const key = importKey(importId);
  const pupilIds = idsOf(recounted);
  const open = await openCasesOf(tx, pupilIds);
  const haveOne = new Set(open.map(({ pupilId }) => pupilId));
  const candidates = await toOpen(tx, order, recounted, { haveOne, corrected });
  const none = { opened: [], takenUp: [] };
  const cases = candidates.pupilIds.length > 0 ? await deps.openCases(tx, { schoolId, ...candidates, on, importKey: key }) : none;
  const told: string[] = [];
  const counts = new Map(recounted.map((one) => [one.pupilId, one]));
  for (const { id, pupilId, packId, packVersion, ...listening } of open) {
    const change = counts.get(pupilId) as Recounted;
    const pack = await packOf(tx, packId, packVersion);
    if (isTold(pack, { ...listening, corrected: corrected.has(pupilId) || knownOtherwise.has(pupilId) }, change)) told.push(id);
  }
  const closed = await closedCasesOf(tx, [...corrected]);
  const input = { key, kind: 'register changed' };
  const referrals = await referralsOf(tx, pupilIds, [...corrected, ...knownOtherwise], on);
  const tell = (matterKind: MatterKind) => (matterId: string) => ({ schoolId, matterId, matterKind, kind: 'tell', input });
  const words = [...[...told, ...closed].map(tell('case')), ...referrals.map(tell('referral'))];
  if (words.length > 0) await tx.outbox.createMany({ data: words });
  const counting = recounted.flatMap(({ pupilId, towardsNotice }) => (towardsNotice ? [pupilId] : []));
  await tellOfElsewhere(tx, await sameChildrenOf(tx, counting), key);
  return { ...cases, told, closed, referrals };
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

/** Open referrals of pupils of whom something was put right, and those whose notice to improve has run its time: marks of it may be missing. */
async function referralsOf(tx: Tx, pupilIds: readonly string[], putRight: readonly string[], on: Day): Promise<string[]> {
  const rows = await ask(tx)<{ id: string }>`
    SELECT id FROM referral WHERE status = 'open' AND pupil_id = ANY (${pupilIds}::uuid[]) AND (pupil_id = ANY (${putRight}::uuid[])
      OR state -> 'improvement' ->> 'status' = 'running' AND state -> 'improvement' ->> 'judgedOn' <= ${on}) ORDER BY id`;
  return rows.map(({ id }) => id);
}

/** Pupils without a case who now stand where one may open, and those whose case may be taken up again. */
async function toOpen(
  tx: Tx,
  { schoolId, on }: Merging['order'],
  recounted: readonly Recounted[],
  { haveOne, corrected }: Record<'haveOne' | 'corrected', ReadonlySet<string>>,
): Promise<{ pupilIds: string[]; besideOnly: string[] }> {
  const inForce = await packAt(tx, schoolId, on);
  if (!inForce) return { pupilIds: [], besideOnly: [] };
  const without = recounted.filter(({ pupilId }) => !haveOne.has(pupilId));
  const hadOne = await hadCase(tx, without, on);
  const back = new Set((await casesToTakeUp(tx, idsOf(without), on)).map(({ pupilId }) => pupilId));
  const adjusted = await adjustedAmong(tx, without);
  const looked = without.map((one) => {
    const id = one.pupilId;
    const about = { hadCase: hadOne.has(id), adjusted: adjusted.has(id), corrected: corrected.has(id) };
    return { ...one, at: back.has(id) ? 'all' : looksAt(inForce.pack, one, about) };
  });
  const all = looked.flatMap(({ pupilId, at }) => (at === 'all' ? [pupilId] : []));
  const besideOnly = looked.flatMap(({ pupilId, at }) => (at === 'beside' ? [pupilId] : []));
  return { pupilIds: [...all, ...besideOnly], besideOnly };
}

const idsOf = (of: readonly Recounted[]): string[] => of.map(({ pupilId }) => pupilId);

/** Those of them who have sessions that an adjusted attendance leaves out. */
async function adjustedAmong(tx: Tx, among: readonly Recounted[]): Promise<ReadonlySet<string>> {
  const found = await ask(tx)<{ id: string }>`
    SELECT id FROM pupil WHERE id = ANY (${idsOf(among)}::uuid[]) AND (integration_from IS NOT NULL OR part_time_from IS NOT NULL)`;
  return new Set(found.map(({ id }) => id));
}

/** Those of them who had a case this school year, as `isOfThisYear` says. */
async function hadCase(tx: Tx, among: readonly Recounted[], on: Day): Promise<ReadonlySet<string>> {
  const had = await ask(tx)<{ pupilId: string }>`
    SELECT DISTINCT pupil_id AS "pupilId" FROM attendance_case
    WHERE pupil_id = ANY (${idsOf(among)}::uuid[]) AND greatest(opened_on, closed_on) >= ${schoolYearStart(on)}::date`;
  return new Set(had.map(({ pupilId }) => pupilId));
}
