import { longDay } from '../../policy/calendar/day.ts';
import { checkedFields } from '../../policy/letters/fields.ts';
import type { TemplateId } from '../../policy/letters/templates.ts';
import { languageOffers } from '../../policy/letters/wording/parts.ts';
import { wordingOf } from '../../policy/letters/wording/wording.ts';
import { letterHtml, letterText } from './e-mail.ts';
import { letterPdf } from './pdf.ts';

export type Rendered = { subject: string; text: string; html: string; pdf: Uint8Array };

/**
 * A letter in its three forms, one wording for all of them.
 * @throws MissingField if the letter lacks something it must say.
 */
export function renderLetter(template: TemplateId, given: unknown): Rendered {
  const fields = checkedFields(template, given);
  const { subject, title, blocks } = wordingOf(template, fields);
  const { ref, school, recipient, signatory } = fields;
  const offer = languageOffers[recipient.language] ?? null;
  const letter = { ref, school, recipient, signatory, subject, title, blocks, offer, date: longDay(fields.issuedOn) };
  return { subject, text: letterText(letter), html: letterHtml(letter), pdf: letterPdf(letter, fields.issuedOn) };
}
