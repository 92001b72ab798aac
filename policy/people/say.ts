import { Refusal } from '../refusal.ts';
import { type Alike, keptApart, type Pair, personsIn, type Said } from './matching.ts';

/** What a person says of two that look alike: one, two, or that it is to be asked again. */
export const verdicts = ['one', 'two', 'ask'] as const;
export type Verdict = (typeof verdicts)[number];

export type Kind = 'contact' | 'pupil';

type Known = { alike: readonly Alike[]; said: readonly Said[] };

/**
 * Why a verdict on two contacts or pupils cannot be taken, thrown; else what is kept as its reason. Contacts are joined only
 * on grounds that stand beside them, never by name alone; pupils never: their marks are in two registers.
 * @throws Refusal('NotAllowed') naming what has to be done first.
 */
export function reasonOf(kind: Kind, pair: Pair, verdict: Verdict, { alike, said }: Known): string {
  const is = ({ first, second }: Pair) => first === pair.first && second === pair.second;
  if (verdict === 'ask') return 'To be asked again';
  if (verdict === 'two') return apart(kind, pair, said);
  if (kind === 'pupil')
    throw new Refusal('NotAllowed', 'Two pupils are never joined here: mend the admission number or the UPN in your own system');
  const ground = alike.find(is);
  if (ground) return ground.because.join('; ');
  if (keptApart(pair, said))
    throw new Refusal('NotAllowed', 'It was said that these are two people: ask again first, if that was wrong');
  throw new Refusal('NotAllowed', 'Nothing but a name speaks for these being one person, or they are one already');
}

function apart(kind: Kind, { first, second }: Pair, said: readonly Said[]): string {
  const person = personsIn(said.filter((one) => one.first !== first || one.second !== second));
  if (kind === 'contact' && person(first) === person(second))
    throw new Refusal('NotAllowed', 'They are one person by way of another contact: part that one first');
  return kind === 'contact' ? 'Two people' : 'Two pupils';
}
