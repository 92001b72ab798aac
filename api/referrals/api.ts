import { z } from 'zod';
import { officers } from '../../policy/people/roles.ts';
import { referralsFor } from '../../prisma/referrals.ts';
import { Ledger, ledgerFacts } from '../cases/facts.ts';
import { sayCase } from '../cases/timeline.ts';
import { Standing } from '../engine/say.ts';
import { AfterEvent, LedgerPage, ledgerPage } from '../ledger/events.ts';
import { LetterRow, letterRow } from '../letters/letter-row.ts';
import { LetterPreview, previewFacts, previewPdf } from '../letters/preview.ts';
import { mapped, pageOf } from '../web/paging.ts';
import { api, apiFile } from '../web/routes.ts';
import { proposalAt, referralAt, referralFacts, referralRow, whoIn } from './facts.ts';
import { Action, act, actOnNotice, Decided, decide, NoticeAction, previewed } from './inputs.ts';
import { noticeAt } from './notice-view.ts';
import { deciders, Id, List, OneLetter, OneNotice, OneProposal, readers } from './reach.ts';
import { PenaltyNotice, ReferralFacts, ReferralProposal, ReferralRow } from './shapes.ts';
import { sayReferral } from './timeline.ts';

const Referral = z
  .object({ ...ReferralFacts.shape, letters: z.array(LetterRow).describe('The school’s, as sent'), ledger: Ledger })
  .meta({ id: 'Referral', description: 'A referral with the school’s evidence' });

/** Referrals for machines: the same as their pages say and do. */
export const referralApi = [
  api({
    ...{ method: 'get', path: '/referrals', name: 'listReferrals', may: readers, summary: 'Referrals, newest first' },
    query: List,
    reply: pageOf(ReferralRow),
    handle: async ({ deps, user, query }) => mapped(await referralsFor(deps.db, user, query), referralRow),
  }),
  api({
    ...{ method: 'get', path: '/referrals/:id', name: 'getReferral', may: readers },
    summary: 'One referral: what it asks, what was decided, the school’s evidence, and whether its ledger is whole',
    params: Id,
    reply: Referral,
    handle: async (ctx) => {
      const found = await referralAt(ctx, ctx.params.id);
      const letters = found.case.letters.map(letterRow(ctx.at));
      return { ...(await referralFacts(ctx, found)), letters, ledger: await ledgerFacts(ctx, found) };
    },
  }),
  api({
    ...{ method: 'get', path: '/referrals/:id/events', name: 'listReferralEvents', may: readers },
    summary: 'The ledger of a referral, oldest first',
    params: Id,
    query: AfterEvent,
    reply: LedgerPage,
    handle: async (ctx) => {
      const found = await referralAt(ctx, ctx.params.id);
      return ledgerPage(ctx, found.id, sayReferral(whoIn(found)));
    },
  }),
  api({
    ...{ method: 'get', path: '/referrals/:id/case-events', name: 'listReferralCaseEvents', may: readers },
    summary: 'The ledger of the school’s case that was referred, oldest first',
    params: Id,
    query: AfterEvent,
    reply: LedgerPage,
    handle: async (ctx) => {
      const { caseId, case: of, pupil } = await referralAt(ctx, ctx.params.id);
      return ledgerPage(ctx, caseId, sayCase(of.letters, pupil.contacts));
    },
  }),
  api({
    ...{ method: 'get', path: '/referrals/:id/proposals/:key', name: 'getReferralProposal', may: deciders },
    summary: 'One thing that a referral asks of a person',
    params: OneProposal,
    reply: ReferralProposal,
    handle: async (ctx) => (await proposalAt(ctx, ctx.params)).proposal,
  }),
  api({
    ...{ method: 'post', path: '/referrals/:id/proposals/:key/letters', name: 'previewNotices', may: deciders },
    summary: 'The letters that a decision would send, with its words. Decides and sends nothing',
    params: OneProposal,
    body: Decided,
    reply: LetterPreview,
    handle: async (ctx) => previewFacts(await previewed(ctx, ctx.params, ctx.body)),
  }),
  apiFile({
    ...{ method: 'post', path: '/referrals/:id/proposals/:key/letters/:n/letter.pdf', name: 'previewNoticePdf', may: deciders },
    summary: 'One of them as a PDF',
    params: OneLetter,
    body: Decided,
    sends: 'application/pdf',
    handle: async (ctx) => previewPdf(await previewed(ctx, ctx.params, ctx.body), ctx.params.n),
  }),
  api({
    ...{ method: 'post', path: '/referrals/:id/proposals/:key/decision', name: 'decideReferralProposal', may: deciders },
    summary: 'Decide what a referral asks, by its version',
    params: OneProposal,
    body: Decided,
    reply: Standing,
    handle: (ctx) => decide(ctx, ctx.params.id, ctx.params.key, ctx.body),
  }),
  api({
    ...{ method: 'post', path: '/referrals/:id/action', name: 'actOnReferral', may: officers },
    summary: 'Note, decide again, end a notice to improve early, or close a referral',
    params: Id,
    body: Action,
    reply: Standing,
    handle: (ctx) => act(ctx, ctx.params.id, ctx.body),
  }),
  api({
    ...{ method: 'get', path: '/referrals/:id/notices/:noticeId', name: 'getPenaltyNotice', may: readers },
    summary: 'One penalty notice',
    params: OneNotice,
    reply: PenaltyNotice,
    handle: async (ctx) => (await noticeAt(ctx, ctx.params)).notice,
  }),
  api({
    ...{ method: 'post', path: '/referrals/:id/notices/:noticeId/action', name: 'actOnPenaltyNotice', may: officers },
    summary: 'Record a payment, or withdraw a penalty notice. Money in pence',
    params: OneNotice,
    body: NoticeAction,
    reply: Standing,
    handle: (ctx) => actOnNotice(ctx, ctx.params.id, ctx.params.noticeId, ctx.body),
  }),
];
