import { describe, expect, it } from '@jest/globals';
import { addSchoolDays } from '../../../policy/calendar/school-calendar.ts';
import { deadlineOf } from '../../../policy/case/deadline.ts';
import { evolve } from '../../../policy/case/evolve.ts';
import type { CaseState } from '../../../policy/case/state.ts';
import { earlierStages } from '../../../policy/case/step-back.ts';
import type { Role } from '../../../policy/people/roles.ts';
import { aCase, calendar, gloucestershire } from '../../support/told-case.ts';
import { refusalOf } from '../../support/told-referral.ts';

const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));
const missed = ['2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', '2026-10-05', '2026-10-06', '2026-10-12', '2026-10-19'];
type Pupil = ReturnType<typeof aCase>;

/** In formal monitoring on 14 October: letter 1 is out, letter 2 is proposed. */
function monitored() {
  const pupil = aCase({ absent: days(...missed, '2026-10-20', '2026-11-17', '2026-11-18'), on: '2026-09-30' });
  pupil.open();
  return pupil.send('letter-1').to('2026-10-14');
}

/** At the meeting on 12 November: the target was not met, and the parents are invited. */
function atMeeting() {
  const pupil = monitored().send('letter-2');
  pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [] });
  return pupil.to('2026-11-05').send('meeting-invitation').to('2026-11-12');
}

/** Referred, since the parents refused the meeting. */
function referred() {
  const pupil = atMeeting();
  pupil.say('meeting', { choice: 'met', happened: 'refused', on: '2026-11-12', offers: [] });
  pupil.say('referral', { choice: 'approve' });
  return pupil;
}

const back = (pupil: Pupil, to: string, role: Role = 'sal') =>
  pupil.tell({ kind: 'step back', by: { id: `the ${role}`, role }, to, textId: 'x' }, 'The letter named the wrong child');
const authority = (pupil: Pupil, outcome: object) =>
  pupil.tell({ kind: 'referral outcome', referralId: pupil.state.referral?.id, outcome } as Parameters<Pupil['tell']>[0]);

describe('a case that is put back to an earlier stage', () => {
  it('says why and from where, withdraws what the stage it leaves had open, and begins that stage anew', () => {
    const pupil = monitored();
    const [first, ...then] = back(pupil, 'letter 1');
    expect(first).toEqual({
      ...{ type: 'stepped back', from: 'formal monitoring', to: 'letter 1', words: 'The letter named the wrong child' },
    });
    expect(then.map(({ type }) => type)).toEqual(['withdrawn', 'stage entered', 'proposed']);
    expect([pupil.state.stage, pupil.state.step, pupil.proposals()]).toEqual(['letter 1', 0, ['letter-1']]);
  });

  it('stays there, although what moved it on is still so, for as long as a step that was declined; then the policy goes on', () => {
    const pupil = monitored();
    back(pupil, 'letter 1');
    const until = addSchoolDays(calendar, '2026-10-14', gloucestershire.waiting['ask again after']);
    expect(pupil.state.backUntil).toBe(until);
    pupil.say('letter-1', { choice: 'decline', textId: 'x' });
    pupil.to(addSchoolDays(calendar, '2026-10-14', 9));
    expect(pupil.state.stage).toBe('letter 1');
    Object.assign(pupil.absent, days('2026-11-03', '2026-11-04'));
    pupil.to(until);
    expect([pupil.state.stage, 'backUntil' in JSON.parse(JSON.stringify(pupil.state))]).toEqual(['formal monitoring', false]);
  });

  it('wakes by itself on that day', () => {
    const pupil = monitored();
    back(pupil, 'concern');
    const whys = new Set<string | undefined>();
    for (let on = pupil.on; on < '2026-11-06'; on = deadlineOf(pupil.state, pupil.circumstances())?.on ?? '9') {
      pupil.wakeUntil(on);
      whys.add(deadlineOf(pupil.state, pupil.circumstances())?.why);
    }
    expect(whys).toContain('The stage it was put back to may be left again');
    expect(pupil.state.stage).not.toBe('concern');
  });

  it('is moved on at once by what comes about in the stage: a meeting that the parents refuse again', () => {
    const pupil = referred();
    authority(pupil, { what: 'returned', missing: [], textId: 'x' });
    back(pupil, 'meeting');
    expect(pupil.state.stage).toBe('meeting');
    pupil.to('2026-11-20').send('meeting-invitation').to('2026-11-24');
    expect(pupil.state.stage).toBe('meeting');
    pupil.say('meeting', { choice: 'met', happened: 'refused', on: '2026-11-24', offers: [] });
    expect([pupil.state.stage, pupil.on < addSchoolDays(calendar, '2026-11-12', 10)]).toEqual(['referral', true]);
  });

  it('leaves a question about what it withdraws unasked, and a letter that lost its ground asked about', () => {
    const pupil = monitored();
    pupil.say('letter-2', { choice: 'ask', of: 'dsl', textId: 'x' }, 'sal', 'Is it safe?');
    back(pupil, 'concern');
    expect(pupil.proposals()).toEqual(['how-can-we-help']);
  });
});

