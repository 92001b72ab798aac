import type { z } from 'zod';
import { type Pair, pairOf, personsIn, type Said } from '../../policy/people/matching.ts';
import { type Kind, reasonOf, type Verdict } from '../../policy/people/say.ts';
import { Refusal } from '../../policy/refusal.ts';
import { keepSaid, oneSpeakerAt } from '../../prisma/persons.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import type { Ctx } from '../web/route.ts';
import { known } from './facts.ts';
import type { SaySame } from './shapes.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/**
 * Keeps what this person says of some pairs, all or none; who said it, when and why stay on record.
 * @throws Refusal('NotFound') if one of a pair is not of the user's school, or 'NotAllowed' as the rules refuse it.
 */
export async function saySame(ctx: Asking, { pairs, verdict, why }: z.infer<typeof SaySame>): Promise<{ changed: number }> {
  const { id: schoolId } = await schoolOf(ctx.deps.db, ctx.user);
  return ctx.deps.db.$transaction(
    async (tx) => {
      await oneSpeakerAt(tx, schoolId);
      const { contact, pupil } = await known(tx, ctx);
      const all = { contact, pupil };
      const said: Record<Kind, readonly Said[]> = { contact: contact.said, pupil: pupil.said };
      let changed = 0;
      for (const { kind, first, second } of pairs) {
        const pair = pairOf(first, second);
        if (first === second || !all[kind].rows.has(first) || !all[kind].rows.has(second))
          throw new Refusal('NotFound', `There is no such ${kind} at your school`);
        if (saidAlready(pair, verdict, said[kind])) continue;
        const reason = reasonOf(kind, pair, verdict, { alike: all[kind].alike, said: said[kind] });
        const words = [reason, ...(why ? [why] : [])].join('. ');
        await keepSaid(tx, { schoolId, kind, ...pair, verdict, why: words, by: ctx.user.id, at: new Date(ctx.at) });
        said[kind] = withSaid(said[kind], pair, verdict);
        changed++;
      }
      return { changed };
    },
    { timeout: 30_000 },
  );
}

const isPair = (one: Pair, pair: Pair): boolean => one.first === pair.first && one.second === pair.second;

/** What is said now counts for the pairs after it. */
const withSaid = (said: readonly Said[], pair: Pair, verdict: Verdict): Said[] => [
  ...said.filter((one) => !isPair(one, pair)),
  ...(verdict === 'ask' ? [] : [{ ...pair, verdict }]),
];

function saidAlready(pair: Pair, verdict: Verdict, said: readonly Said[]): boolean {
  const there = said.find((one) => isPair(one, pair));
  if (there) return there.verdict === verdict;
  const person = personsIn(said);
  return verdict === 'ask' || (verdict === 'one' && person(pair.first) === person(pair.second));
}
