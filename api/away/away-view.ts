import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import type { StandsFor } from '../../prisma/delegations.ts';
import { namesOf } from '../../prisma/users.ts';
import { date, select } from '../layout/fields.ts';
import type { Ctx, View } from '../web/route.ts';
import { personWords } from '../web/shapes.ts';
import type { SignedIn } from '../web/signed-in.ts';
import { awayFacts } from './facts.ts';

/** The page on which a person says who decides for them, with what was typed before. */
export async function awayView(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, typed: Record<string, unknown> = {}): Promise<View> {
  const { named, decidesFor, colleagues } = await awayFacts(ctx);
  const people = colleagues.map(({ id, ...person }) => ({ value: id, text: personWords(person) }));
  return {
    template: 'away/away.njk',
    model: {
      named: named.map(({ id, from, until, ...person }) => ({ id, who: personWords(person), days: span(from, until) })),
      decidesFor: decidesFor.map(({ until, ...person }) => `${personWords(person)}, until ${longDay(until)}`),
      fields: [
        select('to', 'Who decides for you', [{ value: '', text: 'Choose' }, ...people]),
        date('from', 'First day'),
        date('until', 'Last day'),
      ],
      ...{ typed, decisionKey: typed.decisionKey ?? randomUUID() },
    },
  };
}

/** What the inbox says of who is away: for whom this person decides, and who decides for them. */
export async function awayLines(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, those: readonly StandsFor[]) {
  const { named } = await awayFacts(ctx);
  return [
    ...those.map(({ of, until }) => `You decide for ${personWords(of)}, until ${longDay(until)}.`),
    ...named.map(({ from, until, ...person }) => `${personWords(person)} decides for you: ${span(from, until)}.`),
  ];
}

const span = (from: string, until: string): string => (from === until ? longDay(from) : `${longDay(from)} to ${longDay(until)}`);

/** In whose place this person decides, if they do. */
export async function awayWords({ deps }: Pick<Ctx, 'deps'>, { for: away }: SignedIn): Promise<string | null> {
  const person = away === undefined ? undefined : (await namesOf(deps.db, [away])).get(away);
  return person ? personWords(person) : null;
}
