import { z } from 'zod';
import { byItself, kindOf } from '../../policy/case/approved-together.ts';
import { emergencyContact } from '../../policy/letters/may-write.ts';
import { Refusal } from '../../policy/refusal.ts';
import { hasTaken } from '../../prisma/cases.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import { decide, previewed } from '../inbox/decide.ts';
import { proposalAt, proposalFacts } from '../inbox/facts.ts';
import { inputKey } from '../inbox/together.ts';
import { delicateFlags } from '../layout/flags.ts';
import type { PreviewShown } from '../letters/preview.ts';
import type { Ctx } from '../web/route.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>;

/** As many as a page of the inbox holds. */
export const most = 50;

/** A proposal of a case, and the version of it that the person saw. */
export const Seen = z
  .strictObject({ matterId: z.uuid(), key: z.string().regex(/^[\w-]{1,60}$/), version: z.int().positive() })
  .meta({ id: 'ProposalSeen' });
export type Seen = z.infer<typeof Seen>;

/** What became of one of several that were to be approved together. */
export const Approval = z
  .object({
    ...{ matterId: z.uuid(), key: z.string() },
    pupil: z.string().nullable().describe('Null if no such proposal is within reach'),
    outcome: z.enum(['approved', 'refused', 'left out']),
    because: z.string().nullable(),
  })
  .meta({ id: 'Approval', description: 'Left out is what is decided by itself; refused, what its case did not take' });
type Approval = z.infer<typeof Approval>;

/** One of several, as it stands now: what says that it is decided by itself, or that its case would not take it. */
export type Looked = {
  seen: Seen;
  pupil: { id: string; name: string; className: string } | null;
  asked: string;
  sentence: string;
  letters: { to: string; channel: string }[];
  without: PreviewShown['without'];
  leftOut: string | null;
  refused: string | null;
};

/** Looks at several, each with the letters that it would send. All that are approved together are of the first one's kind. */
export async function lookedAt(
  ctx: Asking,
  several: readonly (Omit<Seen, 'version'> & { version?: number | undefined })[],
): Promise<Looked[]> {
  const looked: Looked[] = [];
  let kind: string | null = null;
  for (const { version, ...named } of several) {
    const at = await unlessRefused(() => proposalAt(ctx, named));
    if (typeof at === 'string') {
      const unknown = { pupil: null, asked: '', sentence: '', letters: [], without: [], refused: null };
      looked.push({ seen: { ...named, version: version ?? 1 }, ...unknown, leftOut: at });
      continue;
    }
    const { pupil, asked, sentence, mine, version: newest } = proposalFacts(named, at);
    const seen = { ...named, version: version ?? newest };
    const alone = mine ? byItself(at.proposal) : 'It does not wait for you';
    if (alone === null) kind ??= kindOf(at.proposal);
    const other = alone === null && kindOf(at.proposal) !== kind ? 'It is of another kind than the first' : null;
    const delicate = delicateFlags(at.found.pupil.flags).join(', ');
    const because = alone ?? other ?? (delicate === '' ? null : `Look twice: ${delicate}`);
    const { letters, without, refused } = because === null ? await previewed(ctx, named, { ...seen, ...approval }) : nothing;
    looked.push({
      ...{ seen, pupil, asked, sentence, refused, without },
      letters: letters.map(({ letter, channel }) => ({ to: letter.recipient.name, channel })),
      leftOut: because ?? (refused === null ? warning(without) : null),
    });
  }
  return looked;
}

const approval = { decision: { choice: 'approve' } } as const;
const nothing = { letters: [], without: [], refused: null };

/** Why somebody who might expect a letter gets none. Who is only rung in an emergency expects none. */
function warning(without: PreviewShown['without']): string | null {
  const warned = without.filter(({ because }) => because !== emergencyContact);
  return warned.length === 0 ? null : warned.map(({ name, because }) => `${name} gets none: ${because}`).join('. ');
}

/**
 * Approves several, each as a decision of its own that names the version that was seen: what its case refuses is told, and the
 * rest goes on. A repeat of the same asking finds what was taken, and does nothing twice.
 */
export async function approveTogether(ctx: Asking, several: readonly Seen[]): Promise<Approval[]> {
  const asking = (one: Seen) => ({ ...ctx, key: stableId(`${ctx.key} ${one.matterId} ${one.key}`) });
  const taken = await Promise.all(several.map((one) => hasTaken(ctx.deps.db, one.matterId, inputKey(asking(one)))));
  const looked = await lookedAt(ctx, several);
  const ids = looked.flatMap(({ pupil }) => pupil?.id ?? []);
  const called = await toldApart(ctx.deps.db, ids, { classShown: false });
  const results: Approval[] = [];
  let away: string | null = null;
  for (const [i, { seen, pupil, leftOut, refused }] of looked.entries()) {
    const of = { matterId: seen.matterId, key: seen.key, pupil: pupil && called(pupil) };
    const tell = (outcome: Approval['outcome'], because: string | null) => results.push({ ...of, outcome, because });
    if (taken[i]) tell('approved', null);
    else if (leftOut !== null) tell('left out', leftOut);
    else if (refused !== null || away !== null) tell('refused', refused ?? away);
    else {
      const { matterId, key, version } = seen;
      const done = await unlessRefused(
        () => decide(asking(seen), { matterId, key }, { version, ...approval }),
        (code) => {
          // Nobody waits for each of fifty when the engine answers none.
          if (code === 'Unavailable')
            away = 'The case engine does not answer just now. Nothing was decided: try again in a moment';
        },
      );
      if (typeof done === 'string') tell('refused', done);
      else tell('approved', null);
    }
  }
  return results;
}

/** What was refused is told of the one it concerns. */
async function unlessRefused<T>(ask: () => Promise<T>, refused: (code: string) => void = () => {}): Promise<T | string> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refused(error.code);
    return error.message;
  }
}
