import { lettersFor } from '../../prisma/letter-lists.ts';
import { mapped, pageOf } from '../web/paging.ts';
import { api, apiFile } from '../web/routes.ts';
import { act, LetterDeed } from './deed.ts';
import { enclosurePdf, Letter, letterAt, letterFacts, letterPdf } from './facts.ts';
import { LetterRow, letterRow } from './letter-row.ts';
import { Id, List, OneEnclosure, office, readers, senders } from './reach.ts';

/** Letters for machines: the same as their pages say and do. */
export const letterApi = [
  api({
    ...{ method: 'get', path: '/letters', name: 'listLetters', may: office },
    summary: 'Letters, newest first. Those to-print are the print queue',
    query: List,
    reply: pageOf(LetterRow),
    handle: async ({ deps, user, query, at }) => mapped(await lettersFor(deps.db, user, query), letterRow(at)),
  }),
  api({
    ...{ method: 'get', path: '/letters/:id', name: 'getLetter', may: readers },
    summary: 'One letter: where it is, and the proof of its way',
    params: Id,
    reply: Letter,
    handle: async (ctx) => letterFacts(ctx, await letterAt(ctx, ctx.params.id)),
  }),
  apiFile({
    ...{ method: 'get', path: '/letters/:id/letter.pdf', name: 'getLetterPdf', may: readers },
    summary: 'The letter exactly as it went',
    params: Id,
    sends: 'application/pdf',
    handle: (ctx) => letterPdf(ctx, ctx.params.id),
  }),
  apiFile({
    ...{ method: 'get', path: '/letters/:id/enclosures/:number', name: 'getEnclosurePdf', may: readers },
    summary: 'What went with it, exactly',
    params: OneEnclosure,
    sends: 'application/pdf',
    handle: (ctx) => enclosurePdf(ctx, ctx.params),
  }),
  api({
    ...{ method: 'post', path: '/letters/:id/action', name: 'actOnLetter', may: senders },
    summary: 'Recall a letter, say whether it goes, note it posted, or say what became of it',
    params: Id,
    body: LetterDeed,
    reply: Letter,
    handle: async (ctx) => {
      await act(ctx, ctx.params.id, ctx.body);
      return letterFacts(ctx, await letterAt(ctx, ctx.params.id));
    },
  }),
];
