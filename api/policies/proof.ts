import { z } from 'zod';
import { plainDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { counted } from '../../policy/counted.ts';
import type { Role } from '../../policy/people/roles.ts';
import type { Proof, Verdict } from '../../policy/prove/prove.ts';
import type { KeptPack } from '../../prisma/packs.ts';
import { askProof, isOutOfDate, type KeptProof, proofOf } from '../../prisma/proofs.ts';
import { release } from '../../prisma/release.ts';
import { instant } from '../letters/words.ts';
import type { Ctx } from '../web/route.ts';
import { policyKeepers } from './reach.ts';

/** What going through all that can happen under a version of a policy came to. */
export const PolicyProof = z
  .object({
    version: z.string(),
    status: z.enum(['not asked', 'waiting', 'running', 'done', 'failed']),
    why: z.string().nullable().describe('Why it failed'),
    finishedAt: z.iso.datetime().nullable(),
    madeBy: z.string().nullable().describe('The release of Firstbell by whose rules it was made; null for an early one'),
    outOfDate: z.boolean().describe('Whether the rules of this release are others than those it was made by'),
    whole: z.boolean().nullable().describe('Whether it was all that can happen; otherwise there was too much of it'),
    situations: z.int().nullable().describe('How many different situations of a case were looked at'),
    notTried: z
      .array(z.string())
      .nullable()
      .describe(
        'Stages that no case came to and rules that never became so: nothing is proved of them. Null while that is not known',
      ),
    promises: z.array(
      z.object({
        promise: z.string(),
        kept: z.boolean(),
        why: z.string().nullable(),
        path: z.array(z.string()).describe('The shortest way to where it is broken, a step each'),
      }),
    ),
  })
  .meta({ id: 'PolicyProof', description: 'Whether what is promised of every policy is kept, whatever happens to a case' });

/** Has this version proved, beside the request. */
export async function beginProof({ deps }: Pick<Ctx, 'deps'>, { pack, version }: KeptPack): Promise<void> {
  await askProof(deps.db, { packId: pack.pack, version });
  deps.prove();
}

const proofAt = (deps: Ctx['deps'], { pack, version }: KeptPack): Promise<KeptProof> =>
  proofOf(deps.db, { packId: pack.pack, version });

/** For machines. */
export async function proofFacts({ deps }: Pick<Ctx, 'deps'>, kept: KeptPack): Promise<z.infer<typeof PolicyProof>> {
  const found = await proofAt(deps, kept);
  const { status, proof, why, finishedAt, madeBy } = found;
  return {
    ...{ version: kept.version, status, why, finishedAt: finishedAt?.toISOString() ?? null },
    ...{ madeBy, outOfDate: isOutOfDate(found) },
    ...{ whole: proof?.whole ?? null, situations: proof?.states ?? null, notTried: proof?.notTried ?? null },
    promises: (proof?.verdicts ?? []).map(({ says, refuted }) => ({
      ...{ promise: says, kept: refuted === null, why: refuted?.why ?? null, path: refuted ? pathOf(refuted) : [] },
    })),
  };
}

const going: Partial<Record<KeptProof['status'], string>> = {
  waiting: 'It waits to be looked at.',
  running: 'All that can happen is being gone through. That takes half a minute or so.',
};

/** For the page of the policy. */
export async function proofView({ deps }: Pick<Ctx, 'deps'>, kept: KeptPack, role: Role) {
  const found = await proofAt(deps, kept);
  const { status, proof, why, finishedAt } = found;
  // What was found before stays on the page while it is found anew.
  const known = status === 'failed' ? null : proof;
  return {
    ...{ version: kept.version, going: going[status] ?? null, why, outOfDate: isOutOfDate(found) ? outOfDateSaid(found) : null },
    may: policyKeepers.some((one) => one === role),
    notAsked: status === 'not asked',
    says: known && finishedAt ? lookedInWords(known, finishedAt) : null,
    notTried: known?.notTried ?? [],
    promises: known ? known.verdicts.map((one) => promiseShown(one, known.whole)) : [],
  };
}

function outOfDateSaid({ madeBy, status }: KeptProof): string {
  const then =
    status === 'done' || status === 'failed' ? '. What is in force, or has running cases, is gone through again by itself' : '';
  if (madeBy === release) return `This was found by other rules than Firstbell has now, which may come to something else${then}.`;
  const by = madeBy === null ? 'an earlier release of Firstbell' : `Firstbell ${madeBy}`;
  return `This was found by ${by}, and this is Firstbell ${release}, whose rules may come to something else${then}.`;
}

const lookedInWords = ({ states, whole }: Proof, at: Date): string =>
  `Looked at on ${instant(at)}: ${counted(states, 'situation')} of a case, ${whole ? 'all that there are' : 'and there are more'}.`;

function promiseShown({ says, refuted }: Verdict, whole: boolean) {
  const kept = whole ? { text: 'Kept', colour: 'green' } : { text: 'Kept so far', colour: 'yellow' };
  const tag = refuted ? { text: 'Broken', colour: 'red' } : kept;
  return { says, tag, why: refuted?.why ?? null, path: refuted ? pathOf(refuted) : [] };
}

const pathOf = ({ path }: NonNullable<Verdict['refuted']>): string[] =>
  path.map((step) => capital(step.replaceAll(/\b\d{4}-\d\d-\d\d\b/g, (day) => plainDay(day))));
