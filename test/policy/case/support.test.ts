import { describe, expect, it } from '@jest/globals';
import type { Decision } from '../../../policy/case/decision.ts';
import type { CaseEvent } from '../../../policy/case/event.ts';
import { evolve } from '../../../policy/case/evolve.ts';
import type { CaseState } from '../../../policy/case/state.ts';
import type { Role } from '../../../policy/people/roles.ts';
import { aCase, gloucestershire } from '../../support/told-case.ts';
import { refusalOf } from '../../support/told-referral.ts';

const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));
type Met = Extract<Decision, { choice: 'met' }>;

const daysAway = [
  ...['2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', '2026-10-05', '2026-10-06', '2026-10-12', '2026-10-19'],
  '2026-10-20',
];

/** A case at its meeting, on 12 November: letters 1 and 2 are out and the target of 95% was not met. */
function atMeeting() {
  const pupil = aCase({ absent: days(...daysAway), on: '2026-09-30' });
  pupil.open();
  pupil.send('letter-1').to('2026-10-14').send('letter-2');
  pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [{ kind: 'mentor', response: 'declined' }] });
  pupil.to('2026-11-05').send('meeting-invitation').to('2026-11-12');
  return pupil;
}
const met = (more: Partial<Met> = {}): Met => ({ choice: 'met', happened: 'held', on: '2026-11-12', offers: [], ...more });
const judged = (pupil: ReturnType<typeof aCase>) => pupil.state.monitoring?.target;

describe('the target that a meeting agrees', () => {
  it.each([
    ['is what the parents and the school said', met({ target: 9_000 }), 9_000],
    ['is the policy’s where they said nothing', met(), 9_500],
    ['is the policy’s where nobody came', met({ happened: 'not attended' }), 9_500],
  ])('%s', (_, decision, target) => {
    const pupil = atMeeting();
    pupil.say('meeting', decision);
    expect(judged(pupil)).toBe(target);
  });

  it('is what the period is judged by', () => {
    const pupil = atMeeting();
    Object.assign(pupil.absent, days('2026-11-17'));
    pupil.say('meeting', met({ target: 9_000 }));
    pupil.to('2026-11-27');
    expect([pupil.state.stage, pupil.state.judged?.window]).toEqual(['improved', { attended: 18, possible: 20 }]);
  });

  it('does not outlive its stage', () => {
    const pupil = atMeeting();
    pupil.say('meeting', met({ target: 9_000 }));
    pupil.to('2026-11-27');
    expect(pupil.state.agreedTarget).toBeUndefined();
  });

  it('is refused where nothing would look at it: beside the ladder, or in a stage that waits for no time', () => {
    const pupil = atMeeting();
    pupil.say('meeting', met());
    const beside = aCase({ absent: days('2026-09-08', '2026-09-09', '2026-09-10'), on: '2026-09-30', pack: gloucestershire });
    beside.open();
    const why = /^NotAllowed: No time follows this meeting in which a target is looked at/;
    expect(refusalOf(() => beside.say('meeting', met({ on: '2026-09-30', target: 9_000 })))).toMatch(why);
    beside.say('meeting', met({ on: '2026-09-30' }));
    expect(beside.happened('meeting recorded')).toEqual(['2026-09-30']);
  });

  it('is not agreed at a meeting beside the ladder by itself, whatever the stage’s own meeting would agree', () => {
    const { stages } = gloucestershire;
    const pack = {
      ...gloucestershire,
      stages: { ...stages, 'letter 1': { ...stages['letter 1'], wait: stages.meeting?.wait } },
    } as typeof gloucestershire;
    const beside = aCase({ absent: days('2026-09-08', '2026-09-09', '2026-09-10'), on: '2026-09-30', pack });
    beside.open();
    expect(beside.state.stage).toBe('letter 1');
    const [recorded] = beside.say('meeting', met({ on: '2026-09-30' }));
    expect(recorded).toMatchObject({ type: 'meeting recorded', happened: 'held', step: null });
    expect(recorded).not.toHaveProperty('target');
  });

  it('holds for the time that runs already', () => {
    const pupil = aCase({
      absent: days('2026-09-08', '2026-09-09', '2026-09-28', '2026-09-29'),
      on: '2026-09-18',
      pack: gloucestershire,
    });
    pupil.open();
    pupil.send('letter-1').to('2026-10-02').send('letter-2').to('2026-10-05');
    expect(judged(pupil)).toBe(9_500);
    pupil.say('meeting', met({ on: '2026-10-05', target: 9_000 }));
    expect(judged(pupil)).toBe(9_000);
  });

  it.each([
    [
      'the stage began',
      '2026-11-04',
      'NotAllowed: This stage of the case began on Thursday 5 November 2026: choose that day or a later one',
    ],
    ['today', '2026-11-13', 'NotAllowed: Record a meeting on or after its day, not before'],
  ])('and the meeting itself cannot be on the wrong side of the day %s', (_, on, why) => {
    expect(refusalOf(() => atMeeting().say('meeting', met({ on })))).toBe(why);
  });

  it('is refused where no meeting was held', () => {
    const pupil = atMeeting();
    const decision = met({ happened: 'refused', target: 9_000 });
    expect(refusalOf(() => pupil.say('meeting', decision))).toBe(
      'NotAllowed: A target is agreed only at a meeting that was held',
    );
  });
});

