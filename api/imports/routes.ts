import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { importKinds } from '../../policy/register/csv-forms.ts';
import { importsOf } from '../../prisma/imports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { After, mapped } from '../web/paging.ts';
import type { Ctx, View } from '../web/route.ts';
import { form, page } from '../web/routes.ts';
import { importApi } from './api.ts';
import { importFacts, importRow, importUpload, office } from './facts.ts';

const when = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'medium', timeStyle: 'short' });

const listed = ({ id, fileName, kind, startedAt, says }: ReturnType<typeof importRow>) => ({
  ...{ href: `/imports/${id}`, file: fileName, kind, at: when.format(new Date(startedAt)), says },
});

async function importsView(
  { deps, user }: Pick<Ctx, 'deps' | 'user'>,
  { after, typed = {} }: { after?: string | undefined; typed?: Record<string, unknown> },
): Promise<View> {
  const found = await importsOf(deps.db, (await schoolOf(deps.db, user)).id, after);
  return {
    template: 'imports/imports.njk',
    model: {
      typed: { kind: 'marks', ...typed },
      decisionKey: randomUUID(),
      ...mapped(found, (row) => listed(importRow(row))),
    },
  };
}

export const importRoutes = [
  page({
    path: '/imports',
    may: office,
    summary: 'Imports',
    query: After,
    handle: (ctx) => importsView(ctx, { after: ctx.query.after }),
  }),
  page({
    path: '/imports/:id',
    may: office,
    summary: 'One import, with what was wrong',
    params: z.object({ id: z.uuid() }),
    handle: async (ctx) => {
      const facts = await importFacts(ctx, ctx.params.id);
      return {
        template: 'imports/import.njk',
        model: {
          file: facts.fileName,
          done: facts.status === 'done',
          figures: [
            ['Rows', facts.rows],
            ['New', facts.added],
            ['Changed', facts.changed],
            ['As before', facts.unchanged],
            ['Cases opened', facts.casesOpened],
            ['Cases told', facts.casesTold],
          ],
          problems_: facts.problems,
        },
      };
    },
  }),
  form({
    path: '/imports',
    may: office,
    summary: 'Import a CSV file',
    upload: 'file',
    body: z.object({ decisionKey: z.uuid(), kind: z.enum(importKinds, 'Choose what is in the file') }),
    handle: async (ctx) => {
      const { id, says } = await importUpload(ctx, ctx.body.kind);
      return { goTo: `/imports/${id}`, say: says };
    },
    again: (ctx) => importsView(ctx, { typed: ctx.body }),
  }),
  ...importApi,
];
