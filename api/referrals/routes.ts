import { z } from 'zod';
import { shortDay } from '../../policy/calendar/day.ts';
import { Refusal } from '../../policy/refusal.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { form, page } from '../web/routes.ts';
import { ActionForm, NoticeForm } from './action-forms.ts';
import { referralApi } from './api.ts';
import { DecisionForm, decisionOf, wordsOf } from './decision-form.ts';
import { act, actOnNotice, sayDecision, textIdFor } from './inputs.ts';
import { noticeView } from './notice-view.ts';
import { noticePreview, proposalView } from './proposal-view.ts';
import { deciders, Id, List, list, OneNotice, OneProposal, readers } from './reach.ts';
import { referralAt, referralView } from './referral-view.ts';

export const referralRoutes = [
  page({
    path: '/referrals',
    may: readers,
    summary: 'Referrals to the authority',
    query: List,
    handle: async (ctx) => {
      const { rows, next } = await list(ctx);
      return {
        template: 'referrals/referrals.njk',
        model: {
          status: ctx.query.status,
          next,
          rows: rows.map((row) => ({
            href: `/referrals/${row.id}`,
            pupil: row.case.pupil.chosenName,
            className: row.case.pupil.className,
            school: row.case.school.name,
            headline: row.headline,
            made: shortDay(dayOf(row.madeOn)),
            next: row.nextOn ? `${row.nextWhy ?? ''}, ${shortDay(dayOf(row.nextOn))}` : 'Nothing: it is closed',
          })),
        },
      };
    },
  }),
  page({
    path: '/referrals/:id',
    may: readers,
    summary: 'One referral with its evidence',
    params: Id,
    handle: (ctx) => referralView(ctx, ctx.params.id),
  }),
  form({
    path: '/referrals/:id',
    may: ['ewo'],
    summary: 'Note, decide again, end a notice to improve early, or close a referral',
    params: Id,
    body: ActionForm,
    handle: async (ctx) => {
      await referralAt(ctx, ctx.params.id);
      await act(ctx, ctx.params.id, ctx.body);
      return { goTo: `/referrals/${ctx.params.id}`, say: 'It is in the record.' };
    },
    again: (ctx) => referralView(ctx, ctx.params.id, ctx.body),
  }),
  page({
    path: '/referrals/:id/proposals/:key',
    may: readers,
    summary: 'One thing that a referral asks of a person',
    params: OneProposal,
    handle: (ctx) => proposalView(ctx, ctx.params),
  }),
  form({
    path: '/referrals/:id/proposals/:key',
    may: deciders,
    summary: 'Decide what a referral asks, or only show the letters of a notice to improve',
    params: OneProposal,
    body: DecisionForm,
    handle: async (ctx) => {
      const { id, key } = ctx.params;
      if (ctx.body.show) return proposalView(ctx, ctx.params, ctx.body);
      await referralAt(ctx, id);
      await sayDecision(ctx, id, key, ctx.body.version, decisionOf(ctx.body, textIdFor(ctx)), wordsOf(ctx.body));
      return { goTo: `/referrals/${id}`, say: 'Your decision is in the record.' };
    },
    again: (ctx) => proposalView(ctx, ctx.params, ctx.body),
  }),
  form({
    path: '/referrals/:id/proposals/:key/letters/:n',
    may: deciders,
    summary: 'One letter of a notice to improve as it would go out with what was typed, as a PDF. Decides nothing',
    params: OneProposal.extend({ n: z.coerce.number().int().nonnegative() }),
    body: DecisionForm,
    handle: async (ctx) => {
      await referralAt(ctx, ctx.params.id);
      const letter = (await noticePreview(ctx, ctx.params, ctx.body))?.letters[ctx.params.n];
      if (!letter) throw new Refusal('NotFound', 'There is no such letter. Go back, and show the letters again');
      return { file: 'preview.pdf', type: 'application/pdf', content: letter.pdf() };
    },
    again: (ctx) => proposalView(ctx, ctx.params, ctx.body),
  }),
  page({
    path: '/referrals/:id/notices/:noticeId',
    may: readers,
    summary: 'One penalty notice',
    params: OneNotice,
    handle: (ctx) => noticeView(ctx, ctx.params),
  }),
  form({
    path: '/referrals/:id/notices/:noticeId',
    may: ['ewo'],
    summary: 'Record a payment, or withdraw a penalty notice',
    params: OneNotice,
    body: NoticeForm,
    handle: async (ctx) => {
      const { id, noticeId } = ctx.params;
      await referralAt(ctx, id);
      await actOnNotice(ctx, id, noticeId, ctx.body);
      return { goTo: `/referrals/${id}`, say: 'It is in the record.' };
    },
    again: (ctx) => noticeView(ctx, ctx.params, ctx.body),
  }),
  ...referralApi,
];
