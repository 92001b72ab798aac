import { z } from 'zod';
import { columnsOf, importKinds } from '../../policy/register/csv-forms.ts';
import { importsOf } from '../../prisma/imports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { keepers } from '../register/reach.ts';
import { DetailedRefusal } from '../web/detailed-refusal.ts';
import { After, mapped, pageOf } from '../web/paging.ts';
import { api } from '../web/routes.ts';
import { Import, ImportRow, importFacts, importRow, importUpload, Problem } from './facts.ts';

const columns = importKinds.map((kind) => `${kind}: ${columnsOf(kind).all.join(', ')}.`);
const about = [
  'The body is the file itself, in UTF-8, 200 MB at most, as "curl --data-binary @marks.csv" sends it with Content-Type: text/csv.',
  'It is answered when the import has ended. If a row is wrong nothing is taken in, and the refusal names each bad row with its cure.',
  'The same file again changes nothing. While another import of the school runs the answer is 409: send it again, with the same key.',
  `Columns, in any order. ${columns.join(' ')}`,
].join('\n\n');

/** Imports for machines: the same as the imports page says and does. */
export const importApi = [
  api({
    ...{ method: 'get', path: '/imports', name: 'listImports', may: keepers, summary: 'Imports, newest first' },
    query: After,
    reply: pageOf(ImportRow),
    handle: async ({ deps, user, query }) =>
      mapped(await importsOf(deps.db, (await schoolOf(deps.db, user)).id, query.after), importRow),
  }),
  api({
    ...{ method: 'get', path: '/imports/:id', name: 'getImport', may: keepers, summary: 'One import, with what was wrong' },
    params: z.object({ id: z.uuid() }),
    reply: Import,
    handle: (ctx) => importFacts(ctx, ctx.params.id),
  }),
  api({
    ...{ method: 'post', path: '/imports', name: 'importFile', may: keepers },
    summary: 'Import a CSV file: all of it, or nothing',
    more: about,
    query: z.object({
      kind: z.enum(importKinds).describe('What is in the file'),
      fileName: z.string().trim().min(1).max(200).optional().describe('What the list of imports calls it'),
    }),
    takes: 'text/csv',
    reply: Import,
    tells: z.object({ importId: z.uuid(), problems: z.array(Problem) }),
    handle: async (ctx) => {
      const { kind, fileName = `${kind}.csv` } = ctx.query;
      const { id, says } = await importUpload(ctx, kind, fileName);
      const facts = await importFacts(ctx, id);
      if (facts.status === 'refused') throw new DetailedRefusal('NotAllowed', says, { importId: id, problems: facts.problems });
      return { ...facts, says };
    },
  }),
];
