import { z } from 'zod';
import { school } from '../inbox/reach.ts';
import { api } from '../web/routes.ts';
import { Approval, approveTogether, most, Seen } from './approve.ts';

/** Several letters approved at once, for machines. */
export const approvalApi = [
  api({
    ...{ method: 'post', path: '/proposals/approvals', name: 'approveTogether', may: school },
    summary: 'Approve several letters of one kind, each as a decision of its own',
    more: 'What the headteacher authorises, legal steps and letters with a warning are left out, and named in the answer.',
    body: z.strictObject({
      proposals: z.array(Seen).min(1, 'Name at least one proposal').max(most, `Name at most ${most} proposals`),
    }),
    reply: z.object({ results: z.array(Approval).describe('In the order in which they were named') }),
    handle: async (ctx) => ({ results: await approveTogether(ctx, ctx.body.proposals) }),
  }),
];
