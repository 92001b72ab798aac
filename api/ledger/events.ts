import { z } from 'zod';
import { eventsAfter, eventsOf } from '../../prisma/ledger.ts';
import { namesOf } from '../../prisma/users.ts';
import { pageOf } from '../web/paging.ts';
import type { Ctx } from '../web/route.ts';
import { Person } from '../web/shapes.ts';
import { partsOf, type Teller, wordsOf } from './story.ts';

/** One event as a machine reads it: what it says, and all that its hash covers. */
const LedgerEvent = z
  .object({
    seq: z.int(),
    on: z.iso.date().describe('The school’s date'),
    at: z.iso.datetime().describe('When it was written'),
    type: z.string(),
    says: z.string().nullable().describe('In a few words; null if it means nothing to a reader'),
    by: Person.nullable().describe('Null when the rules did it, whoever set them going'),
    for: Person.nullable().describe('Who was away, if that person decided in their place'),
    words: z.string().nullable().describe('What the person wrote'),
    inputKey: z.string().describe('What was said to the matter, by its key'),
    byUser: z.string().nullable(),
    forUser: z.string().nullable(),
    body: z.record(z.string(), z.unknown()),
    prevHash: z.string(),
    hash: z.string().describe('SHA-256 over the hash before it and all of the event'),
  })
  .meta({ id: 'LedgerEvent' });

export const LedgerPage = pageOf(LedgerEvent);

export const AfterEvent = z.object({
  after: z.coerce
    .number()
    .int()
    .positive()
    .max(2_147_483_647)
    .optional()
    .describe('Where the page begins: the "next" of the page before'),
});

/** A page of a matter's ledger, oldest first. Whoever calls this has looked whether the asker may read it. */
export async function ledgerPage(
  { deps, query }: Pick<Ctx<unknown, z.infer<typeof AfterEvent>>, 'deps' | 'query'>,
  matterId: string,
  teller: Teller,
): Promise<z.infer<typeof LedgerPage>> {
  const { rows, next } = await eventsAfter(deps.db, matterId, query.after);
  const names = await namesOf(
    deps.db,
    rows.flatMap(({ byUser, forUser }) => [byUser, forUser]),
  );
  const say = teller(await eventsOf(deps.db, matterId));
  return {
    next,
    rows: rows.map(({ seq, on, at, type, byUser, forUser, inputKey, body, event, prevHash, hash }) => {
      const told = say(event);
      return {
        ...{ seq, on, at: at.toISOString(), type, inputKey, byUser, forUser, prevHash, hash },
        says: told && partsOf(told.said).filter(Boolean).join('. '),
        ...{ words: wordsOf(event), body: body as Record<string, unknown> },
        by: (told?.personal && names.get(byUser ?? '')) || null,
        for: (told?.personal && names.get(forUser ?? '')) || null,
      };
    }),
  };
}
