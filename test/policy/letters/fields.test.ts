import { describe, expect, it } from '@jest/globals';
import { checkedFields, MissingField } from '../../../policy/letters/fields.ts';
import { templateIds } from '../../../policy/letters/templates.ts';
import { lettersFields } from '../../support/letter-fields.ts';

const refusalOf = (template: (typeof templateIds)[number], fields: unknown): MissingField => {
  try {
    checkedFields(template, fields);
  } catch (error) {
    if (error instanceof MissingField) return error;
  }
  throw new Error('The fields were taken');
};

describe('a letter that lacks something', () => {
  const required = templateIds.flatMap((template) =>
    Object.keys(lettersFields(template))
      .filter((field) => field !== 'personalNote')
      .map((field) => ({ template, field })),
  );

  it.each(required)('$template stops without $field, by its name', ({ template, field }) => {
    const { [field]: _, ...rest } = lettersFields(template);
    expect(refusalOf(template, rest)).toMatchObject({ template, field });
  });

  it.each([
    ['an empty name', { recipient: { name: '  ' } }, 'recipient.name'],
    ['a signatory who has left', { signatory: { name: undefined } }, 'signatory.name'],
    ['no sessions yet', { figures: { possible: 0 } }, 'figures.possible'],
    ['a date that is none', { figures: { from: '2026-02-30' } }, 'figures.from'],
    ['a session without its half', { figures: { asOf: '2026-11-23' } }, 'figures.asOf'],
    ['a posted letter without an address', { recipient: { channel: 'post', address: [] } }, 'recipient.address'],
    ['too much of a personal note', { personalNote: 'x'.repeat(601) }, 'personalNote'],
  ])('%s is named', (_, over, field) => {
    const refusal = refusalOf('letter-1', lettersFields('letter-1', over as never));
    expect(refusal.field).toBe(field);
    expect(refusal.message).toContain(field);
    expect(refusal.cure).toMatch(/then approve the letter again$/);
  });
});

it.each(templateIds)('%s is complete with what it asks for', (template) => {
  expect(checkedFields(template, lettersFields(template))).toMatchObject({ ref: 'FB-26-1A2B3C' });
});
