import { londonDay, longDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import type { Db } from '../../prisma/client.ts';
import { sameFileBefore } from '../../prisma/imports.ts';
import type { Counts, ImportResult } from './import-result.ts';
import { mostProblems } from './raw-row.ts';

/** Puts the outcome of an import into a sentence or two. */
export async function sayResult(db: Db, result: Omit<ImportResult, 'says'>): Promise<ImportResult> {
  return { ...result, says: result.status === 'refused' ? refusal(result) : await saySuccess(db, result) };
}

function refusal({ problems }: Omit<ImportResult, 'says'>): string {
  const more = problems.length >= mostProblems ? ' or more' : '';
  return `Nothing was imported: there ${problems.length === 1 && !more ? 'is' : 'are'} ${counted(problems.length, 'problem')}${more} to mend`;
}

/** What taking it has done. */
export async function saySuccess(db: Db, { importId, ...counts }: Counts & { importId: string }): Promise<string> {
  const { rows, added, changed, casesOpened, casesTakenUp, casesTold } = counts;
  if (added + changed === 0) return `Nothing changed: all of this was known already${await before(db, importId)}`;
  const cases =
    casesOpened + casesTakenUp + casesTold > 0
      ? `. ${counted(casesOpened, 'case')} opened, ${casesTakenUp > 0 ? `${counted(casesTakenUp, 'closed case')} taken up again, ` : ''}${counted(casesTold, 'open case')} brought up to date`
      : '';
  return `${counted(rows, 'row')} read: ${counted(added, 'new', 'new')}, ${counted(changed, 'changed', 'changed')}${cases}`;
}

/** When the very same file came in before. */
async function before(db: Db, importId: string): Promise<string> {
  const same = await sameFileBefore(db, await db.registerImport.findUniqueOrThrow({ where: { id: importId } }));
  return same ? `. The same file was imported on ${longDay(londonDay(same.getTime()))}` : '';
}
