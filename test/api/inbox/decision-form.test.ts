import { describe, expect, it } from '@jest/globals';
import { DecisionForm } from '../../../api/inbox/decision-form.ts';

const typed = (fields: Record<string, string>) =>
  DecisionForm.safeParse({ decisionKey: '00000000-0000-4000-8000-000000000000', version: '3', ...fields });

const held = { choice: 'met', happened: 'held', metOn: '2026-11-17' };

describe('the decision form comes to what a machine would say', () => {
  it.each<[string, Record<string, string>, object]>([
    ['an approval', { choice: 'approve' }, { choice: 'approve' }],
    [
      'an approval with a paragraph',
      { choice: 'approve', note: ' Come and talk. ' },
      { choice: 'approve', text: 'Come and talk.' },
    ],
    [
      'an invitation',
      { choice: 'approve', meetingOn: '2026-11-17', meetingAt: '15:30' },
      { choice: 'approve', meeting: { on: '2026-11-17', at: '15:30' } },
    ],
    ['a refusal', { choice: 'decline', reason: 'They called' }, { choice: 'decline', text: 'They called' }],
    [
      'a delay, whatever else was typed',
      { choice: 'hold', until: '2026-11-17', holdReason: 'Bereaved', question: 'Why?', note: 'x' },
      { choice: 'hold', until: '2026-11-17', text: 'Bereaved' },
    ],
    ['a question', { choice: 'ask', of: 'dsl', question: 'Is it safe?' }, { choice: 'ask', of: 'dsl', text: 'Is it safe?' }],
    ['an answer', { choice: 'answer', record: 'It is' }, { choice: 'answer', text: 'It is' }],
    [
      'a call with what was offered',
      { choice: 'called', reached: 'no', 'offer-mentor': 'accepted', 'offer-transport': 'declined' },
      {
        choice: 'called',
        reached: false,
        offers: [
          { kind: 'mentor', response: 'accepted' },
          { kind: 'transport', response: 'declined' },
        ],
      },
    ],
    [
      'a meeting',
      { choice: 'met', happened: 'held', metOn: '2026-11-17', record: 'Agreed' },
      { choice: 'met', happened: 'held', on: '2026-11-17', offers: [], text: 'Agreed' },
    ],
    [
      'a target that was agreed at a meeting, in percent',
      { choice: 'met', happened: 'held', metOn: '2026-11-17', target: '92.5 %' },
      { choice: 'met', happened: 'held', on: '2026-11-17', offers: [], target: 9250 },
    ],
    [
      'no target of a meeting to which nobody came',
      { choice: 'met', happened: 'not attended', metOn: '2026-11-17', target: '95' },
      { choice: 'met', happened: 'not attended', on: '2026-11-17', offers: [] },
    ],
    ['a thing done', { choice: 'done' }, { choice: 'done' }],
    [
      'a thing done with what it needs',
      { choice: 'done', has: 'written plan', record: 'It is on file' },
      { choice: 'done', has: ['written plan'], text: 'It is on file' },
    ],
    ['a look at the letter, before anything is chosen', { show: 'letter' }, { choice: 'approve' }],
    [
      'a look at the letter, with a paragraph and half of a meeting',
      { show: 'letter', choice: 'hold', note: 'Come and talk.', meetingOn: '2026-11-17' },
      { choice: 'approve', text: 'Come and talk.' },
    ],
  ])('%s', (_, fields, decision) => {
    expect(typed(fields)).toMatchObject({ success: true, data: { version: 3, decision } });
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['nothing', {}, { choice: 'Choose what to do' }],
    ['a choice there is none of', { choice: 'burn' }, { choice: 'Choose what to do' }],
    ['a paragraph of 601 characters', { choice: 'approve', note: 'x'.repeat(601) }, { note: 'Write at most 600 characters' }],
    [
      'a meeting without its time',
      { choice: 'approve', meetingOn: '2026-11-17' },
      { meetingOn: 'Enter the day and the time of the meeting, such as 15:30' },
    ],
    ['a refusal without a reason', { choice: 'decline' }, { reason: 'Enter a reason' }],
    [
      'a delay to no real day',
      { choice: 'hold', holdReason: 'x', until: '2026-02-30' },
      { until: 'Enter the day it comes back, as a real date' },
    ],
    ['a question to nobody', { choice: 'ask' }, { of: 'Choose whom to ask', question: 'Enter your question' }],
    ['no answer', { choice: 'answer' }, { record: 'Enter your answer' }],
    ['a target that is no number', { ...held, target: 'most' }, { target: 'Enter a percentage such as 95' }],
    ['a target with a third decimal', { ...held, target: '94.996' }, { target: 'Enter a percentage such as 95' }],
    ['a target in powers of ten', { ...held, target: '1e2' }, { target: 'Enter a percentage such as 95' }],
    ['a target in hexadecimal', { ...held, target: '0x5a' }, { target: 'Enter a percentage such as 95' }],
    ['a target above 100', { ...held, target: '101' }, { target: 'Enter a percentage such as 95' }],
    ['a call that says nothing', { choice: 'called' }, { reached: 'Say whether you spoke to the family' }],
    [
      'a meeting that says nothing',
      { choice: 'met' },
      { happened: 'Say what came of the meeting', metOn: 'Enter the day of the meeting, as a real date' },
    ],
  ])('%s is refused beside its field', (_, fields, problems) => {
    const issues = typed(fields).error?.issues ?? [];
    expect(Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]))).toEqual(problems);
  });
});

describe('a meeting that was for brothers and sisters too', () => {
  const sibling = '00000000-0000-4000-8000-000000000007';
  const met = { ...held, 'offer-mentor': 'accepted', target: '95' };

  it('has what was agreed for each as that child’s own', () => {
    const also = { 'also-2': `${sibling} 4-meeting 1`, 'alsoTarget-2': '91%', 'alsoNote-2': 'The bus is late.' };
    expect(typed({ ...met, ...also }).data?.alsoFor).toEqual([
      { matterId: sibling, key: '4-meeting', version: 1, target: 9_100, offers: [], text: 'The bus is late.' },
    ]);
    expect(typed({ ...met, 'also-1': `${sibling} 4-meeting 1 support` }).data?.alsoFor).toEqual([
      { matterId: sibling, key: '4-meeting', version: 1, offers: [{ kind: 'mentor', response: 'accepted' }] },
    ]);
    expect(typed({ ...met, 'also-1': '' }).data?.alsoFor).toEqual([]);
  });

  it.each([
    ['also-1', { 'also-1': 'nobody' }],
    ['alsoTarget-1', { 'also-1': `${sibling} 4-meeting 1`, 'alsoTarget-1': '101' }],
  ])('is refused beside %s', (field, also) => {
    const { error } = typed({ ...met, ...also });
    expect(error?.issues.map(({ path }) => String(path[0]))).toContain(field);
  });
});
