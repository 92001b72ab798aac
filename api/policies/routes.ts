import { z } from 'zod';
import { isDay } from '../../policy/calendar/day.ts';
import { schoolRoles } from '../../policy/people/roles.ts';
import { form, page } from '../web/routes.ts';
import { policyApi, Version } from './api.ts';
import { authorityRoutes } from './authority.ts';
import { fileNameOf, keep, textOf } from './bring-in.ts';
import { changesView } from './changes-view.ts';
import { draftView, keptSaid } from './draft-view.ts';
import { follow, followedSaid, followView } from './follow.ts';
import { lawView } from './law-view.ts';
import { moveRoutes } from './moves-routes.ts';
import { policyPdf } from './policy-paper.ts';
import { packAsked, policiesView, policyView } from './policy-view.ts';
import { beginProof } from './proof.ts';
import { policyKeepers } from './reach.ts';

const dayIfGiven = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z.string().refine(isDay, 'is not a date as YYYY-MM-DD').optional(),
);

const Policy = z.object({ policy: z.string().max(60) });
const version = z.preprocess((value) => (value === '' ? undefined : value), Version.optional());
const Seen = z.object({ reader: z.enum(['staff', 'parents']).default('staff'), from: dayIfGiven, version });
const DraftForm = z.object({ decisionKey: z.uuid(), text: z.string().default('') });
const Compared = z.object({ from: version, to: version });

/** The school's own procedure as everybody may read it, and the other policies that are kept here. */
export const policyRoutes = [
  page({
    ...{ path: '/policies', may: schoolRoles },
    summary: 'The policies that are kept here',
    handle: (ctx) => policiesView(ctx),
  }),
  form({
    ...{ path: '/policies/look', may: policyKeepers, upload: 'file', concerns: 'file', body: DraftForm },
    summary: 'Look at what bringing a policy in would do',
    handle: async (ctx) => draftView(ctx, await textOf(ctx, ctx.body.text), fileNameOf(ctx)),
    again: (ctx) => policiesView(ctx, { typed: String(ctx.body.text ?? '') }),
  }),
  form({
    ...{ path: '/policies', may: policyKeepers, upload: 'file', concerns: 'file', body: DraftForm.extend({ seen: z.string() }) },
    summary: 'Keep a policy that was looked at',
    handle: async (ctx) => {
      const kept = await keep(ctx, await textOf(ctx, ctx.body.text), fileNameOf(ctx), ctx.body.seen);
      return { goTo: `/policies/${kept.id}?version=${kept.version}`, say: keptSaid(kept) };
    },
    again: (ctx) => policiesView(ctx, { typed: String(ctx.body.text ?? '') }),
  }),
  page({
    ...{ path: '/policies/:policy', may: schoolRoles, params: Policy, query: Seen },
    summary: 'A policy in plain English',
    handle: policyView,
  }),
  page({
    ...{ path: '/policies/:policy/follow', may: policyKeepers, params: Policy },
    summary: 'What it would mean for the school to follow another policy',
    handle: (ctx) => followView(ctx, ctx.params.policy),
  }),
  form({
    ...{ path: '/policies/:policy/follow', may: policyKeepers, params: Policy },
    summary: 'Let the school follow another policy',
    body: z.object({ decisionKey: z.uuid(), seen: z.string() }),
    handle: async (ctx) => {
      const done = await follow(ctx, ctx.params.policy, ctx.body.seen);
      return { goTo: '/policies', say: followedSaid(done) };
    },
    again: (ctx) => followView(ctx, ctx.params.policy),
  }),
  form({
    ...{ path: '/policies/:policy/proof', may: policyKeepers, params: Policy },
    summary: 'Have it proved that a version of a policy keeps its promises',
    body: z.object({ decisionKey: z.uuid(), version: Version }),
    handle: async (ctx) => {
      await beginProof(ctx, await packAsked(ctx, ctx.params.policy, ctx.body.version));
      return { goTo: `/policies/${ctx.params.policy}?version=${ctx.body.version}#proof` };
    },
    again: (ctx) => policyView({ ...ctx, query: { reader: 'staff' } }),
  }),
  page({
    ...{ path: '/policies/:policy/changes', may: schoolRoles, params: Policy, query: Compared },
    summary: 'What has changed from one version of a policy to another',
    handle: changesView,
  }),
  page({
    ...{ path: '/policies/:policy/policy.pdf', may: schoolRoles, params: Policy, query: Seen },
    summary: 'A policy as a PDF',
    handle: policyPdf,
  }),
  page({
    ...{ path: '/law', may: schoolRoles, query: z.object({ on: dayIfGiven }) },
    summary: 'What the law says, whatever a policy does',
    handle: lawView,
  }),
  ...authorityRoutes,
  ...moveRoutes,
  ...policyApi,
];
