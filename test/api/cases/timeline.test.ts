import { expect, it } from '@jest/globals';
import { sayCase } from '../../../api/cases/timeline.ts';
import { type Kept, storyFrom } from '../../../api/ledger/story.ts';
import { decide } from '../../../policy/case/decide.ts';
import type { CaseEvent } from '../../../policy/case/event.ts';
import type { ReferralOutcome } from '../../../policy/case/input.ts';
import { aCase, gloucestershire } from '../../support/told-case.ts';

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
  const late = ['2026-10-05', '2026-10-06', '2026-10-12'];
  const pupil = aCase({ absent: days('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', ...late), on: '2026-09-30' });
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

it('names who found out what became of a letter that nobody knew about, and nobody where the mail server said so', () => {
  const late = ['2026-10-05', '2026-10-06', '2026-10-12'];
  const pupil = aCase({ absent: days('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', ...late), on: '2026-09-30' });
  pupil.open();
  const approved = pupil.say('letter-1', { choice: 'approve' });
  const [letter] = approved.flatMap((event) => (event.type === 'letters approved' ? event.letters : []));
  const ended = (outcome: 'unknown' | 'sent' | 'refused') =>
    pupil.tell({ kind: 'letter outcome', letterId: letter?.letterId ?? '', outcome });
  const toldOf = () => storyOf(pupil.events).flatMap(({ title, by }) => (title.startsWith('Letter 1:') ? [[title, by]] : []));
  ended('unknown');
  ended('sent');
  const doubt = ['Letter 1: sent, but nobody knows whether it arrived', null];
  expect(toldOf()).toEqual([doubt, ['Letter 1: found to have arrived', 'Priya Nair, Senior attendance lead']]);
  ended('refused');
  expect(toldOf().at(-1)).toEqual(['Letter 1: found not to have arrived', 'Priya Nair, Senior attendance lead']);
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

it('says what was said of whether something is so', () => {
  const ill = ['02', '03', '04', '05', '06', '09', '10', '11'].map((day) => [`2026-11-${day}`, 'I']);
  const pupil = aCase({ absent: Object.fromEntries(ill), on: '2026-11-04', pack: gloucestershire });
  pupil.open();
  pupil.to('2026-11-11');
  const asked = Object.values(pupil.state.proposals).find(({ action }) => 'whether' in action);
  if (!asked) throw new Error('nothing asks');
  const said = { kind: 'decision', by: { id: 'lead', role: 'sal' }, proposal: asked.key, version: asked.version } as const;
  const titles = (choice: 'approve' | 'decline' | 'ask') => {
    const decisions = {
      approve: { choice: 'approve' },
      decline: { choice: 'decline', textId: 'x' },
      ask: { choice: 'ask', of: 'dsl', textId: 'x' },
    } as const;
    const decision = decisions[choice];
    const events = decide(pupil.state, { key: 'k', ...said, decision }, pupil.circumstances('They rang'));
    return storyOf([...pupil.events, ...events.map((event) => ({ on: pupil.on, event }))]).map(({ title }) => title);
  };
  const about = 'Whether illness is likely to come to 15 school days this year, by what the family or a doctor has told';
  expect(titles('approve')).toContain(`So: ${about}`);
  expect(titles('decline')).toContain(`Not so: ${about}`);
  expect(titles('ask')).toContain(`A question was asked before: ${about}`);
  expect(titles('ask').join()).not.toContain('Not so');
});

it('says which dates a changed calendar moved, why, and that a letter named the old ones', () => {
  const moves: Extract<CaseEvent, { type: 'replanned' }>['moves'] = [
    {
      what: 'monitoring',
      was: { from: '2027-05-24', until: '2027-06-11', judgedOn: '2027-06-14' },
      is: { from: '2027-05-24', until: '2027-06-16', judgedOn: '2027-06-17' },
    },
    { what: 'closing', was: '2027-06-21', is: '2027-06-24' },
    { what: 'put back', was: '2027-06-18', is: '2027-06-23' },
    { what: 'next', why: 'The case is reviewed', was: '2027-06-10', is: '2027-06-11' },
    { what: 'meeting', on: '2027-06-08' },
  ];
  const letters = [
    { id: 'l', fields: { recipient: { name: 'Ann Other' }, monitoring: { from: '2027-05-24', until: '2027-06-11' } } },
  ];
  const approved = {
    type: 'letters approved',
    key: 'k',
    template: 'letter-2',
    letters: [{ letterId: 'l' }],
  } as unknown as CaseEvent;
  const replanned: CaseEvent = { type: 'replanned', moves, why: 'new: closure “No heating” from 7 Jun 2027 to 9 Jun 2027' };
  const events = [approved, replanned].map((event, i): Kept => ({ seq: i, on: '2027-06-07', byUser: 'lead', event }));
  expect(storyFrom(events, names, sayCase(letters)(events)).at(-1)).toMatchObject({
    title: 'The calendar changed',
    by: null,
    detail: [
      'Monitoring ends on Wednesday 16 June 2027, not 11 Jun 2027',
      'The case closes on Thursday 24 June 2027 if attendance holds, not 21 Jun 2027',
      'It stays in the stage that it was put back to until Wednesday 23 June 2027, not 18 Jun 2027',
      'The case is reviewed: on Friday 11 June 2027, not 10 Jun 2027',
      'The meeting stays on Tuesday 8 June 2027, but there is no school on that day: agree another day with the parents',
      'New: closure “No heating” from 7 Jun 2027 to 9 Jun 2027',
      'Letter 2: formal monitoring to Ann Other says 11 Jun 2027, and stays as it was written',
    ].join('. '),
  });
});

it('says to whom a penalty notice went by what they are to the child and by initials, not by name', () => {
  const contacts = [{ contactId: 'a', relationship: 'Mother', contact: { fullName: 'Ann  Łucja Other' } }];
  const detail = (contactId: string) => {
    const event = { type: 'referral outcome', outcome: { what: 'penalty notice', contactId }, words: null };
    return sayCase([], contacts)([{ event }])(event)?.said;
  };
  expect(detail('a')).toEqual(['The authority: penalty notice issued', 'To the mother (A. Ł. O.)']);
  expect(detail('b')).toEqual(['The authority: penalty notice issued', 'To somebody who is not on the pupil’s record any more']);
});

it('says each thing that the authority tells the school', () => {
  const outcomes: ReferralOutcome[] = [
    { what: 'contract not agreed', why: 'refused' },
    { what: 'notice to improve fell' },
    { what: 'proceedings ended', result: 'order-made' },
  ];
  const story = storyOf(
    outcomes.map((outcome) => ({ on: '2027-01-07', event: { type: 'referral outcome', outcome, words: null } })),
  );
  expect(story.map(({ title, detail }) => [title, detail])).toEqual([
    ['The authority: no attendance contract', 'A parent refused'],
    ['The authority: the notice to improve fell', 'It did not reach the parents, and does not count'],
    ['The authority: the proceedings have ended', 'The court made an order'],
  ]);
});
