import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { crossed, mayOpen } from '../../policy/pack/thresholds.ts';
import type { Tx } from '../../prisma/client.ts';
import { newestPack, packOf } from '../../prisma/packs.ts';
import { importKey, type Merged, type Merging } from './importer.ts';
import type { Recounted } from './recount.ts';

/**
 * Wakes only the cases for which something changed: a pupil who came to where the policy opens a case gets one; an open case is
 * told when its pupil crossed a threshold, a mark it may rest on was corrected, or it waits for marks.
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
  const opened = candidates.length > 0 ? await deps.openCases(tx, { schoolId, pupilIds: candidates, on, importKey: key }) : [];
  const told: string[] = [];
  const counts = new Map(recounted.map((one) => [one.pupilId, one]));
  for (const { id, pupilId, packId, packVersion, waitsForMarks } of open) {
    const { before, after } = counts.get(pupilId) as Recounted;
    const pack = await packOf(tx, packId, packVersion);
    if (corrected.has(pupilId) || waitsForMarks || crossed(pack, before, after)) told.push(id);
  }
  const input = { key, kind: 'register changed' };
  await tx.outbox.createMany({ data: told.map((matterId) => ({ schoolId, matterId, matterKind: 'case', kind: 'tell', input })) });
  return { opened, told };
}

type OpenCase = { id: string; pupilId: string; packId: string; packVersion: string; waitsForMarks: boolean };

const openCasesOf = (tx: Tx, pupilIds: readonly string[]): Promise<OpenCase[]> => tx.$queryRaw<OpenCase[]>`
  SELECT id, pupil_id AS "pupilId", pack_id AS "packId", pack_version AS "packVersion",
    coalesce(state -> 'missing', '[]') NOT IN ('[]', 'null') AS "waitsForMarks"
  FROM attendance_case WHERE status = 'open' AND pupil_id = ANY (${pupilIds}::uuid[]) ORDER BY id`;

/** Pupils without a case who now stand where one opens, and did not before. Who never had one this year is looked at again. */
async function toOpen(
  tx: Tx,
  { schoolId, on }: Merging['order'],
  recounted: readonly Recounted[],
  haveOne: ReadonlySet<string>,
): Promise<string[]> {
  const { packId } = await tx.school.findUniqueOrThrow({ where: { id: schoolId }, select: { packId: true } });
  const { pack } = await newestPack(tx, packId);
  const standing = recounted.filter(({ pupilId, after }) => !haveOne.has(pupilId) && mayOpen(pack, after));
  const ids = standing.map(({ pupilId }) => pupilId);
  const had = await tx.$queryRaw<{ pupilId: string }[]>`
    SELECT DISTINCT pupil_id AS "pupilId" FROM attendance_case
    WHERE pupil_id = ANY (${ids}::uuid[]) AND opened_on >= ${schoolYearStart(on)}::date`;
  const hadOne = new Set(had.map(({ pupilId }) => pupilId));
  return standing.filter(({ pupilId, before }) => !mayOpen(pack, before) || !hadOne.has(pupilId)).map(({ pupilId }) => pupilId);
}
