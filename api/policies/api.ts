import { z } from 'zod';
import { schoolRoles } from '../../policy/people/roles.ts';
import { api } from '../web/routes.ts';
import { packAsked } from './policy-view.ts';
import { beginProof, PolicyProof, proofFacts } from './proof.ts';
import { policyKeepers } from './reach.ts';

export const Version = z.string().regex(/^[0-9a-f]{16}$/, 'is not a version of a policy: 16 digits of 0 to 9 and a to f');
const Policy = z.object({ policy: z.string().max(60) });
const OneVersion = z.object({ version: Version.optional().describe('If not said, the version in force, or else the newest') });

/** Policies for machines: the same as the pages say and do. */
export const policyApi = [
  api({
    ...{ method: 'get', path: '/policies/:policy/proof', name: 'getPolicyProof', may: schoolRoles },
    summary: 'Whether a policy keeps what is promised of every policy, as far as that was looked at',
    params: Policy,
    query: OneVersion,
    reply: PolicyProof,
    handle: async (ctx) => proofFacts(ctx, await packAsked(ctx, ctx.params.policy, ctx.query.version)),
  }),
  api({
    ...{ method: 'post', path: '/policies/:policy/proof', name: 'askPolicyProof', may: policyKeepers },
    summary: 'Have it proved that a version of a policy keeps its promises',
    more: 'It is answered at once, and takes half a minute or so: ask for the proof until its status is done or failed.',
    params: Policy,
    body: z.strictObject(OneVersion.shape),
    reply: PolicyProof,
    handle: async (ctx) => {
      const kept = await packAsked(ctx, ctx.params.policy, ctx.body.version);
      await beginProof(ctx, kept);
      return proofFacts(ctx, kept);
    },
  }),
];
