import { describe, expect, it } from '@jest/globals';
import { lintText } from '../../../policy/lint/lint-text.ts';
import { smallPolicy } from '../../support/small-policy.ts';

type Ways = Record<string, [when: object, go: string][]>;

/** The small policy with these stages beside its own, a line each, and what its linter says of circles. */
function circlesOf(ways: Ways) {
  const steps =
    '[{ call: { by: lead, script: how-can-we-help, due: "1 school day" } }, { meeting: { by: lead, due: "1 school day" } }]';
  const stages = Object.entries(ways).map(([name, next]) => {
    const clauses = next.map(([when, go]) => `{ when: ${JSON.stringify(when)}, go: ${go} }`);
    return `  ${name}: { says: "${name}", source: "1", do: ${steps}, next: [${clauses.join(', ')}] }\n`;
  });
  const text = smallPolicy.replace('stages:\n', `stages:\n${stages.join('')}`);
  return lintText(text, 'small').filter(({ rule }) => rule === 'stages-in-a-circle' || rule === 'not-a-pack');
}

const low = { attendance: { below: '90%' } };
const figure = (more: object) => ({ figure: { of: { measure: 'current-absent-run', codes: 'unexplained' }, ...more } });

describe('stages that lead to each other', () => {
  it.each<[string, Ways, string]>([
    [
      'two, by attendance',
      { a: [[low, 'b']], b: [[{ attendance: { 'at most': '95%' } }, 'a']] },
      'At 89.99% of attendance "a" leads to "b", "b" leads back to "a"',
    ],
    [
      'three',
      { a: [[low, 'b']], b: [[low, 'c']], c: [[low, 'a']] },
      'At 89.99% of attendance "a" leads to "b", "b" leads to "c", "c" leads back to "a"',
    ],
    [
      'by a figure',
      { a: [[figure({ 'at least': 3 }), 'b']], b: [[figure({ 'more than': 3 }), 'a']] },
      '"a" leads to "b", "b" leads back to "a"',
    ],
    [
      'by a call',
      { a: [[{ call: 'reached' }, 'b']], b: [[{ call: 'not reached' }, 'a']] },
      '"a" leads to "b", "b" leads back to "a"',
    ],
    [
      'by a meeting, one way of two',
      { a: [[{ any: [{ waited: true }, { meeting: 'held' }] }, 'b']], b: [[{ meeting: 'refused' }, 'a']] },
      '"a" leads to "b", "b" leads back to "a"',
    ],
    [
      'by what is known of the pupil',
      { a: [[{ pupil: { 'is any of': ['ehcp'] } }, 'b']], b: [[{ pupil: { 'is none of': ['medical'] } }, 'a']] },
      '"a" leads to "b", "b" leads back to "a"',
    ],
    ['to itself', { a: [[low, 'a']] }, 'At 89.99% of attendance "a" leads back to "a"'],
  ])('are found: %s', (_, ways, why) => {
    expect(circlesOf(ways)).toEqual([
      expect.objectContaining({
        rule: 'stages-in-a-circle',
        severity: 'error',
        why,
        clause: 'stages / a / next / 0',
        line: 25,
        column: 163,
      }),
    ]);
    expect(circlesOf(ways)[0]?.cure).toContain('"waited"');
  });

  it.each<[string, Ways]>([
    ['where attendance cannot be both', { a: [[low, 'b']], b: [[{ attendance: { above: '90%' } }, 'a']] }],
    ['where a figure cannot be both', { a: [[figure({ 'at least': 3 }), 'b']], b: [[figure({ 'fewer than': 3 }), 'a']] }],
    [
      'where a third way is taken first',
      {
        a: [
          [low, 'visit'],
          [{ attendance: { below: '96%' } }, 'b'],
        ],
        b: [[low, 'a']],
      },
    ],
    ['where time passes', { a: [[low, 'b']], b: [[{ ...low, 'in stage': '5 school days' }, 'a']] }],
    ['where attendance has to move', { a: [[low, 'b']], b: [[{ attendance: { below: '90%', 'fallen by': '1%' } }, 'a']] }],
    ['where it has to have held', { a: [[low, 'b']], b: [[{ attendance: { below: '90%', 'held for': '5 school days' } }, 'a']] }],
    ['where the authority answers', { a: [[low, 'b']], b: [[{ referral: 'ended' }, 'a']] }],
    ['where it is not so', { a: [[low, 'b']], b: [[{ not: low }, 'a']] }],
    [
      'where a child is one thing or the other',
      { a: [[{ pupil: { 'is any of': ['ehcp'] } }, 'b']], b: [[{ pupil: { 'is none of': ['ehcp'] } }, 'a']] },
    ],
    ['where the ways part for good', { a: [[low, 'b']], b: [[low, 'visit']] }],
  ])('are none: %s', (_, ways) => expect(circlesOf(ways)).toEqual([]));
});
