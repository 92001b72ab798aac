import { z } from 'zod';
import { lintText } from '../../policy/lint/lint-text.ts';
import { changesInWords, type PartChange } from '../../policy/pack/changes-in-words.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { type KeptPack, keptVersions, layersOf } from '../../prisma/packs.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import type { Ctx } from '../web/route.ts';
import { FoundInPolicy, fileNameOf, found, looked, seenOf, textOf } from './bring-in.ts';
import { PolicyProof, proofFacts } from './proof.ts';

const InForce = z.object({ from: z.iso.date(), to: z.iso.date().nullable() });
export const PolicyRow = z
  .object({
    ...{ id: z.string(), title: z.string() },
    own: z.boolean().describe('Whether it is the one that the user’s school follows'),
    extends: z.string().nullable().describe('The trust’s policy over which it is written'),
    version: z.string().describe('The version in force, or else the newest'),
    ...{ inForce: InForce, versions: z.int().describe('How many are kept') },
  })
  .meta({ id: 'PolicyRow', description: 'A policy that is kept' });

export const PolicyFacts = PolicyRow.omit({ versions: true })
  .extend({
    ...{ source: z.string(), text: z.string().describe('As it was written, in YAML') },
    versions: z.array(z.object({ version: z.string(), keptAt: z.iso.datetime(), inForce: InForce })),
    findings: z.array(FoundInPolicy),
    proof: PolicyProof,
  })
  .meta({ id: 'Policy', description: 'One version of a policy, with what the linter says and how far its proof is' });

export const policyRow = (
  { pack, version, versions }: KeptPack & { versions: number },
  own: string,
): z.infer<typeof PolicyRow> => ({
  ...{ id: pack.pack, title: pack.title, own: pack.pack === own, extends: pack.extends ?? null, version, versions },
  inForce: { from: pack['in force'].from, to: pack['in force'].to ?? null },
});

/** One version of a policy. */
export async function policyFacts(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, kept: KeptPack): Promise<z.infer<typeof PolicyFacts>> {
  const { db } = ctx.deps;
  const { pack, version } = kept;
  const { packId } = await schoolOf(db, ctx.user);
  const { text, baseOf } = await layersOf(db, pack.pack, version);
  const versions = await keptVersions(db, pack.pack);
  return {
    ...policyRow({ ...kept, versions: versions.length }, packId),
    ...{ source: pack.source, text },
    versions: versions.map(({ version, keptAt, inForceFrom, inForceTo }) => ({
      ...{ version, keptAt: keptAt.toISOString() },
      inForce: { from: dayOf(inForceFrom), to: inForceTo && dayOf(inForceTo) },
    })),
    findings: lintText(text, pack.pack, baseOf).map(found),
    proof: await proofFacts(ctx, kept),
  };
}

export const Misfits = z
  .array(z.object({ id: z.string(), why: z.string() }))
  .describe('Policies of the trust’s schools that do not fit it');
export const PolicyDraft = z
  .object({
    ...{ id: z.string(), title: z.string(), version: z.string(), inForce: InForce },
    seen: z.string().describe('To be said when it is kept: if it would do something else by then, it is refused'),
    known: z.boolean().describe('Whether this very version is kept already'),
    replaces: z.string().nullable().describe('The version in force today'),
    changes: z.array(z.object({ part: z.string(), kind: z.enum(['new', 'gone', 'changed']), says: z.array(z.string()) })),
    findings: z.array(FoundInPolicy),
    extending: z.array(z.string()).describe('Policies of the trust’s schools that get a new version over it'),
    misfits: Misfits,
    running: z.int().describe('Cases of the school under it: they stay on the version that they began under'),
  })
  .meta({ id: 'PolicyDraft', description: 'What keeping a policy’s text would do' });

/** What keeping the text of a request would do. */
export async function draftFacts(ctx: Ctx): Promise<z.infer<typeof PolicyDraft>> {
  const draft = await looked(ctx, await textOf(ctx), fileNameOf(ctx));
  const { pack, version, known, inForce, findings, extending, running } = draft;
  return {
    ...{ id: pack.pack, title: pack.title, version, known, replaces: inForce?.version ?? null, running },
    ...{ seen: seenOf(draft), findings: findings.map(found) },
    inForce: { from: pack['in force'].from, to: pack['in force'].to ?? null },
    changes: inForce ? changesInWords(inForce.pack, pack).map(changeFacts) : [],
    extending: extending.flatMap(({ id, why }) => (why === null ? [id] : [])),
    misfits: extending.flatMap(({ id, why }) => (why === null ? [] : [{ id, why }])),
  };
}

/** A change as machines read it. */
export const changeFacts = ({ title, kind, changes }: PartChange) => ({
  ...{ part: title, kind },
  says: changes.map((one) => {
    if (one.kind === 'moved') return `Now in this order: ${one.now.join('; ')}`;
    if (one.kind === 'changed') return `Before: ${one.was}. Now: ${one.now}`;
    return one.kind === 'new' ? `New: ${one.now}` : `Gone: ${one.was}`;
  }),
});
