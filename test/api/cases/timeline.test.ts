import { expect, it } from '@jest/globals';
import { sayCase } from '../../../api/cases/timeline.ts';
import { type Kept, storyFrom } from '../../../api/ledger/story.ts';
import type { CaseEvent } from '../../../policy/case/event.ts';
import { aCase } from '../../support/told-case.ts';

const names = new Map([['lead', { name: 'Priya Nair', role: 'sal' as const }]]);
const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));

/** The story of a case, every word of which the lead is on record for. */
function storyOf(told: readonly { on: string; event: CaseEvent }[]) {
  const events = told.map(({ on, event }, i): Kept => ({ seq: i + 1, on, byUser: 'lead', event }));
  const letters = told.flatMap(({ event }) => (event.type === 'letters approved' ? event.letters : []));
  const say = sayCase(letters.map(({ letterId: id }) => ({ id, fields: { recipient: { name: 'Ann Other' } } })));
  return storyFrom(events, names, say(events));
}

it('names a person for what the person did, and nobody for what followed by the rules', () => {
  const pupil = aCase({ absent: days('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29'), on: '2026-09-30' });
  pupil.open();
  pupil.send('letter-1');
  pupil.to('2026-10-14').send('letter-2');
  pupil.tell({ kind: 'close', by: { id: 'lead', role: 'sal' }, textId: 'x' }, 'They have moved away');
  const story = storyOf(pupil.events).map(({ title, by, detail }) => [title, by, detail] as const);
  const by = 'Priya Nair, Senior attendance lead';
  expect(story.filter(([, who]) => who !== null).map(([title]) => title)).toEqual([
    'Approved: Letter 1',
    'Approved: Letter 2: formal monitoring',
    'The case was closed',
  ]);
  expect(story).toEqual(
    expect.arrayContaining([
      ['Proposed: Letter 1', null, 'For the senior attendance lead, by Friday 2 October 2026'],
      ['Approved: Letter 1', by, '1 letter, each parent’s own'],
      ['Letter 1: sent by e-mail', null, 'To Ann Other'],
      ['Monitoring began', null, 'From Thursday 15 October 2026 to Wednesday 4 November 2026, target 95%'],
      ['The case was closed', by, 'A person closed it'],
    ]),
  );
});

it('says of a case that closed by itself that nobody closed it', () => {
  const pupil = aCase({ absent: days('2026-09-08'), on: '2026-09-21' });
  pupil.open();
  pupil.to('2026-12-01');
  const closed = storyOf(pupil.events).at(-1);
  expect([closed?.title, closed?.by]).toEqual(['The case was closed', null]);
});

it('names the proposal that a decision was about', () => {
  const pupil = aCase({ absent: days('2026-09-08'), on: '2026-09-18' });
  pupil.open();
  pupil.say('letter-1', { choice: 'decline', textId: 'x' }, 'sal', 'The family has called');
  const [said] = storyOf(pupil.events).filter(({ title }) => title.startsWith('Declined'));
  expect([said?.title, said?.words]).toEqual(['Declined: Letter 1', 'The family has called']);
});
