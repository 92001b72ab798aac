import { type Day, longDay } from '../../policy/calendar/day.ts';
import type { Role } from '../../policy/people/roles.ts';
import type { Db } from '../../prisma/client.ts';
import type { Entry } from '../../prisma/ledger.ts';
import { namesOf } from '../../prisma/users.ts';
import { personWords } from '../web/shapes.ts';

export type Kept = { seq: number; on: Day; byUser: string | null; forUser?: string | null; event: Entry };

/** What an event says of itself: its title, and a detail where there is one. */
export type Said = string | readonly [title: string, detail: string];

/** What an event says to a reader, and whether a person stands behind it or the rules do. */
type Told = { said: Said; personal: boolean };

/** Reads one ledger: what an event of it says; null if it means nothing to a reader. */
export type Say = (event: Entry) => Told | null;
/** A reader for one ledger: some events name what an earlier one said, so it gets to know all of them first. */
export type Teller = (events: readonly { event: Entry }[]) => Say;

/** An entry of a story: what happened, and where there is more to say, that; who did it, and what they wrote. */
type StoryEntry = {
  seq: number;
  day: Day;
  on: string;
  title: string;
  detail: string | null;
  by: string | null;
  words: string | null;
};

/** What a person wrote with an event. */
export const wordsOf = (event: Entry): string | null => (typeof event.words === 'string' ? event.words : null);

/** The title of what was said, and the detail. */
export const partsOf = (said: Said): [string, string | null] => (typeof said === 'string' ? [said, null] : [said[0], said[1]]);

/** A ledger as a story: an entry an event that means something to a reader, in the order it happened. */
export async function story(db: Db, events: readonly Kept[], teller: Teller): Promise<StoryEntry[]> {
  const names = await namesOf(
    db,
    events.flatMap(({ byUser, forUser = null }) => [byUser, forUser]),
  );
  return storyFrom(events, names, teller(events));
}

/** The same, with the names of all who are on record. */
export const storyFrom = (
  events: readonly Kept[],
  names: ReadonlyMap<string, { name: string; role: Role }>,
  say: Say,
): StoryEntry[] =>
  events.flatMap(({ seq, on, byUser, forUser, event }) => {
    const told = say(event);
    if (told === null) return [];
    const [title, detail] = partsOf(told.said);
    const who = told.personal && byUser !== null ? names.get(byUser) : undefined;
    const away = names.get(forUser ?? '');
    const by = who ? [personWords(who), ...(away ? [`for ${personWords(away)}`] : [])].join(', ') : null;
    return [{ seq, day: on, on: longDay(on), title, detail, by, words: wordsOf(event) }];
  });
