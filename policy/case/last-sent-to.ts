import { lastSent } from './condition.ts';
import type { CaseLetter } from './state.ts';

/**
 * The newest letter of a template that left for this reader, by any of the contacts that are the same person. Letters of older
 * ledgers do not say whom they were to: they count for nobody.
 */
export const lastSentTo = (letters: readonly CaseLetter[], template: string, reader: readonly string[]): CaseLetter | undefined =>
  lastSent(
    letters.filter(({ contactId }) => reader.includes(contactId ?? '')),
    template,
  );
