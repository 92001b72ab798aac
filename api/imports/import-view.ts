import { randomUUID } from 'node:crypto';
import { Refusal } from '../../policy/refusal.ts';
import { columnsOf, type ImportKind } from '../../policy/register/csv-forms.ts';
import { importOf, importsOf } from '../../prisma/imports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { capital } from '../layout/capital.ts';
import { counted } from '../layout/counted.ts';
import { instant } from '../letters/words.ts';
import type { Ctx, View } from '../web/route.ts';

const kinds = ['marks', 'pupils', 'contacts'] as const satisfies ImportKind[];

type Row = Awaited<ReturnType<typeof importsOf>>[number];
type Problem = { row: number; column: string; value: string; cure: string };

/** What came of an import, in a sentence. */
function saysOf({ status, added, changed, casesOpened, casesTold }: Row): string {
  if (status === 'running') return 'It is still running';
  if (status !== 'done') return 'Refused: nothing was taken in';
  const cases = [
    ...(casesOpened > 0 ? [`${counted(casesOpened, 'case')} opened`] : []),
    ...(casesTold > 0 ? [`${counted(casesTold, 'open case')} brought up to date`] : []),
  ];
  const rows = added + changed === 0 ? 'Nothing new' : `${counted(added, 'new row')}, ${counted(changed, 'changed', 'changed')}`;
  return [rows, ...cases].join('. ');
}

/** The page of all imports, with the form for the next. */
export async function importsView(
  { deps, user }: Pick<Ctx, 'deps' | 'user'>,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const { id } = await schoolOf(deps.db, user);
  const rows = await importsOf(deps.db, id);
  return {
    template: 'imports/imports.njk',
    model: {
      typed: { kind: 'marks', ...typed },
      decisionKey: randomUUID(),
      kinds: kinds.map((value) => ({ value, text: capital(value) })),
      forms: kinds.map((kind) => ({ text: capital(kind), columns: columnsOf(kind).all.join(', ') })),
      rows: rows.map((row) => ({
        href: `/imports/${row.id}`,
        file: row.fileName,
        kind: capital(row.kind),
        at: instant(row.startedAt),
        says: saysOf(row),
      })),
    },
  };
}

/** The page of one import: its figures, or each bad row with its cure. */
export async function importView({ deps, user }: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<View> {
  const found = await importOf(deps.db, (await schoolOf(deps.db, user)).id, id);
  if (!found) throw new Refusal('NotFound', 'There is no such import at your school');
  const done = found.status === 'done';
  return {
    template: 'imports/import.njk',
    model: {
      file: found.fileName,
      kind: found.kind,
      at: instant(found.startedAt),
      says: done
        ? `${saysOf(found)}.`
        : found.status === 'running'
          ? 'It is still running. Load the page again in a moment.'
          : 'Nothing was taken in. Mend the rows below, then import the file again.',
      figures: [
        ['Rows read', found.rows],
        ...(done
          ? [
              ['New', found.added],
              ['Changed', found.changed],
              ['As before', found.unchanged],
              ['Cases opened', found.casesOpened],
              ['Open cases brought up to date', found.casesTold],
            ]
          : []),
      ],
      refusals: (found.problems as unknown as Problem[]).map(({ row, column, value, cure }) => ({ row, column, value, cure })),
    },
  };
}
