import { randomUUID } from 'node:crypto';
import { capital } from '../../policy/capital.ts';
import { columnsOf, importKinds } from '../../policy/register/csv-forms.ts';
import { exportedRows } from '../../prisma/exports.ts';
import { importsOf } from '../../prisma/imports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { instant } from '../letters/words.ts';
import { mapped } from '../web/paging.ts';
import type { Ctx, View } from '../web/route.ts';
import { importFacts, importRow } from './facts.ts';

const listed = ({ id, fileName, kind, startedAt, says }: ReturnType<typeof importRow>) => ({
  ...{ href: `/imports/${id}`, file: fileName, kind: capital(kind), at: instant(new Date(startedAt)), says },
});

/** The page of all imports, with the form for the next. */
export async function importsView(
  { deps, user }: Pick<Ctx, 'deps' | 'user'>,
  { after, typed = {} }: { after?: string | undefined; typed?: Record<string, unknown> },
): Promise<View> {
  const found = await importsOf(deps.db, (await schoolOf(deps.db, user)).id, after);
  return {
    template: 'imports/imports.njk',
    model: {
      typed: { kind: 'marks', ...typed },
      decisionKey: randomUUID(),
      kinds: importKinds.map((value) => ({ value, text: capital(value) })),
      exports: Object.keys(exportedRows),
      forms: importKinds.map((kind) => ({ text: capital(kind), columns: columnsOf(kind).all.join(', ') })),
      ...mapped(found, (row) => listed(importRow(row))),
    },
  };
}

const ended = {
  running: 'It is still running. Load the page again in a moment.',
  refused: 'Nothing was taken in. Mend the rows below, then import the file again.',
};

/** The page of one import: its figures, or each bad row with its cure. */
export async function importView(ctx: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<View> {
  const facts = await importFacts(ctx, id);
  return {
    template: 'imports/import.njk',
    model: {
      ...{ file: facts.fileName, kind: facts.kind, at: instant(new Date(facts.startedAt)), refusals: facts.problems },
      says: facts.status === 'done' ? `${facts.says}.` : ended[facts.status],
      figures: [
        ['Rows read', facts.rows],
        ...(facts.status === 'done'
          ? [
              ['New', facts.added],
              ['Changed', facts.changed],
              ['As before', facts.unchanged],
              ['Cases opened', facts.casesOpened],
              ['Open cases brought up to date', facts.casesTold],
            ]
          : []),
      ],
    },
  };
}
