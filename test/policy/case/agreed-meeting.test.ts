import { describe, expect, it } from '@jest/globals';
import { goingOn, schoolCalendar } from '../../../policy/calendar/school-calendar.ts';
import { aCase, periods } from '../../support/told-case.ts';

/** Letter 2 and its two weeks have passed: on 5 November the parents are invited for this day. */
function invitedFor(on: string) {
  const missed = ['09-08', '09-15', '09-22', '09-29', '10-06', '10-13', '10-20', '11-03', '11-10', '11-17', '11-24'];
  const pupil = aCase({ absent: Object.fromEntries(missed.map((day) => [`2026-${day}`, 'O'])), on: '2026-09-21' });
  pupil.open();
  pupil.send('letter-1').to('2026-10-06').send('letter-2').to('2026-10-07');
  pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [] });
  pupil.to('2026-11-05').say('meeting-invitation', { choice: 'approve', meeting: { on, at: '15:30' } });
  for (const [letterId, { template }] of Object.entries(pupil.state.letters))
    if (template === 'meeting-invitation') pupil.tell({ kind: 'letter outcome', letterId, outcome: 'sent' });
  return pupil;
}
type Pupil = ReturnType<typeof invitedFor>;
const asked = (pupil: Pupil) => pupil.proposal('meeting');
const told = (pupil: Pupil) =>
  pupil.events.flatMap(({ event, on }) => ('key' in event && event.key === asked(pupil).key ? [`${event.type} ${on}`] : []));

describe('a meeting that is agreed for a later day', () => {
  it('is due on that day, and neither reminded of nor passed on before', () => {
    const pupil = invitedFor('2026-11-26');
    expect(asked(pupil)).toMatchObject({ madeOn: '2026-11-05', agreedFor: '2026-11-26', due: '2026-11-26' });
    pupil.to('2026-11-29');
    expect(told(pupil)).toEqual([]);
    pupil.to('2026-12-04');
    expect(told(pupil)).toEqual(['reminded 2026-11-30', 'escalated 2026-12-03']);
  });

  it('and woken only when it wants to be, it hears of it on the same days', () => {
    const pupil = invitedFor('2026-11-26').wakeUntil('2026-12-04');
    expect(told(pupil)).toEqual(['reminded 2026-11-30', 'escalated 2026-12-03']);
  });

  it('stays on its day in another calendar, and its reminder counts from there', () => {
    const pupil = invitedFor('2026-11-26');
    pupil.calendarIs(
      goingOn(schoolCalendar([...periods, { kind: 'closure', from: '2026-11-27', to: '2026-11-27', label: 'Snow' }])),
    );
    pupil.tell({ kind: 'calendar changed', textId: 't' });
    expect(asked(pupil)).toMatchObject({ due: '2026-11-26', remindOn: '2026-12-01' });
  });

  it('in an older ledger, which does not say for which day, goes on as it was proposed', () => {
    const pupil = invitedFor('2026-11-26');
    const { agreedFor: _, ...older } = { ...asked(pupil), due: '2026-11-19', remindOn: '2026-11-09' };
    pupil.state.proposals[older.key] = older;
    pupil.to('2026-11-13');
    expect(told(pupil)).toEqual(['reminded 2026-11-09', 'escalated 2026-11-12']);
  });

  it('is no other for each day more of the register, but is by a correction of what it was asked for on', () => {
    const pupil = invitedFor('2026-11-26').to('2026-11-25');
    expect([asked(pupil).version, told(pupil)]).toEqual([1, []]);
    pupil.absent['2026-10-20'] = '/';
    pupil.tell({ kind: 'register changed' });
    expect(told(pupil)).toEqual(['revised 2026-11-25']);
    pupil.to('2026-11-26');
    expect(asked(pupil).version).toBe(2);
  });
});