it('a family is not invited to a meeting on a day without school', () => {
  const pupil = aCase({ absent: days(...daysAway), on: '2026-09-30' });
  pupil.open();
  pupil.send('letter-1').to('2026-10-14').send('letter-2');
  pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [] });
  pupil.to('2026-11-05');
  const meeting = { on: '2026-11-08', at: '15:30' };
  expect(refusalOf(() => pupil.say('meeting-invitation', { choice: 'approve', meeting }))).toBe(
    'NotAllowed: There is no school on that day: choose another for the meeting',
  );
});

describe('the support plan', () => {
  const planned = () => {
    const pupil = atMeeting();
    pupil.say('meeting', met({ offers: [{ kind: 'transport', response: 'accepted' }] }));
    return pupil.to('2026-11-16');
  };
  const note = (pupil: ReturnType<typeof planned>, more: object = {}, role: Role = 'attendance-officer') =>
    pupil.tell({
      ...{ kind: 'support', by: { id: 'x', role }, support: 'transport', response: 'delivered', on: '2026-11-16' },
      ...more,
    } as Parameters<typeof pupil.tell>[0]);

  it('keeps each offer with its day, and notes when it is given at last', () => {
    const pupil = planned();
    note(pupil);
    expect(pupil.state.offers).toEqual([
      { kind: 'mentor', response: 'declined', on: '2026-10-14', since: '2026-10-14' },
      { kind: 'transport', response: 'delivered', on: '2026-11-12', since: '2026-11-16' },
    ]);
  });

  it('names a kind once: what was declined may be accepted later, and something new be offered', () => {
    const pupil = planned();
    note(pupil, { support: 'mentor', response: 'accepted' }, 'sal');
    note(pupil, { support: 'breakfast-club', response: 'accepted' }, 'headteacher');
    expect(pupil.state.offers.map(({ kind, response }) => `${kind} ${response}`)).toEqual([
      'mentor accepted',
      'transport accepted',
      'breakfast-club accepted',
    ]);
  });

  it.each([
    ['another role', {}, 'class-teacher', /^Forbidden: The support plan is kept by/],
    ['a day to come', { on: '2026-11-17' }, 'sal', /^NotAllowed: Record support on or after its day/],
    ['a day before it was offered', { on: '2026-11-11' }, 'sal', /^NotAllowed: The plan knows of it since Thursday 12 November/],
    [
      'a day of another school year',
      { support: 'breakfast-club', on: '2025-11-16' },
      'sal',
      /^NotAllowed: The plan is of the school year since Wednesday 2 September 2026/,
    ],
    ['what stands already', { response: 'accepted' }, 'sal', /^NotAllowed: It is recorded as accepted already/],
  ] as const)('%s is refused', (_, more, role, why) => {
    const pupil = planned();
    expect(refusalOf(() => note(pupil, more, role))).toMatch(why);
  });
});

it('a ledger from before meetings had targets and offers had days folds as it did', () => {
  const old: CaseEvent[] = [
    { type: 'opened', stage: 'meeting' },
    { type: 'support offered', offers: [{ kind: 'mentor', response: 'declined' }] },
    { type: 'support offered', offers: [{ kind: 'mentor', response: 'accepted' }] },
    { type: 'meeting recorded', key: '1-meeting', happened: 'held', on: '2026-11-12', words: null },
  ];
  const state = old.reduce<CaseState | null>((before, event) => evolve(before, event, '2026-11-12'), null);
  expect(JSON.parse(JSON.stringify(state))).toMatchObject({
    metOn: '2026-11-12',
    offers: [
      { kind: 'mentor', response: 'declined' },
      { kind: 'mentor', response: 'accepted' },
    ],
  });
  expect(Object.keys(JSON.parse(JSON.stringify(state)))).not.toContain('agreedTarget');
});
