import { describe, expect, it } from '@jest/globals';
import { lawInWords } from '../../../policy/law/in-words.ts';
import { lawOn } from '../../../policy/law/rule-sets.ts';

const said = (on: string) => Object.fromEntries(lawInWords(lawOn(on)).map(({ about, says }) => [about, says]));

describe('the law in words', () => {
  it('says what it says today', () => {
    expect(said('2026-11-30')).toEqual({
      'First penalty notice to a parent for a child': '£80 within 21 days, else £160 within 28 days',
      'Second penalty notice to the same parent for the same child': '£160 within 28 days, no discount',
      'How many notices there can be': '2 in 3 years, counted from the day of issue',
      'When a notice must be considered; none ever follows by itself': 'At 10 sessions of G, N, O or U in 10 school weeks',
      'How long a notice to improve runs': '3 to 6 weeks, as the authority sets',
      'Notice for a child in a public place after exclusion, outside that count': '£60 within 21 days, else £120 within 28 days',
      'How long the reason behind an N may be looked for': '5 school days, then it is an O',
      'When the attendance return names a pupil': 'After 10 school days in a row without leave',
      'When the sickness return names a pupil': 'At 15 school days of illness in the school year, missed or likely to be',
      'When a name may be looked at for deletion by ground I':
        'From 20 school days in a row of G, N or O, after reasonable enquiries',
    });
  });

  it('says what it said before the national framework', () => {
    expect(said('2024-08-18')).toMatchObject({
      'First penalty notice to a parent for a child': '£60 within 21 days, else £120 within 28 days',
      'How many notices there can be': 'The law of that time sets none',
      'When the sickness return names a pupil': 'The law of that time sets none',
    });
  });
});
