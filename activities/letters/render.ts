import { type Day, longDay } from '../../policy/calendar/day.ts';
import type { EnclosureId } from '../../policy/letters/enclosures.ts';
import { checkedFields } from '../../policy/letters/fields.ts';
import type { PrintedLetter } from '../../policy/letters/printed.ts';
import type { TemplateId } from '../../policy/letters/templates.ts';
import { languageOffers } from '../../policy/letters/wording/parts.ts';
import { enclosuresOf, wordingOf } from '../../policy/letters/wording/wording.ts';
import { letterHtml, letterText } from './e-mail.ts';
import { enclosurePdf, letterPdf } from './pdf.ts';

export type Rendered = {
  subject: string;
  text: string;
  html: string;
  pdf: Uint8Array;
  enclosures: { kind: EnclosureId; title: string; pdf: Uint8Array }[];
};

/**
 * All that a letter shows, in the one wording that each of its forms has.
 * @throws MissingField if the letter lacks something it must say.
 */
export function printedLetter(template: TemplateId, given: unknown): { letter: PrintedLetter; issuedOn: Day } {
  const fields = checkedFields(template, given);
  const { ref, school, recipient, signatory, issuedOn } = fields;
  const offer = languageOffers[recipient.language] ?? null;
  return {
    letter: {
      ref,
      school,
      recipient,
      signatory,
      ...wordingOf(template, fields),
      offer,
      enclosures: enclosuresOf(fields),
      date: longDay(issuedOn),
    },
    issuedOn,
  };
}

/**
 * A letter in its three forms, with what goes with it.
 * @throws MissingField if the letter lacks something it must say.
 */
export function renderLetter(template: TemplateId, given: unknown): Rendered {
  const { letter, issuedOn } = printedLetter(template, given);
  return {
    ...{ subject: letter.subject, text: letterText(letter), html: letterHtml(letter), pdf: letterPdf(letter, issuedOn) },
    enclosures: letter.enclosures.map((one) => ({ kind: one.kind, title: one.title, pdf: enclosurePdf(one) })),
  };
}
