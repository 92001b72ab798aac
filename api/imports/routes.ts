import { z } from 'zod';
import { importKinds } from '../../policy/register/csv-forms.ts';
import { keepers } from '../register/reach.ts';
import { After } from '../web/paging.ts';
import { form, page } from '../web/routes.ts';
import { importApi } from './api.ts';
import { importUpload } from './facts.ts';
import { importsView, importView } from './import-view.ts';

export const importRoutes = [
  page({
    path: '/imports',
    may: keepers,
    summary: 'Imports',
    query: After,
    handle: (ctx) => importsView(ctx, { after: ctx.query.after }),
  }),
  page({
    path: '/imports/:id',
    may: keepers,
    summary: 'One import, with what was wrong',
    params: z.object({ id: z.uuid() }),
    handle: (ctx) => importView(ctx, ctx.params.id),
  }),
  form({
    path: '/imports',
    may: keepers,
    summary: 'Import a CSV file',
    upload: 'file',
    concerns: 'file',
    body: z.object({ decisionKey: z.uuid(), kind: z.enum(importKinds, 'Choose what is in the file') }),
    handle: async (ctx) => {
      const { id, says, done } = await importUpload(ctx, ctx.body.kind);
      // What was refused is said by its own page: a word of success above it would be wrong.
      return { goTo: `/imports/${id}`, ...(done ? { say: says } : {}) };
    },
    again: (ctx) => importsView(ctx, { typed: ctx.body }),
  }),
  ...importApi,
];
