import { shortDay } from '../../policy/calendar/day.ts';
import { officers } from '../../policy/people/roles.ts';
import { referralsFor } from '../../prisma/referrals.ts';
import { type Called, toldApart } from '../../prisma/told-apart.ts';
import { previewPdf } from '../letters/preview.ts';
import { mapped } from '../web/paging.ts';
import { form, page } from '../web/routes.ts';
import { ActionForm, NoticeForm, noticeField } from './action-forms.ts';
import { referralApi } from './api.ts';
import { DecisionForm, fieldFor } from './decision-form.ts';
import { elsewhereRoutes } from './elsewhere.ts';
import { referralRow } from './facts.ts';
import { act, actOnNotice, decide, previewed } from './inputs.ts';
import { noticeView } from './notice-view.ts';
import { proposalView } from './proposal-view.ts';
import { deciders, Id, isReader, List, OneLetter, OneNotice, OneProposal, readers } from './reach.ts';
import { referralView } from './referral-view.ts';

const listed = ({ id, pupil, school, headline, madeOn, nextOn, nextWhy }: ReturnType<typeof referralRow>, called: Called) => ({
  ...{ href: `/referrals/${id}`, pupil: called(pupil), className: pupil.className, school, headline },
  made: shortDay(madeOn),
  next: nextOn ? `${nextWhy ?? ''}, ${shortDay(nextOn)}` : 'Nothing: it is closed',
});

export const referralRoutes = [
  page({
    path: '/referrals',
    may: readers,
    summary: 'Referrals to the authority',
    query: List,
    handle: async ({ deps, user, query }) => {
      const found = mapped(await referralsFor(deps.db, user, query), referralRow);
      const called = await toldApart(
        deps.db,
        found.rows.map(({ pupil }) => pupil.id),
      );
      return {
        template: 'referrals/referrals.njk',
        model: { status: query.status, ...mapped(found, (row) => listed(row, called)) },
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
    may: officers,
    summary: 'Note, decide again, end a notice to improve early, or close a referral',
    params: Id,
    body: ActionForm,
    handle: async (ctx) => {
      await act(ctx, ctx.params.id, ctx.body);
      return { goTo: `/referrals/${ctx.params.id}`, say: 'It is in the record.' };
    },
    again: (ctx) => referralView(ctx, ctx.params.id, ctx.body),
  }),
  page({
    path: '/referrals/:id/proposals/:key',
    may: deciders,
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
    concerns: fieldFor,
    handle: async (ctx) => {
      const { id, key } = ctx.params;
      const { show, typed, ...decided } = ctx.body;
      if (show) return proposalView(ctx, ctx.params, typed);
      await decide(ctx, id, key, decided);
      return { goTo: isReader(ctx.user.role) ? `/referrals/${id}` : '/inbox', say: 'Your decision is in the record.' };
    },
    again: (ctx) => proposalView(ctx, ctx.params, ctx.body),
  }),
  form({
    path: '/referrals/:id/proposals/:key/letters/:n',
    may: deciders,
    summary: 'One letter of a notice to improve as it would go out with what was typed, as a PDF. Decides nothing',
    params: OneLetter,
    body: DecisionForm,
    handle: async (ctx) => previewPdf(await previewed(ctx, ctx.params, ctx.body), ctx.params.n),
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
    may: officers,
    summary: 'Record a payment, or withdraw a penalty notice',
    params: OneNotice,
    body: NoticeForm,
    concerns: noticeField,
    handle: async (ctx) => {
      const { id, noticeId } = ctx.params;
      await actOnNotice(ctx, id, noticeId, ctx.body);
      return { goTo: `/referrals/${id}`, say: 'It is in the record.' };
    },
    again: (ctx) => noticeView(ctx, ctx.params, ctx.body),
  }),
  ...elsewhereRoutes,
  ...referralApi,
];
