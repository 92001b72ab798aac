import { z } from 'zod';
import { importKinds } from '../../policy/register/csv-forms.ts';
import { guess } from '../../policy/register/file-how.ts';
import { keepers } from '../register/reach.ts';
import { After } from '../web/paging.ts';
import { form, page } from '../web/routes.ts';
import { importApi } from './api.ts';
import { AfterRow, changesView } from './changes.ts';
import { act, ImportForm } from './deed.ts';
import { lookAtUpload } from './facts.ts';
import { importsView, importView } from './import-view.ts';
import { mappingRoutes } from './mappings.ts';
import { rejectedFile } from './rejected.ts';

const Id = z.object({ id: z.uuid() });

export const importRoutes = [
  ...mappingRoutes,
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
    params: Id,
    handle: (ctx) => importView(ctx, ctx.params.id),
  }),
  page({
    path: '/imports/:id/changes',
    may: keepers,
    summary: 'What taking an import would change, row by row',
    params: Id,
    query: AfterRow,
    handle: (ctx) => changesView(ctx, ctx.params.id, ctx.query.after),
  }),
  page({
    path: '/imports/:id/rejected.csv',
    may: keepers,
    summary: 'The rows that an import leaves out, each with the reason',
    params: Id,
    handle: (ctx) => rejectedFile(ctx, ctx.params.id),
  }),
  form({
    path: '/imports',
    may: keepers,
    summary: 'Look at what importing a CSV file would do',
    upload: 'file',
    concerns: 'file',
    body: z.object({
      decisionKey: z.uuid(),
      kind: z.enum(importKinds, 'Choose what is in the file'),
      layout: z.string().max(60).default(guess),
    }),
    handle: async (ctx) => ({ goTo: `/imports/${(await lookAtUpload(ctx, ctx.body)).id}` }),
    again: (ctx) => importsView(ctx, { typed: ctx.body }),
  }),
  form({
    path: '/imports/:id',
    may: keepers,
    summary: 'Take into the register what was looked at, or cancel the import',
    params: Id,
    concerns: 'leaveOut',
    body: ImportForm,
    handle: async (ctx) => {
      const say = `${await act(ctx, ctx.params.id, ctx.body)}.`;
      return { goTo: `/imports/${ctx.params.id}`, say };
    },
    again: (ctx) => importView(ctx, ctx.params.id, ctx.body),
  }),
  ...importApi,
];
