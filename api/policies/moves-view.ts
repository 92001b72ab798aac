import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { counted } from '../../policy/counted.ts';
import { packOf } from '../../prisma/packs.ts';
import type { Ctx, View } from '../web/route.ts';
import { type OlderCase, olderCases } from './moves.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>;

/** The running cases that are under an older version of the school's policy: what would change in each, and which to move. */
export async function movesView(ctx: Asking, { stage = '' }: { stage?: string | undefined }): Promise<View> {
  const { policy, version, stages, cases } = await olderCases(ctx, stage === '' ? undefined : stage);
  const { title, 'in force': days } = await packOf(ctx.deps.db, policy, version);
  return {
    template: 'policies/moves.njk',
    model: {
      ...{ policy, title, version, since: longDay(days.from), stage, decisionKey: randomUUID() },
      stages: stages.map((name) => ({ value: name, text: capital(name) })),
      anyRefused: cases.some(({ refused }) => refused !== null) || stage !== '',
      can: cases.filter(({ refused }) => refused === null).map(shown),
      cannot: cases.filter(({ refused }) => refused !== null).map(shown),
    },
  };
}

const shown = ({ id, pupil, stage, policy, version, refused, says }: OlderCase) => ({
  ...{ id, name: pupil.name, className: pupil.className, href: `/cases/${id}`, refused },
  under: `at the stage “${stage}”, under version ${version} of ${policy}`,
  says: says.length > 0 ? says : ['Nothing would be otherwise today'],
});

/** What came of moving, in one sentence. */
export function movedSaid({ moved, kept }: { moved: readonly string[]; kept: readonly { why: string }[] }): string {
  const done = `${counted(moved.length, 'case')} moved to the version in force.`;
  const [first] = kept;
  return first ? `${done} ${counted(kept.length, 'case')} not: ${first.why}` : done;
}
