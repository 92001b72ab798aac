import { londonDay, londonTime, plainDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { changesInWords } from '../../policy/pack/changes-in-words.ts';
import { keptVersions, newestPack, packOf } from '../../prisma/packs.ts';
import type { Ctx, View } from '../web/route.ts';

/** What is new, gone and changed between two versions of a policy that are kept: if not said, the newest and the one before it. */
export async function changesView({
  deps: { db },
  params,
  query,
}: Ctx<{ policy: string }, { from?: string | undefined; to?: string | undefined }>): Promise<View> {
  const { pack: newest } = await newestPack(db, params.policy);
  const versions = await keptVersions(db, params.policy);
  const to = query.to ?? versions[0]?.version ?? '';
  const from = query.from ?? versions[1]?.version ?? to;
  const [before, after] = await Promise.all([packOf(db, params.policy, from), packOf(db, params.policy, to)]);
  return {
    template: 'policies/changes.njk',
    model: {
      ...{ id: newest.pack, title: newest.title, from, to, one: versions.length === 1 },
      versions: versions.map(({ version, keptAt }, i) => ({
        version,
        text: capital(`${i === 0 ? 'newest, ' : ''}${kept(keptAt)}: ${version}`),
      })),
      changes: changesInWords(before, after),
    },
  };
}

function kept(at: Date): string {
  const ms = at.getTime();
  return `kept on ${plainDay(londonDay(ms))} at ${londonTime(ms)}`;
}
