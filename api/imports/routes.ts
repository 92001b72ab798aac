import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import { importOf, importsOf } from '../../prisma/imports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import type { Ctx, View } from '../web/route.ts';
import { form, page } from '../web/routes.ts';

const office = ['attendance-officer', 'sal', 'admin'] as const;
const when = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'medium', timeStyle: 'short' });

type Problem = { file?: string; row: number; column: string; value: string; cure: string };

async function importsView({ deps, user }: Pick<Ctx, 'deps' | 'user'>, typed: Record<string, unknown> = {}): Promise<View> {
  const { id } = await schoolOf(deps.db, user);
  const rows = await importsOf(deps.db, id);
  return {
    template: 'imports/imports.njk',
    model: {
      typed: { kind: 'marks', ...typed },
      decisionKey: randomUUID(),
      rows: rows.map((row) => ({
        href: `/imports/${row.id}`,
        file: row.fileName,
        kind: row.kind,
        at: when.format(row.startedAt),
        says:
          row.status === 'done'
            ? `${row.added} new, ${row.changed} changed, ${row.unchanged} as before; ${row.casesOpened} cases opened, ${row.casesTold} told`
            : row.status === 'running'
              ? 'Running'
              : 'Refused: nothing was taken in',
      })),
    },
  };
}

export const importRoutes = [
  page({ path: '/imports', may: office, summary: 'Imports', handle: (ctx) => importsView(ctx) }),
  page({
    path: '/imports/:id',
    may: office,
    summary: 'One import, with what was wrong',
    params: z.object({ id: z.uuid() }),
    handle: async ({ deps, user, params }) => {
      const found = await importOf(deps.db, (await schoolOf(deps.db, user)).id, params.id);
      if (!found) throw new Refusal('NotFound', 'There is no such import at your school');
      const problems = found.problems as unknown as Problem[];
      return {
        template: 'imports/import.njk',
        model: {
          file: found.fileName,
          done: found.status === 'done',
          figures: [
            ['Rows', found.rows],
            ['New', found.added],
            ['Changed', found.changed],
            ['As before', found.unchanged],
            ['Cases opened', found.casesOpened],
            ['Cases told', found.casesTold],
          ],
          problems_: problems.map(({ row, column, value, cure }) => ({ row, column, value, cure })),
        },
      };
    },
  }),
  form({
    path: '/imports',
    may: office,
    summary: 'Import a CSV file',
    upload: 'file',
    body: z.object({ decisionKey: z.uuid(), kind: z.enum(['pupils', 'contacts', 'marks'], 'Choose what is in the file') }),
    handle: async ({ deps, user, body, upload }) => {
      if (!upload) throw new Refusal('BadInput', 'Choose a file');
      const { id: schoolId } = await schoolOf(deps.db, user);
      const { id, says } = await deps.importFile({
        kind: body.kind,
        schoolId,
        fileName: upload.name,
        by: user.id,
        path: upload.path,
      });
      return { goTo: `/imports/${id}`, say: says };
    },
    again: (ctx) => importsView(ctx, ctx.body),
  }),
];
