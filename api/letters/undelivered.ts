import { z } from 'zod';
import { whyNotNow } from '../../policy/letters/may-go.ts';
import { approvedThere, type LetterSummary, undeliveredOf, unknownOf } from '../../prisma/letter-lists.ts';
import { approvedAs } from '../../prisma/letters.ts';
import { readersOf } from '../../prisma/persons.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import type { Ctx } from '../web/route.ts';
import { api } from '../web/routes.ts';
import { LetterRow, letterRow } from './letter-row.ts';
import { office } from './reach.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/**
 * Letters of open cases that came back or were refused, as long as the address they went to is still the one on record: the
 * next letter would come back as well, so somebody has to ask the family. One that was mended is off the list by itself.
 */
export async function undelivered({ deps, user, at }: Asking): Promise<LetterSummary[]> {
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const letters = await undeliveredOf(deps.db, school.id);
  const readers = await readersOf(deps.db, letters);
  return letters.filter((letter, i) => whyNotNow(approvedAs(letter), readers[i] ?? null, today) === null);
}

/** The same, in a line each. */
export const undeliveredLines = async (ctx: Asking) => lines(ctx, await undelivered(ctx));

/**
 * Letters of which a person has to find out whether they arrived, in a line each: they are never sent again by themselves. An officer
 * is asked of those of the authority, the school's office of all others.
 */
export async function inDoubtLines(ctx: Asking) {
  const { deps, user } = ctx;
  return lines(
    ctx,
    user.schoolId === null
      ? await approvedThere(deps.db, user.authorityId ?? 'none', 'unknown')
      : await unknownOf(deps.db, (await schoolOf(deps.db, user)).id),
  );
}

/** Each letter in a line, its pupil told apart from a namesake, and where it is. */
async function lines({ deps, at }: Asking, letters: readonly LetterSummary[]): Promise<{ text: string; href: string }[]> {
  const ids = letters.map(({ pupilId }) => pupilId);
  const called = await toldApart(deps.db, ids, { classShown: false });
  return letters.map((letter) => {
    const { id, pupil, title, to, says } = letterRow(at)(letter);
    return { text: `${called({ id: letter.pupilId, name: pupil })}: ${title} to ${to}. ${says}`, href: `/letters/${id}` };
  });
}

/** The same for machines; people see it first in their inbox. */
export const undeliveredRoutes = [
  api({
    ...{ method: 'get', path: '/letters/undelivered', name: 'listUndeliveredLetters', may: office },
    summary: 'Letters of open cases that did not arrive, and whose address is still the one on record',
    reply: z.object({ rows: z.array(LetterRow) }),
    handle: async (ctx) => ({ rows: (await undelivered(ctx)).map(letterRow(ctx.at)) }),
  }),
];
