import { londonDay, longDay } from '../../policy/calendar/day.ts';
import type { Db } from '../../prisma/client.ts';
import type { ImportOrder, ImportResult } from './import-result.ts';
import { mostProblems } from './raw-row.ts';

const number = new Intl.NumberFormat('en-GB');
const plural = (n: number, one: string, many = `${one}s`): string => `${number.format(n)} ${n === 1 ? one : many}`;

/** Puts the outcome of an import into a sentence or two. */
export async function sayResult(db: Db, order: ImportOrder, result: Omit<ImportResult, 'says'>): Promise<ImportResult> {
  return { ...result, says: result.status === 'refused' ? refusal(result) : await success(db, order, result) };
}

function refusal({ problems }: Omit<ImportResult, 'says'>): string {
  const more = problems.length >= mostProblems ? ' or more' : '';
  return `Nothing was imported: there ${problems.length === 1 && !more ? 'is' : 'are'} ${plural(problems.length, 'problem')}${more} to mend`;
}

async function success(db: Db, order: ImportOrder, result: Omit<ImportResult, 'says'>): Promise<string> {
  const { rows, added, changed, casesOpened, casesTold } = result;
  if (added + changed === 0) return `Nothing changed: all of this was known already${await before(db, order, result.importId)}`;
  const cases =
    casesOpened + casesTold > 0
      ? `. ${plural(casesOpened, 'case')} opened, ${plural(casesTold, 'open case')} brought up to date`
      : '';
  return `${plural(rows, 'row')} read: ${number.format(added)} new, ${number.format(changed)} changed${cases}`;
}

/** When the very same file came in before. */
async function before(db: Db, { schoolId }: ImportOrder, importId: string): Promise<string> {
  const { sha256, kind } = await db.registerImport.findUniqueOrThrow({ where: { id: importId } });
  const same = await db.registerImport.findFirst({
    where: { schoolId, kind, sha256, status: 'done', id: { not: importId } },
    orderBy: { startedAt: 'asc' },
  });
  return same ? `. The same file was imported on ${longDay(londonDay(same.startedAt.getTime()))}` : '';
}
