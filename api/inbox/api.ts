import { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import { setAside, waitingFor } from '../../prisma/proposals.ts';
import { Standing } from '../engine/say.ts';
import { mapped, pageOf } from '../web/paging.ts';
import { api, apiFile } from '../web/routes.ts';
import { Decided, decide, previewed } from './decide.ts';
import { Proposal, ProposalRow, proposalAt, proposalFacts, proposalRow } from './facts.ts';
import { List, OneLetter, Params, school } from './reach.ts';

const Preview = z.object({
  refused: z.string().nullable().describe('Why nothing would be sent'),
  example: z.boolean().describe('The letter names a day and a time, and these are not chosen yet'),
  letters: z.array(z.object({ n: z.int(), to: z.string(), channel: z.string(), title: z.string() })),
  without: z.array(z.object({ name: z.string(), because: z.string() })).describe('Who gets no letter, and why'),
});

/** Proposals for machines: the same as the inbox and the pages of proposals say and do. */
export const proposalApi = [
  api({
    ...{ method: 'get', path: '/proposals', name: 'listProposals', may: 'signed-in' },
    summary: 'What waits for the token’s user, the most urgent first',
    query: List,
    reply: pageOf(ProposalRow).extend({ setAside: z.int().describe('How many more are held, or wait for an answer') }),
    handle: async ({ deps, user, query }) => ({
      ...mapped(await waitingFor(deps.db, user, query.after), (row) => proposalRow(row, user.role)),
      setAside: await setAside(deps.db, user),
    }),
  }),
  api({
    ...{ method: 'get', path: '/proposals/:matterId/:key', name: 'getProposal', may: school },
    summary: 'One proposal of a case with its evidence',
    params: Params,
    reply: Proposal,
    handle: async (ctx) => proposalFacts(ctx, ctx.params, await proposalAt(ctx, ctx.params)),
  }),
  api({
    ...{ method: 'get', path: '/proposals/:matterId/:key/letters', name: 'previewLetters', may: school },
    summary: 'The letters that an approval would send, without sending them',
    params: Params,
    reply: Preview,
    handle: async (ctx) => {
      const { letters, ...preview } = await previewed(ctx, ctx.params, { choice: 'approve' });
      const said = letters.map(({ channel, letter }, n) => ({ n, to: letter.recipient.name, channel, title: letter.title }));
      return { ...preview, letters: said };
    },
  }),
  apiFile({
    ...{ path: '/proposals/:matterId/:key/letters/:n/letter.pdf', name: 'previewLetterPdf', may: school },
    summary: 'One of them as a PDF',
    params: OneLetter,
    sends: 'application/pdf',
    handle: async (ctx) => {
      const { letters, refused } = await previewed(ctx, ctx.params, { choice: 'approve' });
      if (refused !== null) throw new Refusal('NotAllowed', refused);
      const letter = letters[ctx.params.n];
      if (!letter) throw new Refusal('NotFound', 'There is no such letter');
      return { file: 'preview.pdf', type: 'application/pdf', content: letter.pdf() };
    },
  }),
  api({
    ...{ method: 'post', path: '/proposals/:matterId/:key/decision', name: 'decideProposal', may: school },
    summary: 'Decide on a proposal of a case, by its version',
    params: Params,
    body: Decided,
    reply: Standing,
    handle: (ctx) => decide(ctx, ctx.params, ctx.body),
  }),
];
