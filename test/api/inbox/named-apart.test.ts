import { describe, expect, it } from '@jest/globals';
import { namedApart } from '../../../api/inbox/named-apart.ts';
import type { Proposal } from '../../../policy/case/proposal.ts';

const task = (key: string, over: Partial<Proposal> & { says?: string } = {}): Proposal => {
  const { says = 'ring the family', ...more } = over;
  return {
    ...{ key, version: 1, stage: 'concern', step: 0, person: 'lead', role: 'sal', alsoRole: null, sentence: 'x' },
    action: { what: 'task', task: 'contact', says, whom: [], may: false },
    evidence: { attendance: { attended: 9, possible: 10 }, upTo: null, clause: 'x' },
    ...{ changed: null, madeOn: '2026-10-05', due: '2026-10-12', status: 'open', heldUntil: null, remindOn: '2026-10-09' },
    ...{ reminded: false, ...more },
  };
};
const names = (...proposals: Proposal[]) => [...namedApart(proposals, {}).values()];

describe('what is proposed in a case', () => {
  it('is named by what it asks where nothing else is named so', () => {
    expect(names(task('1'), task('2', { action: { what: 'meeting' } }))).toEqual([
      'Contact the family',
      'Meet the parents, and record it',
    ]);
  });

  it.each<[string, Partial<Proposal> & { says?: string }, [string, string]]>([
    [
      'by the policy’s words for it',
      { says: 'write to the family' },
      ['Contact the family: ring the family', 'Contact the family: write to the family'],
    ],
    [
      'by who decides',
      { role: 'headteacher' },
      ['Contact the family, for the senior attendance lead', 'Contact the family, for the headteacher'],
    ],
    [
      'by when it began to wait',
      { madeOn: '2026-10-06' },
      ['Contact the family, since 5 Oct 2026', 'Contact the family, since 6 Oct 2026'],
    ],
  ])('is told apart from another of that name %s', (_, over, expected) => {
    expect(names(task('1'), task('2', over))).toEqual(expected);
  });

  it('tells three apart though each two of them differ in something else', () => {
    const three = names(task('1'), task('2', { role: 'headteacher' }), task('3', { madeOn: '2026-10-06' }));
    expect(new Set(three).size).toBe(3);
  });
});
