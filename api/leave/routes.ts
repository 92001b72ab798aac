import { z } from 'zod';
import { isDay } from '../../policy/calendar/day.ts';
import { standingOf } from '../../policy/leave/leave.ts';
import { Id, keepers, school } from '../register/reach.ts';
import type { Ctx } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import {
  LeaveAsked,
  LeaveDecision,
  LeaveMistake,
  LeaveRequest,
  pupilLeave,
  recordLeave,
  sayLeave,
  sayLeaveMistaken,
} from './facts.ts';
import { leaveLines, leaveView } from './leave-view.ts';
import { LeaveToSee, leaveToSeeFacts } from './to-see.ts';

const One = Id.extend({ requestId: z.uuid() });

const LeaveRequests = z.object({ requests: z.array(LeaveRequest) });
const requestsOf = async (ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string) => ({
  requests: (await pupilLeave(ctx, id)).requests,
});

const AskedForm = z
  .object({ decisionKey: z.uuid(), ...LeaveAsked.shape })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'The last day is before the first: mend one of the two' })
  .transform(({ decisionKey: _, ...asked }) => asked);
const DecisionForm = z
  .object({
    decisionKey: z.uuid(),
    granted: z.enum(['yes', 'part', 'no'], 'Choose granted, granted in part or refused'),
    grantedFrom: z.string().default(''),
    grantedTo: z.string().default(''),
    reason: LeaveDecision.shape.reason,
  })
  .superRefine(({ granted, grantedFrom, grantedTo }, problems) => {
    if (granted !== 'part') return;
    for (const [name, typed, which] of [
      ['grantedFrom', grantedFrom, 'first'],
      ['grantedTo', grantedTo, 'last'],
    ] as const)
      if (!isDay(typed)) problems.addIssue({ code: 'custom', path: [name], message: `Enter the ${which} day that is granted` });
  })
  .transform(({ granted, grantedFrom: from, grantedTo: to, reason }) => ({
    ...{ granted: granted !== 'no', reason },
    ...(granted === 'part' && { only: { from, to } }),
  }));
const MistakeForm = z
  .object({ decisionKey: z.uuid(), ...LeaveMistake.shape })
  .transform(({ decisionKey: _, ...mistake }) => mistake);

/** Requests for leave in term time: recorded by the office, decided by whom the policy names, by a page and by machines. */
export const leaveRoutes = [
  page({
    ...{ path: '/register/leave', may: school, summary: 'Leave in term time: what waits, and where marks say otherwise' },
    handle: async (ctx) => ({ template: 'leave/to-see.njk', model: { lines: await leaveLines(ctx) } }),
  }),
  page({
    ...{ path: '/register/:id/leave', may: school, params: Id, summary: 'A pupil’s requests for leave in term time' },
    handle: (ctx) => leaveView(ctx, ctx.params.id),
  }),
  form({
    ...{ path: '/register/:id/leave', may: keepers, params: Id, summary: 'Record a request for leave' },
    body: AskedForm,
    handle: async (ctx) => {
      await recordLeave(ctx, ctx.params.id, ctx.body);
      return { goTo: `/register/${ctx.params.id}/leave`, say: 'The request is recorded. It waits for whom the policy names.' };
    },
    again: (ctx) => leaveView(ctx, ctx.params.id, ctx.body),
  }),
  form({
    ...{ path: '/register/:id/leave/:requestId', may: school, params: One, summary: 'Grant or refuse leave' },
    body: DecisionForm,
    concerns: (what) => (what === 'only' ? 'grantedTo' : what),
    handle: async (ctx) => {
      await sayLeave(ctx, ctx.params, ctx.body);
      return {
        goTo: `/register/${ctx.params.id}/leave`,
        say: `Leave is ${standingOf(ctx.body)}. Answer the parent by your own letter: what it says stands below.`,
      };
    },
    again: (ctx) => leaveView(ctx, ctx.params.id, ctx.body, ctx.params.requestId),
  }),
  form({
    ...{ path: '/register/:id/leave/:requestId/mistaken', may: school, params: One },
    summary: 'Say that a decision on leave was entered by mistake',
    body: MistakeForm,
    handle: async (ctx) => {
      await sayLeaveMistaken(ctx, ctx.params, ctx.body);
      return {
        goTo: `/register/${ctx.params.id}/leave`,
        say: 'The decision is taken back, and stays on record. The request waits to be decided; if the parent was answered, tell them.',
      };
    },
    again: (ctx) => leaveView(ctx, ctx.params.id, ctx.body, ctx.params.requestId),
  }),
  api({
    ...{ method: 'get', path: '/register/leave', name: 'listLeaveToSee', may: school, reply: LeaveToSee },
    summary: 'Requests for leave that wait for the token’s user, and those whose marks say otherwise than the decision',
    handle: leaveToSeeFacts,
  }),
  api({
    ...{ method: 'get', path: '/register/pupils/:id/leave', name: 'listLeave', may: school, params: Id, reply: LeaveRequests },
    summary: 'A pupil’s requests for leave in term time',
    handle: (ctx) => requestsOf(ctx, ctx.params.id),
  }),
  api({
    ...{ method: 'post', path: '/register/pupils/:id/leave', name: 'recordLeave', may: keepers, params: Id, body: LeaveAsked },
    reply: LeaveRequests,
    summary: 'Record a parent’s request for leave',
    handle: async (ctx) => {
      await recordLeave(ctx, ctx.params.id, ctx.body);
      return requestsOf(ctx, ctx.params.id);
    },
  }),
  api({
    ...{ method: 'post', path: '/register/pupils/:id/leave/:requestId', name: 'decideLeave', may: school, params: One },
    body: LeaveDecision,
    reply: LeaveRequests,
    summary: 'Grant leave, in whole or in part, or refuse it, with a reason. No letter goes by it',
    handle: async (ctx) => {
      await sayLeave(ctx, ctx.params, ctx.body);
      return requestsOf(ctx, ctx.params.id);
    },
  }),
  api({
    ...{ method: 'post', path: '/register/pupils/:id/leave/:requestId/mistaken', name: 'takeLeaveDecisionBack', may: school },
    ...{ params: One, body: LeaveMistake, reply: LeaveRequests },
    summary: 'Say that a decision on leave was entered by mistake. It stays on record, and the request waits to be decided',
    handle: async (ctx) => {
      await sayLeaveMistaken(ctx, ctx.params, ctx.body);
      return requestsOf(ctx, ctx.params.id);
    },
  }),
];
