import { describe, expect, it } from '@jest/globals';
import type { Block } from '../../../policy/letters/block.ts';
import type { FieldsOf } from '../../../policy/letters/fields.ts';
import { templateIds } from '../../../policy/letters/templates.ts';
import { enclosuresOf, wordingOf } from '../../../policy/letters/wording/wording.ts';
import { lettersFields } from '../../support/letter-fields.ts';

const textsOf = (block: Block): readonly string[] => {
  if (block.kind === 'list') return block.items;
  return block.kind === 'table' ? [block.caption, ...block.rows.flat()] : [block.text];
};
const wordsOf = (template: (typeof templateIds)[number], over: object = {}): string =>
  wordingOf(template, lettersFields(template, over)).blocks.flatMap(textsOf).join('\n');

describe.each(templateIds)('%s', (template) => {
  const { subject, title, blocks } = wordingOf(template, lettersFields(template));
  const prose = blocks.flatMap((block) => (block.kind === 'table' ? [] : textsOf(block)));

  it('has a subject that tells nothing of the child', () => {
    expect(subject).toBe('A letter for you from Oakbridge School');
  });

  it('has one outcome as its heading and says whom to reach', () => {
    expect(title.length).toBeGreaterThan(10);
    expect(blocks.some((one) => one.kind === 'heading' && /reach us|talk to/.test(one.text))).toBe(true);
  });

  it('is in plain words: sentences of 25 words at most, 15 or so usually, no semicolons', () => {
    const sentences = prose.flatMap((text) => text.split(/(?<=[.?!])\s+/)).map((text) => text.split(/\s+/).length);
    expect(Math.max(...sentences)).toBeLessThanOrEqual(25);
    expect(sentences.reduce((a, b) => a + b, 0) / sentences.length).toBeLessThanOrEqual(16);
    expect(prose.join(' ')).not.toMatch(/;|\*\*|assistance/);
  });
});

it.each([
  ['letter-2', { firstLetterOn: null }, 'We first wrote'],
  ['letter-3', { secondLetterOn: null }, 'We wrote to you'],
  ['meeting-invitation', { secondLetterOn: null }, 'our letter of'],
] as const)('%s to a family that has had no letter before it names none', (template, over, words) => {
  const { blocks } = wordingOf(template, { ...lettersFields(template), ...over });
  expect(wordsOf(template)).toContain(words);
  expect(blocks.flatMap(textsOf).join('\n')).not.toContain(words);
});

it('letter 2 that comes late, when nothing is monitored because of it, tells of no monitoring', () => {
  const words = wordingOf('letter-2', { ...lettersFields('letter-2'), monitoring: null, targetPercent: null });
  expect([words.title, ...words.blocks.flatMap(textsOf)].join(' ')).not.toMatch(/monitor|In that time|as we ask/);
});

it('letter 2 to who had no first letter says neither that we write again nor that nothing got better since', () => {
  const { title, blocks } = wordingOf('letter-2', {
    ...lettersFields('letter-2'),
    ...{ firstLetterOn: null, monitoring: null, targetPercent: null },
  });
  expect([title, ...blocks.flatMap(textsOf)].join(' ')).not.toMatch(/again|better since/);
});

it('a letter that was approved before letters asked the policy says what it said then', () => {
  expect(wordsOf('letter-3')).toContain('We will call you to find a time to meet. If nothing changes');
});

it('the leaflet, which goes with the letters of every policy, promises no news that not every policy has somebody give', () => {
  const [leaflet] = enclosuresOf({ ...(lettersFields('letter-1') as FieldsOf<'letter-1'>), enclosures: ['leaflet'] });
  const words = leaflet?.blocks.flatMap(textsOf).join(' ') ?? '';
  expect(words).toContain('tell you when we are worried');
  expect(words).not.toMatch(/gets better/);
});

