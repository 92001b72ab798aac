import { z } from 'zod';
import { schoolRoles } from '../../policy/people/roles.ts';
import { keptPacks } from '../../prisma/packs.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { api } from '../web/routes.ts';
import { FoundInPolicy, fileNameOf, keep, textOf } from './bring-in.ts';
import { draftFacts, Misfits, PolicyDraft, PolicyFacts, PolicyRow, policyFacts, policyRow } from './facts.ts';
import { Followed, follow, followingFacts, PolicyFollowing } from './follow.ts';
import { packAsked } from './policy-view.ts';
import { beginProof, PolicyProof, proofFacts } from './proof.ts';
import { policyKeepers } from './reach.ts';

export const Version = z.string().regex(/^[0-9a-f]{16}$/, 'is not a version of a policy: 16 digits of 0 to 9 and a to f');
const Policy = z.object({ policy: z.string().max(60) });
const OneVersion = z.object({ version: Version.optional().describe('If not said, the version in force, or else the newest') });

const aboutText =
  'The body is the policy in YAML (docs/policy-language.md). A refusal names each line that is wrong. A policy that other schools have too is its trust lead’s to change, and none is written within another school’s.';
const tells = z.object({ problems: z.array(FoundInPolicy) });

/** Policies for machines: the same as the pages say and do. */
export const policyApi = [
  api({
    ...{ method: 'get', path: '/policies', name: 'listPolicies', may: schoolRoles, summary: 'The policies that are kept here' },
    reply: z.object({ rows: z.array(PolicyRow) }),
    handle: async ({ deps, user, at }) => {
      const school = await schoolOf(deps.db, user);
      return { rows: (await keptPacks(deps.db, todayAt(school, at))).map((one) => policyRow(one, school.packId)) };
    },
  }),
  api({
    ...{ method: 'get', path: '/policies/:policy', name: 'getPolicy', may: schoolRoles },
    summary: 'One policy: its text, its versions, what the linter says, and how far its proof is',
    params: Policy,
    query: OneVersion,
    reply: PolicyFacts,
    handle: async (ctx) => policyFacts(ctx, await packAsked(ctx, ctx.params.policy, ctx.query.version)),
  }),
  api({
    ...{ method: 'post', path: '/policies/look', name: 'lookAtPolicy', may: policyKeepers },
    ...{ summary: 'Look at what keeping a policy would do, without doing it', more: aboutText },
    ...{ takes: 'application/yaml', reply: PolicyDraft, tells },
    handle: draftFacts,
  }),
  api({
    ...{ method: 'post', path: '/policies', name: 'keepPolicy', may: policyKeepers },
    summary: 'Keep a policy, or a new version of one',
    more: `${aboutText} New cases begin under it from the day it is in force; running ones stay on theirs. The trust’s new text gives each of its schools’ policies a new version. It is proved beside the request.`,
    takes: 'application/yaml',
    query: z.object({
      seen: z.string().max(100).optional().describe('From the look: it is refused if it would do something else'),
    }),
    reply: z.object({ id: z.string(), version: z.string(), fresh: z.boolean(), misfits: Misfits }),
    tells,
    handle: async (ctx) => {
      const { id, version, fresh, misfits } = await keep(ctx, await textOf(ctx), fileNameOf(ctx), ctx.query.seen);
      return { id, version, fresh, misfits };
    },
  }),
  api({
    ...{ method: 'get', path: '/policies/:policy/follow', name: 'lookAtFollowing', may: policyKeepers },
    summary: 'What it would mean for the school to follow another policy that is kept',
    params: Policy,
    reply: PolicyFollowing,
    handle: (ctx) => followingFacts(ctx, ctx.params.policy),
  }),
  api({
    ...{ method: 'post', path: '/policies/:policy/follow', name: 'followPolicy', may: policyKeepers },
    summary: 'Let the school follow another policy that is kept',
    more: 'New cases begin under it from the school’s date; running ones stay where they are until they are moved. The school’s file sets it back when it is read again, unless it names the same.',
    params: Policy,
    body: z.strictObject({
      seen: z.string().max(100).optional().describe('From the look: it is refused if it would mean something else'),
    }),
    reply: Followed,
    handle: async (ctx) => {
      const { now, on } = await follow(ctx, ctx.params.policy, ctx.body.seen);
      return { policy: now.pack, from: on };
    },
  }),
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
