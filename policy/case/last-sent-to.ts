import { isOut } from './condition.ts';
import type { CaseLetter, CaseState } from './state.ts';

/**
 * The newest letter of a template that left for this reader, by any of the contacts that are the same person. Letters of older
 * ledgers do not say whom they were to: they count for nobody.
 */
export const lastSentTo = (
  { letters }: Pick<CaseState, 'letters'>,
  template: string,
  reader: readonly string[],
): CaseLetter | undefined =>
  Object.values(letters)
    .filter((letter) => letter.template === template && isOut(letter) && reader.includes(letter.contactId ?? ''))
    .sort((a, b) => (a.on < b.on ? 1 : -1))[0];
