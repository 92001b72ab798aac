import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { usual } from '../../../policy/simulate/assumptions.ts';
import { readAssumptions } from '../../../policy/simulate/assumptions-file.ts';
import { assumptionsInWords } from '../../../policy/simulate/assumptions-in-words.ts';

const documented = readFileSync(new URL('../../../docs/examples/assumptions.yaml', import.meta.url), 'utf8');
const wrongIn = (text: string): string => {
  try {
    readAssumptions(text, 'people.yaml');
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a file of assumptions', () => {
  it('that is documented says what is assumed without one', () => {
    expect(readAssumptions(documented, 'assumptions.yaml')).toEqual(usual);
  });

  it('leaves the rest as usual, also within a group', () => {
    expect(readAssumptions('comes: 20\ndecides after: { sal: 5 }\nhours a week: { sal: 2.5 }\n', 'a.yaml')).toEqual({
      ...usual,
      comes: 20,
      decidesAfter: { ...usual.decidesAfter, sal: 5 },
      hoursAWeek: { ...usual.hoursAWeek, sal: 2.5 },
    });
    expect(readAssumptions('# nothing\n', 'a.yaml')).toEqual(usual);
  });

  it.each([
    ['declined: 120', 'people.yaml:1:1 (declined) Write a percentage from 0 to 100.'],
    [
      '\nreach: 80',
      'people.yaml:1:1 Nothing is assumed of "reach": take it out, or write it as docs/examples/assumptions.yaml does',
    ],
    ['decides after:\n  headmaster: 2', 'people.yaml:1:1 (decides after) Nothing is assumed of "headmaster"'],
    ['decides after:\n  sal: -1', 'people.yaml:2:3 (decides after / sal) Write a number of school days, 0 or more.'],
    ['authority:\n  paid: 101', 'people.yaml:2:3 (authority / paid) Write a percentage from 0 to 100.'],
    ['authority:\n  fined: 3', 'people.yaml:1:1 (authority) Nothing is assumed of "fined"'],
    ['declined: [', 'people.yaml:1:'],
  ])('that is wrong is refused with its place: %j', (text, said) => {
    expect(wrongIn(text)).toContain(said);
  });

  it('is said in words', () => {
    expect(assumptionsInWords(usual)).toBe(
      'decisions are taken after 1 school day (by the class teacher and the headteacher after 2, by the education welfare officer after 5), 5% are declined, 80% of calls reach the family, 70% of families come to a meeting, the authority accepts 90% of referrals, it tries a contract first in 60% of them (70% of parents sign, 50% of reviews find it kept), the headteacher authorises 90% of penalty notices, 75% of them are paid',
    );
    const { otherwise } = usual.decidesAfter;
    expect(assumptionsInWords({ ...usual, decidesAfter: { otherwise, sal: 3, dsl: 4 } })).toContain(
      'after 1 school day (by the senior attendance lead after 3, by the designated safeguarding lead after 4), 5%',
    );
  });
});
