import { z } from 'zod';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { ReferralDecision } from '../../policy/referral/decision.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { firstBreak } from '../../prisma/ledger.ts';
import { referralsFor } from '../../prisma/referrals.ts';
import type { Ctx } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import { DecisionForm, decisionOf } from './decision-form.ts';
import { Action, act, actOnNotice, NoticeAction, sayDecision, textIdFor } from './inputs.ts';
import { noticeView } from './notice-view.ts';
import { proposalView } from './proposal-view.ts';
import { referralAt, referralView } from './referral-view.ts';

const readers = ['ewo', 'sal', 'headteacher'] as const;
const deciders = ['ewo', 'headteacher'] as const;
const Id = z.object({ id: z.uuid() });
const OneProposal = Id.extend({ key: z.string().regex(/^[\w-]{1,60}$/) });
const OneNotice = Id.extend({ noticeId: z.uuid() });
const List = z.object({ status: z.enum(['open', 'closed']).default('open'), after: z.uuid().optional() });
const Standing = z.object({ summary: z.string(), stage: z.string(), closed: z.boolean() });
const perPage = 50;

async function list({ deps, user, query }: Pick<Ctx<unknown, z.infer<typeof List>>, 'deps' | 'user' | 'query'>) {
  const rows = await referralsFor(deps.db, user, { status: query.status, after: query.after ?? null, take: perPage + 1 });
  return { rows: rows.slice(0, perPage), next: rows.length > perPage ? (rows[perPage - 1]?.id ?? null) : null };
}

const decisionKey = z.uuid();
const typedText = z.string().trim().default('');

/** The officer's form on the referral: turned into an action, whose own rules say what is wrong. */
const ActionForm = z
  .object({ decisionKey, do: typedText, text: typedText, ground: typedText })
  .transform(({ do: what, text, ground }, ctx) => {
    const asked = what === 'end notice early' ? { do: what, text, ground } : { do: what, text };
    return checked(Action, asked, ctx, { do: 'Choose what to do', ground: 'Choose the ground' });
  });

const NoticeForm = z
  .object({ decisionKey, do: typedText, text: typedText, ground: typedText, paidOn: typedText, amount: typedText })
  .transform(({ do: what, text, ground, paidOn, amount }, ctx) => {
    const pence = Math.round(Number(amount.replace(/^£/, '') || Number.NaN) * 100);
    const asked = what === 'payment' ? { do: what, paidOn, pence } : { do: what, ground, text };
    return checked(NoticeAction, asked, ctx, { do: 'Choose what to do', ground: 'Choose the ground' });
  });

function checked<S extends z.ZodType>(
  schema: S,
  asked: unknown,
  ctx: { addIssue: (issue: { code: 'custom'; path: PropertyKey[]; message: string }) => void },
  instead: Record<string, string>,
): z.infer<S> {
  const parsed = schema.safeParse(asked);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const field = path[0] === 'pence' ? 'amount' : String(path[0] ?? 'do');
    ctx.addIssue({ code: 'custom', path: [field], message: instead[field] ?? message });
  }
  return z.NEVER;
}

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
            next: row.nextOn ? longDay(dayOf(row.nextOn)) : '',
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
    summary: 'Decide what a referral asks',
    params: OneProposal,
    body: DecisionForm,
    handle: async (ctx) => {
      const { id, key } = ctx.params;
      await referralAt(ctx, id);
      const { version, text } = ctx.body;
      await sayDecision(ctx, id, key, version, decisionOf(ctx.body, textIdFor(ctx)), text === '' ? null : text);
      return { goTo: `/referrals/${id}`, say: 'Your decision is in the record.' };
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
