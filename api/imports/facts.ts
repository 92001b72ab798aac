import { z } from 'zod';
import { counted } from '../../policy/counted.ts';
import { Refusal } from '../../policy/refusal.ts';
import { type ImportKind, importKinds } from '../../policy/register/csv-forms.ts';
import { type ImportListed, importOf } from '../../prisma/imports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import type { Ctx } from '../web/route.ts';

export const Problem = z
  .object({
    row: z.int().describe('In the file, where the heading is row 1; 0 if no row is to blame'),
    column: z.string().describe('Empty if it is the whole row'),
    value: z.string(),
    cure: z.string(),
  })
  .meta({ id: 'ImportProblem', description: 'A row to mend before the file can be imported' });

/** An import in a list. */
export const ImportRow = z
  .object({
    id: z.uuid(),
    kind: z.enum(importKinds),
    fileName: z.string(),
    status: z.enum(['running', 'done', 'refused']),
    says: z.string(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    ...{ rows: z.int(), added: z.int(), changed: z.int(), unchanged: z.int() },
    casesOpened: z.int().describe('Cases that the new register called for'),
    casesTold: z.int().describe('Open cases that it mattered to'),
  })
  .meta({ id: 'ImportRow', description: 'One file: all of it is in the register, or none' });

export const Import = z.object({ ...ImportRow.shape, problems: z.array(Problem) }).meta({ id: 'Import' });

export const importRow = (row: ImportListed): z.infer<typeof ImportRow> => ({
  ...{ id: row.id, kind: row.kind as ImportKind, fileName: row.fileName },
  status: row.status as 'running' | 'done' | 'refused',
  says: says(row),
  startedAt: row.startedAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  ...{ rows: row.rows, added: row.added, changed: row.changed, unchanged: row.unchanged },
  ...{ casesOpened: row.casesOpened, casesTold: row.casesTold },
});

/** What came of an import, in a sentence. */
function says({ status, added, changed, casesOpened, casesTold }: ImportListed): string {
  if (status === 'running') return 'It is still running';
  if (status !== 'done') return 'Refused: nothing was taken in';
  const rows = added + changed === 0 ? 'Nothing new' : `${counted(added, 'new row')}, ${counted(changed, 'changed', 'changed')}`;
  const cases = [
    ...(casesOpened > 0 ? [`${counted(casesOpened, 'case')} opened`] : []),
    ...(casesTold > 0 ? [`${counted(casesTold, 'open case')} brought up to date`] : []),
  ];
  return [rows, ...cases].join('. ');
}

/**
 * What the page of an import and a machine both say of it.
 * @throws Refusal('NotFound') if there is none at this school.
 */
export async function importFacts({ deps, user }: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<z.infer<typeof Import>> {
  const found = await importOf(deps.db, (await schoolOf(deps.db, user)).id, id);
  if (!found) throw new Refusal('NotFound', 'There is no such import at your school');
  return { ...importRow(found), problems: z.array(Problem).parse(found.problems) };
}

/** Takes the file that came with a request into the register of the user's school. */
export async function importUpload(
  { deps, user, upload }: Pick<Ctx, 'deps' | 'user' | 'upload'>,
  kind: ImportKind,
  fileName = upload?.name ?? '',
) {
  if (!upload) throw new Refusal('BadInput', 'Choose a file');
  const { id: schoolId } = await schoolOf(deps.db, user);
  return deps.importFile({ kind, schoolId, fileName, by: user.id, path: upload.path });
}
