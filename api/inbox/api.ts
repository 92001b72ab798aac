import { z } from 'zod';
import { setAside, waitingFor } from '../../prisma/proposals.ts';
import { asReader } from '../away/decides-for.ts';
import { Standing } from '../engine/say.ts';
import { LetterPreview, previewFacts, previewPdf } from '../letters/preview.ts';
import { mapped, pageOf } from '../web/paging.ts';
import { api, apiFile } from '../web/routes.ts';
import { Decided, enclosed, previewed } from './decide.ts';
import { Proposal, ProposalRow, proposalAt, proposalFacts, proposalRow } from './facts.ts';
import { List, OneEnclosure, OneLetter, Params, school } from './reach.ts';
import { DecidedTogether, decideTogether, meetingsBeside, Together } from './together.ts';

/** Proposals for machines: the same as the inbox and the pages of proposals say and do. */
export const proposalApi = [
  api({
    ...{ method: 'get', path: '/proposals', name: 'listProposals', may: 'signed-in' },
    summary: 'What waits for the token’s user, the most urgent first',
    query: List,
    reply: pageOf(ProposalRow).extend({ setAside: z.int().describe('How many more are held, or wait for an answer') }),
    handle: async (ctx) => {
      const { deps, query } = ctx;
      const reader = await asReader(ctx);
      return {
        ...mapped(await waitingFor(deps.db, reader, query.after), (row) => proposalRow(row, reader)),
        setAside: await setAside(deps.db, reader),
      };
    },
  }),
  api({
    ...{ method: 'get', path: '/proposals/:matterId/:key', name: 'getProposal', may: school },
    summary: 'One proposal of a case with its evidence',
    params: Params,
    reply: Proposal.extend({ together: Together.describe('Of a meeting: those that can be held as one with it') }),
    handle: async (ctx) => {
      const at = await proposalAt(ctx, ctx.params);
      return { ...proposalFacts(ctx.params, at), together: await meetingsBeside(ctx, at) };
    },
  }),
  api({
    ...{ method: 'post', path: '/proposals/:matterId/:key/letters', name: 'previewLetters', may: school },
    summary: 'The letters that a decision would send, with its words. Decides and sends nothing',
    params: Params,
    body: Decided,
    reply: LetterPreview,
    handle: async (ctx) => previewFacts(await previewed(ctx, ctx.params, ctx.body)),
  }),
  apiFile({
    ...{ method: 'post', path: '/proposals/:matterId/:key/letters/:n/letter.pdf', name: 'previewLetterPdf', may: school },
    summary: 'One of them as a PDF',
    params: OneLetter,
    body: Decided,
    sends: 'application/pdf',
    handle: async (ctx) => previewPdf(await previewed(ctx, ctx.params, ctx.body), ctx.params.n),
  }),
  apiFile({
    ...{ method: 'get', path: '/proposals/:matterId/:key/enclosures/:number', name: 'previewEnclosurePdf', may: school },
    summary: 'What would go with each letter, as a PDF',
    params: OneEnclosure,
    sends: 'application/pdf',
    handle: (ctx) => enclosed(ctx, ctx.params),
  }),
  api({
    ...{ method: 'post', path: '/proposals/:matterId/:key/decision', name: 'decideProposal', may: school },
    summary: 'Decide on a proposal of a case, by its version',
    params: Params,
    body: DecidedTogether,
    reply: Standing,
    handle: (ctx) => decideTogether(ctx, ctx.params, ctx.body),
  }),
];
