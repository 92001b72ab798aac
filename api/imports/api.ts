import { z } from 'zod';
import { columnsOf, importKinds } from '../../policy/register/csv-forms.ts';
import { largestFile, mostKept } from '../../policy/register/largest-file.ts';
import { importsOf } from '../../prisma/imports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { keepers } from '../register/reach.ts';
import { DetailedRefusal } from '../web/detailed-refusal.ts';
import { After, mapped, pageOf } from '../web/paging.ts';
import { api, apiFile } from '../web/routes.ts';
import { AfterRow, ChangedRows, changesOf } from './changes.ts';
import { act, CorrectionReason, ImportDeed } from './deed.ts';
import {
  Import,
  ImportRow,
  importAt,
  importFacts,
  importRow,
  importUnderWay,
  importUpload,
  lookAtUpload,
  Problem,
} from './facts.ts';
import { rejectedFile } from './rejected.ts';

const columns = importKinds.map((kind) => `${kind}: ${columnsOf(kind).all.join(', ')}.`);
const about = [
  `The body is the file itself, text or an Excel workbook, ${largestFile / 1_000_000} MB at most, as "curl --data-binary @marks.csv" sends it with Content-Type: text/csv.`,
  'It is answered when the import has ended. If a row is wrong nothing is taken in, and the refusal names each bad row with its cure.',
  'The same file again changes nothing. While another import of the school runs it waits for its turn, after those that came before it: if one of them takes more than half an hour the answer is 409, and it can be sent again with the same key.',
  `It is kept and listed from when it has arrived whole: it goes on though you hang up or the server starts anew. Sent again with the same key meanwhile, the answer is how far it is: its status is waiting or running. Of a school ${mostKept / 1_000_000} MB may wait or run at once: what is more is answered with 409.`,
  `Columns, in any order. ${columns.join(' ')}`,
].join('\n\n');

const OneFile = z.object({
  kind: z.enum(importKinds).describe('What is in the file'),
  fileName: z.string().trim().min(1).max(200).optional().describe('What the list of imports calls it'),
  layout: z
    .string()
    .max(60)
    .optional()
    .describe('How its columns are named: one of docs/mappings.md. Without it our own form; a look guesses'),
  reason: CorrectionReason.optional(),
});
const named = (query: z.infer<typeof OneFile>) => ({ ...query, fileName: query.fileName ?? `${query.kind}.csv` });
const Id = z.object({ id: z.uuid() });

/** @throws DetailedRefusal of one that was refused, with what was wrong */
function unlessRefused(facts: z.infer<typeof Import>): z.infer<typeof Import> {
  const { id: importId, status, says, problems } = facts;
  if (status === 'refused') throw new DetailedRefusal('NotAllowed', says, { importId, problems });
  return facts;
}

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
    params: Id,
    reply: Import,
    handle: async (ctx) => importFacts(await importAt(ctx, ctx.params.id)),
  }),
  api({
    ...{ method: 'post', path: '/imports', name: 'importFile', may: keepers },
    summary: 'Import a CSV file: all of it, or nothing',
    more: about,
    query: OneFile,
    takes: 'text/csv',
    reply: Import,
    tells: z.object({ importId: z.uuid(), problems: z.array(Problem) }),
    handle: async (ctx) => {
      const { id, says } = await importUpload(ctx, named(ctx.query));
      return unlessRefused({ ...importFacts(await importAt(ctx, id)), says });
    },
    // After a kill it goes on without whoever asked for it: by now it may have ended.
    meanwhile: async (ctx) => unlessRefused(await importUnderWay(ctx)),
  }),
  api({
    ...{ method: 'post', path: '/imports/look', name: 'lookAtFile', may: keepers },
    summary: 'Look at what importing a CSV file would do, without doing it',
    more: 'Takes the file as importFile does, and all bad rows with it. It may be answered while the file is still read: ask for the import until its status is looked or refused. Then take it, or cancel it, with actOnImport.',
    query: OneFile,
    takes: 'text/csv',
    reply: Import,
    handle: async (ctx) => {
      const { id } = await lookAtUpload(ctx, named(ctx.query));
      return importFacts(await importAt(ctx, id));
    },
  }),
  api({
    ...{ method: 'post', path: '/imports/:id/action', name: 'actOnImport', may: keepers },
    summary: 'Take into the register what was looked at, or cancel the import',
    params: Id,
    body: ImportDeed,
    reply: Import,
    handle: async (ctx) => {
      await act(ctx, ctx.params.id, ctx.body);
      return importFacts(await importAt(ctx, ctx.params.id));
    },
  }),
  api({
    ...{ method: 'get', path: '/imports/:id/changes', name: 'listImportChanges', may: keepers },
    summary: 'What taking an import would change in the register, row by row in file order, while it waits for a yes',
    params: Id,
    query: AfterRow,
    reply: ChangedRows,
    handle: (ctx) => changesOf(ctx, ctx.params.id, ctx.query.after),
  }),
  apiFile({
    ...{ method: 'get', path: '/imports/:id/rejected.csv', name: 'getRejectedRows', may: keepers },
    summary: 'The rows that an import leaves out, each with the reason',
    params: Id,
    sends: 'text/csv',
    handle: (ctx) => rejectedFile(ctx, ctx.params.id),
  }),
];
