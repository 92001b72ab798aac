import { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { form, page } from '../web/routes.ts';
import { importsView, importView } from './import-view.ts';

const office = ['attendance-officer', 'sal', 'admin'] as const;

export const importRoutes = [
  page({ path: '/imports', may: office, summary: 'Imports', handle: (ctx) => importsView(ctx) }),
  page({
    path: '/imports/:id',
    may: office,
    summary: 'One import, with what was wrong',
    params: z.object({ id: z.uuid() }),
    handle: (ctx) => importView(ctx, ctx.params.id),
  }),
  form({
    path: '/imports',
    may: office,
    summary: 'Import a CSV file',
    upload: 'file',
    concerns: 'file',
    body: z.object({ decisionKey: z.uuid(), kind: z.enum(['pupils', 'contacts', 'marks'], 'Choose what is in the file') }),
    handle: async ({ deps, user, body, upload }) => {
      if (!upload) throw new Refusal('BadInput', 'Choose a file');
      const { id: schoolId } = await schoolOf(deps.db, user);
      const { id, says, done } = await deps.importFile({
        kind: body.kind,
        schoolId,
        fileName: upload.name,
        by: user.id,
        path: upload.path,
      });
      // What was refused is said by its own page: a word of success above it would be wrong.
      return { goTo: `/imports/${id}`, ...(done ? { say: says } : {}) };
    },
    again: (ctx) => importsView(ctx, ctx.body),
  }),
];
