import { z } from 'zod';
import { whyNotNow } from '../../policy/letters/may-go.ts';
import { Refusal } from '../../policy/refusal.ts';
import { type LetterSummary, letterFor } from '../../prisma/letter-lists.ts';
import { approvedAs, enclosuresWith } from '../../prisma/letters.ts';
import { readersOf } from '../../prisma/persons.ts';
import { noticesFallen } from '../../prisma/referrals.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { namesOf } from '../../prisma/users.ts';
import type { Ctx } from '../web/route.ts';
import { Person } from '../web/shapes.ts';
import { LetterRow, letterRow } from './letter-row.ts';

const count = z.int().nonnegative();
const Printed = z
  .object({ attended: count, possible: count, authorised: count, unauthorised: count })
  .meta({ id: 'LetterFigures', description: 'Sessions, as a letter prints them' });

/** One letter with its proof. */
export const Letter = z
  .object({
    ...LetterRow.shape,
    approvedBy: Person.nullable(),
    moved: z
      .object({ said: Printed, is: Printed, seen: z.string() })
      .nullable()
      .describe(
        'Of a held letter whose figures the register has changed: what it says, and what it would say. “seen” names the second',
      ),
    stop: z.string().nullable().describe('Of a printed letter: why it must not be posted, as things are now'),
    written: z.boolean().describe('Its PDF is there to be read'),
    pdfSha256: z.string().nullable(),
    enclosures: z
      .array(z.object({ number: z.int(), kind: z.string(), title: z.string(), sha256: z.string().describe('Of its PDF') }))
      .describe('What goes with it, once it is written'),
    attempts: z
      .array(
        z.object({
          number: z.int(),
          startedAt: z.iso.datetime(),
          finishedAt: z.iso.datetime().nullable(),
          outcome: z.string().nullable().describe('Null while nobody knows'),
          detail: z.string().nullable(),
        }),
      )
      .describe('Each try to send it by e-mail'),
  })
  .meta({ id: 'Letter' });

/**
 * The letter that an address names, if this person may see it.
 * @throws Refusal('NotFound') if there is none within reach.
 */
export async function letterAt({ deps, user }: Pick<Ctx, 'deps' | 'user'>, id: string) {
  const letter = await letterFor(deps.db, user, id);
  if (!letter) throw new Refusal('NotFound', 'There is no such letter within your reach');
  return letter;
}

export type LetterFound = Awaited<ReturnType<typeof letterAt>>;

/** What its page and a machine both say of it. */
export async function letterFacts(ctx: Pick<Ctx, 'deps' | 'at'>, letter: LetterFound): Promise<z.infer<typeof Letter>> {
  const names = await namesOf(ctx.deps.db, [letter.approvedBy]);
  return {
    ...letterRow(ctx.at)(letter),
    approvedBy: names.get(letter.approvedBy) ?? null,
    moved: letter.status === 'questioned' ? await ctx.deps.movedUnder(letter.id) : null,
    stop: (await whyNotPosted(ctx, [letter]))[0] ?? null,
    written: letter.pdf !== null,
    pdfSha256: letter.pdfSha256,
    enclosures: letter.enclosures.map(({ number, enclosure: { kind, title, sha256 } }) => ({ number, kind, title, sha256 })),
    attempts: letter.attempts.map(({ number, startedAt, finishedAt, outcome, detail }) => ({
      ...{ number, outcome, detail },
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    })),
  };
}

/**
 * Why each of these letters must not be posted, as one of the print queue may have to be stopped, or null. It can lie there while
 * an order comes in, the family moves, its address stops being safe, or its ground goes.
 */
export async function whyNotPosted(
  { deps, at }: Pick<Ctx, 'deps' | 'at'>,
  letters: readonly Omit<LetterSummary, 'case'>[],
): Promise<(string | null)[]> {
  const toPrint = letters.filter(({ status }) => status === 'to-print');
  const readers = new Map((await readersOf(deps.db, toPrint)).map((reader, i) => [toPrint[i]?.id, reader]));
  const fallen = await noticesFallen(deps.db, toPrint);
  const schools = await deps.db.school.findMany({ where: { id: { in: toPrint.map(({ schoolId }) => schoolId) } } });
  const days = new Map(schools.map((school) => [school.id, todayAt(school, at)]));
  return letters.map((letter) => {
    if (letter.status === 'questioned' && letter.channel === 'post') return letter.statusWhy;
    const on = letter.status === 'to-print' && days.get(letter.schoolId);
    return on ? (whyNotNow(approvedAs(letter), readers.get(letter.id) ?? null, on) ?? fallen.get(letter.id) ?? null) : null;
  });
}

/**
 * The letter as it went, or as it will go.
 * @throws Refusal('NotFound') before it is written.
 */
export async function letterPdf(ctx: Pick<Ctx, 'deps' | 'user'>, id: string) {
  const { pdf } = await letterAt(ctx, id);
  if (!pdf) throw new Refusal('NotFound', 'The letter is not written yet');
  return { file: 'letter.pdf', type: 'application/pdf', content: pdf };
}

/**
 * What goes with a letter, as it went or will go. They are numbered from 1.
 * @throws Refusal('NotFound') if there is no such one.
 */
export async function enclosurePdf(ctx: Pick<Ctx, 'deps' | 'user'>, { id, number }: { id: string; number: number }) {
  await letterAt(ctx, id);
  const enclosure = (await enclosuresWith(ctx.deps.db, id))[number - 1];
  if (!enclosure) throw new Refusal('NotFound', 'Nothing of that number goes with the letter');
  return { file: `${enclosure.kind}.pdf`, type: 'application/pdf', content: enclosure.pdf };
}