describe('a case is not put back', () => {
  it.each([
    ['by anybody but who leads', monitored, 'letter 1', 'attendance-officer', /^Forbidden: To put a case back is for/],
    ['to a later stage', monitored, 'meeting', 'sal', /^NotAllowed: "meeting" does not come before "formal monitoring"/],
    ['to where it is', monitored, 'formal monitoring', 'sal', /^NotAllowed/],
    ['to a stage that there is none of', monitored, 'letter 9', 'headteacher', /^NotAllowed/],
    ['while the authority has the referral', referred, 'meeting', 'sal', /^NotAllowed: The authority has the referral/],
  ] as const)('%s', (_, given, to, role, why) => {
    const pupil = given();
    const before = pupil.state;
    expect(refusalOf(() => back(pupil, to, role))).toMatch(why);
    expect(pupil.state).toEqual(before);
  });

  it('at the authority’s stage, before or after a person there has taken it up; when it has ended its work it is', () => {
    const pupil = referred();
    authority(pupil, { what: 'accepted' });
    expect(pupil.state.stage).toBe('with the authority');
    expect(earlierStages(gloucestershire, pupil.state)).toEqual([]);
    expect(refusalOf(() => back(pupil, 'meeting'))).toMatch(/^NotAllowed: The authority has the referral/);
    authority(pupil, { what: 'ended', how: 'no action' });
    expect(earlierStages(gloucestershire, pupil.state).slice(0, 3)).toEqual(['referral', 'meeting', 'improved']);
    back(pupil, 'formal monitoring');
    expect(pupil.state.stage).toBe('formal monitoring');
  });

  it('while a letter can still be called back: a person says first what becomes of it', () => {
    const pupil = monitored();
    const [approved] = pupil.say('letter-2', { choice: 'approve' });
    if (approved?.type !== 'letters approved') throw new Error('not approved');
    expect(refusalOf(() => back(pupil, 'letter 1'))).toMatch(/^NotAllowed: A letter of this case waits to leave: call it back/);
    for (const { letterId } of approved.letters) pupil.tell({ kind: 'letter outcome', letterId, outcome: 'recalled' });
    back(pupil, 'letter 1');
    expect(pupil.state.stage).toBe('letter 1');
  });
});

it('a ledger from before cases could be put back folds to what it folded to', () => {
  const attendance = { attended: 20, possible: 30 };
  const entered = { type: 'stage entered', attendance, why: 'x', clause: 'y' } as const;
  const opened = evolve(null, { type: 'opened', stage: 'letter 1' }, '2026-09-30');
  const state = evolve(
    evolve(opened, { ...entered, stage: 'letter 1' }, '2026-09-30'),
    { ...entered, stage: 'meeting' },
    '2026-10-01',
  );
  expect(Object.keys(state)).not.toContain('backUntil');
  const later: CaseState = evolve(state, { ...entered, stage: 'letter 1', until: '2026-10-15' }, '2026-10-02');
  expect(later.backUntil).toBe('2026-10-15');
});
