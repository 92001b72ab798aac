import type { Preview } from '../../policy/letters/printed.ts';
import type { TemplateId } from '../../policy/letters/templates.ts';
import type { Db, Tx } from '../../prisma/client.ts';
import { enclosurePdf, letterPdf } from '../letters/pdf.ts';
import { printedLetter } from '../letters/render.ts';
import { type Advance, advance } from './advance.ts';
import { loads } from './loads.ts';
import { pupilCircumstances } from './pupil-circumstances.ts';

class RolledBack extends Error {}

/**
 * What a decision would send, letter by letter: the decision itself, done and taken back in one transaction, so that the
 * preview can never differ from what goes out. `words` is what the person has written with it so far.
 */
export async function previewDecision(db: Db, now: number, asked: Advance, words: string | null): Promise<Preview> {
  let preview: Preview = { refused: null, letters: [], enclosures: [], without: [] };
  try {
    await db.$transaction(async (tx) => {
      await keepWords(tx, asked.input, words);
      const before = await tx.letter.findMany({ where: { matterId: asked.matterId }, select: { id: true } });
      const { refused } = await advance(tx, loads, now, { ...asked, input: { ...asked.input, key: 'preview' } });
      const there = before.map(({ id }) => id);
      preview = { ...preview, refused: refused?.message ?? null };
      // Who may not decide this, or not any more, is told nothing of the family.
      if (refused === null || refused.code === 'NotAllowed')
        preview = { ...preview, ...(await lettersBeside(tx, there, asked, now)) };
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  return preview;
}

/** The decision names its words by their id: they have to be there while it is tried. */
async function keepWords(tx: Tx, input: Advance['input'], text: string | null): Promise<void> {
  if (input.kind !== 'decision') return;
  const { textId: id } = input.decision as { textId?: string };
  if (id === undefined || text === null) return;
  await tx.writtenText.createMany({ data: [{ id, byUser: input.by.id, body: { text } }], skipDuplicates: true });
}

/** The matter's letters that were not there before. What begins with them says nothing of it: a closed case leaves that to the outbox. */
async function lettersBeside(tx: Tx, there: readonly string[], { kind, matterId }: Advance, now: number) {
  const { pupilId } =
    kind === 'case'
      ? await tx.attendanceCase.findUniqueOrThrow({ where: { id: matterId } })
      : await tx.referral.findUniqueOrThrow({ where: { id: matterId } });
  const { pupil, recipients } = await pupilCircumstances(tx, pupilId, now);
  const rows = await tx.letter.findMany({ where: { matterId, id: { notIn: [...there] } } });
  const links = pupil.contacts.toSorted((a, b) => a.priority - b.priority);
  const letters = links.flatMap(({ contactId }) => rows.filter((row) => row.contactId === contactId).map(shown));
  const [first] = letters;
  return {
    letters,
    enclosures: first?.letter.enclosures.map((enclosure) => ({ enclosure, pdf: () => enclosurePdf(enclosure) })) ?? [],
    without: links.flatMap(({ contactId, contact }) => {
      const one = recipients.find((recipient) => recipient.contactId === contactId);
      return one && one.because !== null ? [{ name: contact.fullName, because: one.because, order: one.order }] : [];
    }),
  };
}

function shown({
  template,
  fields,
  channel,
}: {
  template: string;
  fields: unknown;
  channel: string;
}): Preview['letters'][number] {
  const { letter, issuedOn } = printedLetter(template as TemplateId, fields);
  return { channel, letter, pdf: () => letterPdf(letter, issuedOn) };
}
