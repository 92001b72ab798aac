import { describe, expect, it } from '@jest/globals';
import { addSchoolDays } from '../../../policy/calendar/school-calendar.ts';
import type { Circumstances } from '../../../policy/case/circumstances.ts';
import { deadlineOf } from '../../../policy/case/deadline.ts';
import { aCase, calendar, gloucestershire } from '../../support/told-case.ts';

const everyTuesday = ['09-08', '09-15', '09-22', '09-29', '10-06', '10-13', '10-20', '11-03', '11-10', '11-17', '11-24', '12-01'];

/** A case that the authority has, with nothing due of it. */
function withTheAuthority(known: Partial<Circumstances> = {}) {
  const absent = Object.fromEntries(everyTuesday.map((day) => [`2026-${day}`, 'O']));
  const pupil = aCase({ absent, on: '2026-09-21', more: known });
  pupil.open();
  pupil.send('letter-1').to('2026-10-06').send('letter-2').to('2026-10-07');
  pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [] });
  pupil.to('2026-10-22').send('meeting-invitation').to('2026-11-03');
  pupil.say('meeting', { choice: 'met', happened: 'refused', on: '2026-11-03', offers: [] });
  pupil.say('referral', { choice: 'approve' });
  const { id = '' } = pupil.state.referral ?? {};
  pupil.tell({ kind: 'referral outcome', referralId: id, outcome: { what: 'accepted' } });
  pupil.to('2026-11-05').send('referral-notice');
  return pupil;
}

describe('a case that waits for nothing by itself', () => {
  it.each([
    ['of a pupil who stays', null],
    ['of one whose last day is known long before', '2027-07-21'],
  ])('%s is looked at every ten school days', (_, onRollTo) => {
    const pupil = withTheAuthority({ onRollTo }).wakeUntil('2026-11-20');
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['with the authority', []]);
    expect(deadlineOf(pupil.state, pupil.circumstances())?.on).toBe(addSchoolDays(calendar, pupil.on, 10));
  });
});

describe('a new school year', () => {
  it('is noted on its first day of school, whatever else is due', () => {
    const pupil = withTheAuthority();
    expect(gloucestershire['year end']).toBeDefined();
    pupil.wakeUntil('2027-09-01');
    expect(pupil.happened('new school year')).toEqual([]);
    pupil.wakeUntil('2027-09-02');
    expect(pupil.happened('new school year')).toEqual(['2027-09-02']);
  });

  it('is noted then in a case that is held as well', () => {
    const pupil = withTheAuthority();
    pupil.to('2027-07-12');
    pupil.tell({ kind: 'hold', by: { id: 'lead', role: 'sal' }, until: '2027-09-10', textId: 'x' });
    pupil.wakeUntil('2027-09-03');
    expect(pupil.happened('new school year')).toEqual(['2027-09-02']);
  });
});
