import type { Choice } from '../../policy/case/decision.ts';
import { counted } from '../../policy/counted.ts';
import { isOfficer } from '../../policy/people/roles.ts';
import { setAside, waitingCount } from '../../prisma/proposals.ts';
import { awayLines } from '../away/away-view.ts';
import { decidesForToday } from '../away/decides-for.ts';
import { dutiesDueFor } from '../duties/facts.ts';
import { leaveLines } from '../leave/leave-view.ts';
import { previewPdf } from '../letters/preview.ts';
import { office, senders } from '../letters/reach.ts';
import { toPostLines } from '../letters/to-post.ts';
import { inDoubtLines, undeliveredLines } from '../letters/undelivered.ts';
import { contactLine } from '../register/first-contact.ts';
import { gapLine, registerGaps } from '../register/gaps.ts';
import { notAskedLine } from '../register/not-asked-yet.ts';
import { partTimeLines } from '../register/part-time.ts';
import { gapReaders } from '../register/reach.ts';
import { form, page } from '../web/routes.ts';
import { proposalApi } from './api.ts';
import { broughtAbout } from './brought-about.ts';
import { enclosed, previewed } from './decide.ts';
import { DecisionForm, fieldFor } from './decision-form.ts';
import { proposalAt } from './facts.ts';
import { inboxRows } from './inbox-rows.ts';
import { proposalView } from './proposal-view.ts';
import { List, OneEnclosure, OneLetter, Params, school } from './reach.ts';
import { decideTogether } from './together.ts';

/** What the policy asks of the reader beside the cases, if anything. */
const dutiesLine = (n: number): string | null =>
  n === 0 ? null : `${counted(n, 'thing')} that the policy asks for beside the cases ${n === 1 ? 'is' : 'are'} due`;

export const inboxRoutes = [
  page({
    path: '/inbox',
    may: 'signed-in',
    summary: 'What waits for you',
    query: List,
    handle: async (ctx) => {
      const { db } = ctx.deps;
      const those = await decidesForToday(ctx);
      const reader = { ...ctx.user, standsFor: those.map(({ of }) => of) };
      const waiting = await waitingCount(db, reader);
      return {
        template: 'inbox/inbox.njk',
        model: {
          ...(await inboxRows(ctx, reader, ctx.query.after)),
          away: await awayLines(ctx, those),
          waiting: waiting === 1 ? 'One thing waits for you' : `${counted(waiting, 'thing')} wait for you`,
          atSchool: ctx.user.schoolId !== null,
          duties: ctx.user.schoolId === null ? null : dutiesLine(await dutiesDueFor(ctx)),
          contact:
            ctx.user.schoolId === null ? [] : [await contactLine(ctx), await notAskedLine(ctx)].filter((line) => line !== null),
          leave: ctx.user.schoolId === null ? [] : await leaveLines(ctx),
          aside: await setAside(db, reader),
          undelivered: office.some((role) => role === ctx.user.role) ? await undeliveredLines(ctx) : [],
          inDoubt: senders.some((role) => role === ctx.user.role) ? await inDoubtLines(ctx) : [],
          toPost: isOfficer(ctx.user.role) ? await toPostLines(ctx) : [],
          ...(gapReaders.some((role) => role === ctx.user.role)
            ? { gaps: (await registerGaps(ctx)).gaps.map(gapLine), partTime: await partTimeLines(ctx) }
            : { gaps: [], partTime: [] }),
        },
      };
    },
  }),
  page({
    path: '/proposals/:matterId/:key',
    may: school,
    summary: 'A proposal with its evidence',
    params: Params,
    handle: (ctx) => proposalView(ctx, ctx.params),
  }),
  form({
    path: '/proposals/:matterId/:key/letters/:n',
    may: school,
    summary: 'One letter as it would go out with what was typed, as a PDF. Decides nothing',
    params: OneLetter,
    body: DecisionForm,
    handle: async (ctx) => previewPdf(await previewed(ctx, ctx.params, ctx.body), ctx.params.n),
    again: (ctx) => proposalView(ctx, ctx.params, ctx.body),
  }),
  page({
    path: '/proposals/:matterId/:key/enclosures/:number',
    may: school,
    summary: 'What would go with each letter, as a PDF',
    params: OneEnclosure,
    handle: (ctx) => enclosed(ctx, ctx.params),
  }),
  form({
    path: '/proposals/:matterId/:key',
    may: school,
    summary: 'Decide on a proposal, or only show its letters with what was typed',
    params: Params,
    body: DecisionForm,
    concerns: fieldFor,
    handle: async (ctx) => {
      const { show, typed, ...decided } = ctx.body;
      if (show) return proposalView(ctx, ctx.params, typed);
      const { action } = (await proposalAt(ctx, ctx.params)).proposal;
      await decideTogether(ctx, ctx.params, decided);
      if (decided.alsoFor.length > 0) return { goTo: '/inbox', say: metTogether };
      return { goTo: '/inbox', say: broughtAbout(action, decided.decision.choice as Choice) };
    },
    again: (ctx) => proposalView(ctx, ctx.params, ctx.body),
  }),
  ...proposalApi,
];

const metTogether = 'The meeting was recorded, in each child’s own case.';
