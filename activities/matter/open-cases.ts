import { openingStage } from '../../policy/case/decide.ts';
import type { Tx } from '../../prisma/client.ts';
import { columnOf } from '../../prisma/day-column.ts';
import { newestPack } from '../../prisma/packs.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { advance } from './advance.ts';
import type { Loads } from './matter.ts';
import { idsOf, pupilCircumstances } from './pupil-circumstances.ts';

export type Opening = { schoolId: string; pupilIds: readonly string[]; importKey: string };

/**
 * Opens a case for each of these pupils whom the school's policy calls for today and who has none open: ledger, proposal
 * and the word to the engine, all in the caller's transaction. So the inbox is right as soon as the import is in.
 * @returns the ids of the cases opened.
 */
export async function openCases(
  tx: Tx,
  loads: Loads,
  now: number,
  { schoolId, pupilIds, importKey }: Opening,
): Promise<string[]> {
  const school = await tx.school.findUniqueOrThrow({ where: { id: schoolId } });
  const { version, pack } = await newestPack(tx, school.packId);
  const opened: string[] = [];
  for (const pupilId of pupilIds) {
    if (await tx.attendanceCase.findFirst({ where: { pupilId, status: 'open' }, select: { id: true } })) continue;
    const caseId = stableId(`case:${pupilId}:${importKey}`);
    const circumstances = await pupilCircumstances(tx, pupilId, now);
    const stage = openingStage({ ...circumstances, pack, words: null, idOf: idsOf(caseId) });
    if (stage === null) continue;
    const openedOn = columnOf(circumstances.on);
    await tx.attendanceCase.create({
      data: {
        id: caseId,
        schoolId,
        pupilId,
        packId: pack.pack,
        packVersion: version,
        status: 'open',
        stage,
        headline: '',
        openedOn,
        events: 0,
        state: {},
      },
    });
    const input = { key: 'opened', kind: 'opened' } as const;
    await advance(tx, loads, now, { kind: 'case', matterId: caseId, input });
    await tx.outbox.create({ data: { schoolId, matterId: caseId, matterKind: 'case', kind: 'start', input } });
    opened.push(caseId);
  }
  return opened;
}