it('the card for the pupil is named in the letter that it comes with, and names nobody itself', () => {
  const fields = lettersFields('congratulation') as FieldsOf<'congratulation'>;
  const [card] = enclosuresOf({ ...fields, enclosures: ['card'] });
  expect(JSON.stringify(card)).not.toMatch(/Zoë|Nguyễn/);
  expect(wordsOf('congratulation', {})).not.toContain('card');
  expect(wordsOf('congratulation', {})).toContain('attended 19 of 20 half days (95.0%). The target is met.');
  const adjusted = wordingOf('congratulation', {
    ...fields,
    window: { ...fields.window, how: 'without 1 Sep 2026 to 11 Sep 2026' },
  });
  expect(adjusted.blocks.flatMap(textsOf).join(' ')).toContain('(95.0%, without 1 Sep 2026 to 11 Sep 2026). The target is met.');
  const { blocks } = wordingOf('congratulation', { ...fields, enclosures: ['card'] });
  expect(blocks.flatMap(textsOf).join(' ')).toContain("A card comes with this letter. Please give it to Zoë O'Brien");
});

it('a half-term without a day missed is thanked for', () => {
  const { title, blocks } = wordingOf('days-missed', {
    ...lettersFields('days-missed'),
    halfTerm: { from: '2026-09-03', until: '2026-10-23', attended: 73, possible: 73 },
  });
  expect(title).toBe("Zoë O'Brien missed no day of school last half-term");
  expect(blocks.flatMap(textsOf).join(' ')).toContain('attended 73 of 73 half days. Thank you.');
});

describe('letter 1', () => {
  it('stays under 200 words and offers help before it says what follows', () => {
    const { blocks } = wordingOf('letter-1', lettersFields('letter-1'));
    const prose = blocks.flatMap((block) => (block.kind === 'table' ? [] : textsOf(block))).join(' ');
    expect(prose.split(/\s+/).length).toBeLessThan(200);
    expect(prose.indexOf('What we can offer')).toBeLessThan(prose.indexOf('What happens next'));
  });

  it('gives days before the percentage, which is cut and never rounded: 95 of 99 is not 96%', () => {
    const words = wordsOf('letter-1');
    expect(words.indexOf('2 days of school')).toBeLessThan(words.indexOf('95.9%'));
    expect(words).not.toContain('96%');
  });

  it.each([
    [1, 'half a day'],
    [2, '1 day'],
    [5, '2.5 days'],
  ])('of %i sessions missed says %s', (missed, words) => {
    expect(wordingOf('letter-1', lettersFields('letter-1', { figures: { attended: 99 - missed } })).title).toContain(words);
  });

  it('counts from the day the pupil came, not from September', () => {
    expect(wordsOf('letter-1', { figures: { from: '2026-11-02' } })).toContain('Since 2 November');
  });

  it('always says as of which session', () => {
    expect(wordsOf('letter-1')).toContain('to the afternoon of Monday 23 November 2026');
  });
});

it('prints what a person wrote, a new line as a new paragraph', () => {
  const { blocks } = wordingOf('letter-1', lettersFields('letter-1', { personalNote: 'We met you on Friday.\n\nThank you.' }));
  expect(blocks).toEqual(expect.arrayContaining([{ kind: 'paragraph', text: 'Thank you.' }]));
});

it('takes the amounts of a first and of a second notice each from their own, in pounds', () => {
  const first = { discountPence: 9_050, discountDays: 21, fullPence: 17_000, fullDays: 28 };
  const second = { discountPence: null, discountDays: null, fullPence: 19_000, fullDays: 35 };
  const dearer = { ...lettersFields('notice-to-improve'), amounts: { first, second, years: 4 } };
  const words = wordingOf('notice-to-improve', dearer).blocks.flatMap(textsOf).join(' ');
  expect(words).toContain('A first notice is £90.50 if paid within 21 days, or £170 if paid within 28 days.');
  expect(words).toContain('A second notice within 4 years is £190, to be paid within 35 days.');
});
