import { createHash } from 'node:crypto';
import type { TemplateId } from '../../policy/letters/templates.ts';
import { renderLetter } from './render.ts';

/**
 * A letter in the forms in which it is kept, each PDF with its fingerprint.
 * @throws MissingField if the letter lacks something it must say.
 */
export function formsOf(template: TemplateId, fields: unknown) {
  const { pdf, enclosures, ...texts } = renderLetter(template, fields);
  const { sha256: pdfSha256, pdf: exact } = hashed(pdf);
  return { ...texts, pdf: exact, pdfSha256, enclosures: enclosures.map((one) => ({ ...one, ...hashed(one.pdf) })) };
}

const hashed = (pdf: Uint8Array) => ({
  pdf: Uint8Array.from(pdf),
  sha256: createHash('sha256').update(pdf).digest('hex'),
});
