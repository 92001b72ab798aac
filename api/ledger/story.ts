import { type Day, shortDay } from '../../policy/calendar/day.ts';
import type { Db } from '../../prisma/client.ts';
import type { Entry } from '../../prisma/ledger.ts';
import { namesOf } from '../../prisma/users.ts';
import { personWords } from '../web/shapes.ts';

type Kept = { seq: number; on: Day; byUser: string | null; event: Entry };
type Told = { seq: number; on: string; text: string; by: string | null; words: string | null };

/** What an event says in a few words; null if it means nothing to a reader. */
export type Say = (event: Entry) => string | null;

/** What a person wrote with an event. */
export const wordsOf = (event: Entry): string | null => (typeof event.words === 'string' ? event.words : null);

/** A ledger as a story: an entry an event that means something to a reader, in the order it happened. */
export async function story(db: Db, events: readonly Kept[], say: Say): Promise<Told[]> {
  const names = await namesOf(
    db,
    events.map(({ byUser }) => byUser),
  );
  return events.flatMap(({ seq, on, byUser, event }) => {
    const text = say(event);
    const who = byUser === null ? undefined : names.get(byUser);
    return text === null ? [] : [{ seq, on: shortDay(on), text, by: who ? personWords(who) : null, words: wordsOf(event) }];
  });
}
