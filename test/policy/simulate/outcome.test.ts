import { expect, it } from '@jest/globals';
import type { Action } from '../../../policy/case/proposal.ts';
import { usual } from '../../../policy/simulate/assumptions.ts';
import { counting } from '../../../policy/simulate/outcome.ts';
import { oneParent } from '../../../policy/simulate/pupil.ts';
import type { Told } from '../../../policy/simulate/story.ts';

const pupil = { id: 'p', onRollFrom: '2026-09-01', onRollTo: null, flags: [], recipients: oneParent, marksOn: () => [] };

/** A case of which one thing is asked, and done two days after it opened. */
const done = (action: Pick<Action, 'what'> & { task?: string }, ...said: object[]): Told[] =>
  [
    { on: '2026-09-14', event: { type: 'opened', stage: 'a' } },
    { on: '2026-09-14', event: { type: 'proposed', proposal: { key: 'k', role: 'sal', action } } },
    ...said.map((event) => ({ on: '2026-09-16', event: { key: 'k', ...event } })),
  ].map((one) => ({ ...one, of: 1 })) as unknown as Told[];

it.each<[string, Told[], number]>([
  ['a call that was answered', done({ what: 'call' }, { type: 'called', reached: true }), 1],
  ['a call that was not', done({ what: 'call' }, { type: 'called', reached: false }), 0],
  ['a meeting that was held', done({ what: 'meeting' }, { type: 'meeting recorded', happened: 'held' }), 1],
  ['a task done with the family', done({ what: 'task', task: 'early help' }, { type: 'decided', choice: 'done' }), 1],
  ['one that was declined', done({ what: 'task', task: 'early help' }, { type: 'decided', choice: 'decline' }), 0],
  ['one that only asks', done({ what: 'task', task: 'evidence request' }, { type: 'decided', choice: 'done' }), 0],
  ['a letter', done({ what: 'letter' }, { type: 'letters approved' }), 0],
])('%s is help or is none, and the case is counted either way', (_, told, helped) => {
  const counts = counting({ pack: 'p', title: 'P' }, usual);
  counts.add({ pupil, told });
  expect(counts.result().daysToHelp).toEqual({ cases: 1, helped, median: helped ? 2 : null });
});
