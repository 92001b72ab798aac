import type { AuthorityProfile } from './authority.ts';
import { authorityInWords, type DecidedThere } from './authority-in-words.ts';

/** Something that one profile says otherwise than another, in the words of a page. */
export type AuthorityChange = { about: string; was: string | null; now: string | null };

/** What is otherwise under another profile: what is new, what is gone, and what now says something else. */
export function authorityChanges(was: AuthorityProfile, now: AuthorityProfile): AuthorityChange[] {
  const [before, after] = [was, now].map(authorityInWords) as [DecidedThere[], DecidedThere[]];
  const gone = before.filter((one) => !after.some((other) => isSame(one, other)));
  const fresh = after.filter((one) => !before.some((other) => isSame(one, other)));
  const abouts = [...new Set([...gone, ...fresh].map(({ about }) => about))];
  return abouts.map((about) => ({ about, was: saidOf(gone, about), now: saidOf(fresh, about) }));
}

const isSame = (a: DecidedThere, b: DecidedThere): boolean => a.about === b.about && a.says === b.says;

function saidOf(list: readonly DecidedThere[], about: string): string | null {
  const says = list.filter((one) => one.about === about).map((one) => one.says);
  return says.length === 0 ? null : says.join('; ');
}
