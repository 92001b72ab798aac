import { randomUUID } from 'node:crypto';
import { capital } from '../../policy/capital.ts';
import { counted } from '../../policy/counted.ts';
import { type KeptVersion, keptVersions, newestPack, packOf } from '../../prisma/packs.ts';
import { type Called, toldApart } from '../../prisma/told-apart.ts';
import type { Ctx, View } from '../web/route.ts';
import { type OlderAsked, type OlderCase, olderCases } from './moves.ts';
import { versionInWords } from './version-words.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>;

/** The running cases that are under an older version of the school's policy: what would change in each, and which to move. */
export async function movesView(ctx: Asking, { stage = '', after }: OlderAsked): Promise<View> {
  const { policy, version, stages, cases, next } = await olderCases(ctx, { stage: stage === '' ? undefined : stage, after });
  const { title } = await packOf(ctx.deps.db, policy, version);
  const called = await toldApart(
    ctx.deps.db,
    cases.map(({ pupil }) => pupil.id),
  );
  const { titled, under } = await versionsNamed(ctx, [policy, ...cases.map((one) => one.policy)]);
  const say = (one: OlderCase) => shown(one, under(one), called);
  return {
    template: 'policies/moves.njk',
    model: {
      ...{ policy, title, version, now: under({ policy, version }), stage, decisionKey: randomUUID() },
      next: next && `/policy-moves?${new URLSearchParams({ ...(stage === '' ? {} : { stage }), after: next })}`,
      stages: stages.map((name) => ({ value: name, text: capital(name) })),
      anyRefused: cases.some(({ refused }) => refused !== null) || stage !== '',
      others: [...new Set(cases.flatMap((one) => (one.policy === policy ? [] : [one.policy])))].map((id) => ({
        ...{ href: `/policies/${id}`, text: titled(id) },
      })),
      can: cases.filter(({ refused }) => refused === null).map(say),
      cannot: cases.filter(({ refused }) => refused !== null).map(say),
    },
  };
}

/** How each version of these policies is named: by its policy, and by when it is in force. */
async function versionsNamed({ deps }: Asking, policies: readonly string[]) {
  const known = new Map<string, { title: string; versions: KeptVersion[] }>();
  for (const id of new Set(policies))
    known.set(id, { title: (await newestPack(deps.db, id)).pack.title, versions: await keptVersions(deps.db, id) });
  const titled = (policy: string): string => known.get(policy)?.title ?? policy;
  const under = ({ policy, version }: { policy: string; version: string }): string =>
    `the version of ${titled(policy)} ${versionInWords(known.get(policy)?.versions ?? [], version)}`;
  return { titled, under };
}

const shown = ({ id, pupil, stage, refused, says }: OlderCase, under: string, called: Called) => ({
  ...{ id, name: called(pupil), className: pupil.className, href: `/cases/${id}`, refused },
  under: `at the stage “${stage}”, under ${under}`,
  says: says.length > 0 ? says : ['Nothing would be otherwise today'],
});

/** What came of moving, in one sentence. */
export function movedSaid({ moved, kept }: { moved: readonly string[]; kept: readonly { why: string }[] }): string {
  const done = `${counted(moved.length, 'case')} moved to the version in force.`;
  const [first] = kept;
  return first ? `${done} ${counted(kept.length, 'case')} not: ${first.why}` : done;
}
