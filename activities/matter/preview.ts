import { randomUUID } from 'node:crypto';
import type { TemplateId } from '../../policy/letters/templates.ts';
import type { Db } from '../../prisma/client.ts';
import { renderLetter } from '../letters/render.ts';
import { type Advance, advance } from './advance.ts';
import { loads } from './loads.ts';

export type PreviewedLetter = { letterId: string; to: string; channel: string; subject: string; html: string; pdf: Uint8Array };
export type Preview = { refused: string | null; letters: PreviewedLetter[] };

class RolledBack extends Error {}

/**
 * What an approval would send, letter by letter: the approval itself, done and taken back in one transaction, so that the
 * preview can never differ from what goes out.
 */
export async function previewDecision(db: Db, now: number, asked: Advance, words: string | null, by: string): Promise<Preview> {
  let preview: Preview = { refused: null, letters: [] };
  try {
    await db.$transaction(async (tx) => {
      const textId = randomUUID();
      if (words !== null) await tx.writtenText.create({ data: { id: textId, byUser: by, body: { text: words } } });
      const input = words === null ? asked.input : withText(asked.input, textId);
      const outcome = await advance(tx, loads, now, { ...asked, input });
      const ids = outcome.follow.flatMap((next) => (next.what === 'letter' ? [next.letterId] : []));
      const rows = await tx.letter.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });
      preview = { refused: outcome.refused?.message ?? null, letters: rows.map(shown) };
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  return preview;
}

const withText = (input: Advance['input'], textId: string): Advance['input'] =>
  input.kind === 'decision' ? ({ ...input, decision: { ...input.decision, textId } } as Advance['input']) : input;

function shown({
  id,
  template,
  fields,
  channel,
}: {
  id: string;
  template: string;
  fields: unknown;
  channel: string;
}): PreviewedLetter {
  const { subject, html, pdf } = renderLetter(template as TemplateId, fields);
  return { letterId: id, to: (fields as { recipient: { name: string } }).recipient.name, channel, subject, html, pdf };
}
