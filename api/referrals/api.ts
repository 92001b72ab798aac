import { z } from 'zod';
import { ReferralDecision } from '../../policy/referral/decision.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { firstBreak } from '../../prisma/ledger.ts';
import { api } from '../web/routes.ts';
import { Action, act, actOnNotice, NoticeAction, sayDecision, textIdFor } from './inputs.ts';
import { deciders, Id, List, list, OneNotice, OneProposal, readers } from './reach.ts';
import { referralAt } from './referral-view.ts';

const Standing = z.object({ summary: z.string(), stage: z.string(), closed: z.boolean() });

/** Referrals for machines: the same things as the pages do, under /api/v1. */
export const referralApi = [
  api({
    method: 'get',
    path: '/referrals',
    may: readers,
    summary: 'Referrals, newest first',
    query: List,
    reply: z.object({
      rows: z.array(
        z.object({
          ...{ id: z.uuid(), status: z.string(), stage: z.string(), headline: z.string() },
          ...{ madeOn: z.iso.date(), nextOn: z.iso.date().nullable() },
        }),
      ),
      next: z.string().nullable(),
    }),
    handle: async (ctx) => {
      const { rows, next } = await list(ctx);
      return {
        next,
        rows: rows.map(({ id, status, stage, headline, madeOn, nextOn }) => ({
          ...{ id, status, stage, headline, madeOn: dayOf(madeOn), nextOn: dayOrNull(nextOn) },
        })),
      };
    },
  }),
  api({
    method: 'get',
    path: '/referrals/:id',
    may: readers,
    summary: 'One referral, what it asks, and whether its ledger is whole',
    params: Id,
    reply: z.object({
      ...{ id: z.uuid(), caseId: z.uuid(), status: z.string(), stage: z.string(), headline: z.string() },
      asks: z.array(
        z.object({
          key: z.string(),
          version: z.int(),
          what: z.string(),
          role: z.string(),
          sentence: z.string(),
          due: z.iso.date(),
        }),
      ),
      notices: z.array(z.object({ id: z.string(), contactId: z.string(), status: z.string() })),
      ledgerWhole: z.boolean(),
    }),
    handle: async (ctx) => {
      const { id, caseId, status, stage, headline, state } = await referralAt(ctx, ctx.params.id);
      const asks = Object.values(state.proposals).map(({ key, version, action, role, sentence, due }) => ({
        ...{ key, version, what: action.what, role, sentence, due },
      }));
      const notices = Object.entries(state.notices).map(([noticeId, { contactId, status: now }]) => ({
        ...{ id: noticeId, contactId, status: now },
      }));
      return { id, caseId, status, stage, headline, asks, notices, ledgerWhole: (await firstBreak(ctx.deps.db, id)) === null };
    },
  }),
  api({
    method: 'post',
    path: '/referrals/:id/proposals/:key/decision',
    may: deciders,
    summary: 'Decide what a referral asks, by its version',
    params: OneProposal,
    body: z.strictObject({
      version: z.int().positive(),
      decision: ReferralDecision,
      text: z.string().trim().min(1).max(2000).optional(),
    }),
    reply: Standing,
    handle: async (ctx) => {
      await referralAt(ctx, ctx.params.id);
      const { version, decision, text } = ctx.body;
      const given = text === undefined ? decision : { ...decision, textId: textIdFor(ctx) };
      return sayDecision(ctx, ctx.params.id, ctx.params.key, version, given, text ?? null);
    },
  }),
  api({
    method: 'post',
    path: '/referrals/:id/action',
    may: ['ewo'],
    summary: 'Note, decide again, end a notice to improve early, or close a referral',
    params: Id,
    body: Action,
    reply: Standing,
    handle: async (ctx) => {
      await referralAt(ctx, ctx.params.id);
      return act(ctx, ctx.params.id, ctx.body);
    },
  }),
  api({
    method: 'post',
    path: '/referrals/:id/notices/:noticeId/action',
    may: ['ewo'],
    summary: 'Record a payment, or withdraw a penalty notice. Money in pence',
    params: OneNotice,
    body: NoticeAction,
    reply: Standing,
    handle: async (ctx) => {
      await referralAt(ctx, ctx.params.id);
      return actOnNotice(ctx, ctx.params.id, ctx.params.noticeId, ctx.body);
    },
  }),
];
