import { describe, expect, it } from '@jest/globals';
import type { Period } from '../../../policy/calendar/period.ts';
import { goingOn, schoolCalendar } from '../../../policy/calendar/school-calendar.ts';
import { deadlineOf } from '../../../policy/case/deadline.ts';
import { evolve } from '../../../policy/case/evolve.ts';
import type { Move } from '../../../policy/case/move.ts';
import { movesIn } from '../../../policy/case/replan.ts';
import type { CaseState } from '../../../policy/case/state.ts';
import { aCase, gloucestershire, periods } from '../../support/told-case.ts';

const closure = (from: string, to = from): Period => ({ kind: 'closure', from, to, label: 'No heating' });
const withClosure = (...more: Period[]) => schoolCalendar([...periods, ...more]);

/** Below 90% and falling since September, letter 1 long out: letter 2 went on 2 October. */
function monitored() {
  const missed = ['09-03', '09-04', '09-07', '09-08', '09-28', '09-29', '09-30', '10-01'];
  const days = missed.map((day) => [`2026-${day}`, 'O']);
  const one = aCase({ absent: Object.fromEntries(days), on: '2026-09-18' });
  one.open();
  one.send('letter-1').to('2026-10-02').send('letter-2');
  one.to('2026-10-05');
  return one;
}
const monthOf = (month: string) => Array.from({ length: 30 }, (_, i) => `${month}-${String(1 + i).padStart(2, '0')}`);
const changed = (one: ReturnType<typeof aCase>) =>
  one
    .tell({ kind: 'calendar changed', textId: 't' }, 'new: closure “No heating”')
    .flatMap((event) => (event.type === 'replanned' ? event.moves : []));

describe('a calendar that changes', () => {
  it('moves a monitoring period that has begun, says from which days and why, and moves it back', () => {
    const one = monitored();
    const was = one.state.monitoring;
    expect(was).toMatchObject({ from: '2026-10-05', until: '2026-10-16', judgedOn: '2026-10-19' });
    one.calendarIs(withClosure(closure('2026-10-07', '2026-10-09')));
    const dates = { from: '2026-10-05', until: '2026-10-21', judgedOn: '2026-10-22' };
    const { from, until, judgedOn } = was ?? dates;
    expect(changed(one)).toContainEqual({ what: 'monitoring', was: { from, until, judgedOn }, is: dates });
    expect(one.state.monitoring).toEqual({ ...dates, target: was?.target });
    expect(deadlineOf(one.state, one.circumstances())?.on.localeCompare('2026-10-22')).toBeLessThanOrEqual(0);
    expect(one.events.at(-1)?.event).toMatchObject({ type: 'replanned', why: 'new: closure “No heating”' });
    one.calendarIs(withClosure());
    changed(one);
    expect(one.state.monitoring).toEqual(was);
  });

  it('is judged on the day it was moved to, and not before', () => {
    const one = monitored();
    one.calendarIs(withClosure(closure('2026-10-07', '2026-10-09')));
    changed(one);
    one.to('2026-10-21');
    expect(one.happened('target judged')).toEqual([]);
    one.to('2026-10-22');
    expect(one.happened('target judged')).toEqual(['2026-10-22']);
    expect(one.state.judged).toMatchObject({ until: '2026-10-21' });
  });

  it('asks for no mark of a day that was closed afterwards, and counts the period to its tenth day', () => {
    const one = monitored();
    one.absent['2026-10-12'] = 'none';
    one.to('2026-10-19');
    expect(one.proposals()).toContain('missing marks');
    one.calendarIs(withClosure(closure('2026-10-12')));
    changed(one);
    expect(one.proposals()).not.toContain('missing marks');
    expect(one.state.monitoring).toMatchObject({ until: '2026-10-19', judgedOn: '2026-10-20' });
    one.to('2026-10-20');
    expect(one.happened('target judged')).toEqual(['2026-10-20']);
  });

  it('moves what is asked, with its reminder, also while the case is held; who was reminded is not reminded again', () => {
    const one = aCase({ absent: { '2026-09-03': 'O', '2026-09-04': 'O' }, on: '2026-09-18' });
    one.open();
    const { due, remindOn } = one.proposal('letter-1');
    expect([due, remindOn]).toEqual(['2026-09-22', '2026-09-22']);
    one.tell({ kind: 'hold', by: { id: 'lead', role: 'sal' }, until: '2026-09-29', textId: 't' });
    one.calendarIs(withClosure(closure('2026-09-21')));
    expect(changed(one)).toEqual([
      {
        ...{ what: 'proposal', key: one.proposal('letter-1').key, due: { was: due, is: '2026-09-23' } },
        remindOn: { was: remindOn, is: '2026-09-23' },
      },
    ]);
    one.to('2026-09-29');
    expect(one.proposal('letter-1')).toMatchObject({ reminded: true, due: '2026-09-23' });
    one.calendarIs(withClosure());
    expect(changed(one)).toContainEqual(expect.objectContaining({ remindOn: { was: '2026-09-23', is: '2026-09-23' } }));
  });

  it('moves the day of an older ledger, which does not say how many school days were given, off a closed day', () => {
    const one = aCase({ absent: { '2026-09-03': 'O', '2026-09-04': 'O' }, on: '2026-09-18' });
    one.open();
    const proposal = one.proposal('letter-1');
    const { dueIn: _, ...older } = proposal;
    one.state.proposals[proposal.key] = older;
    one.calendarIs(withClosure(closure('2026-09-22')));
    changed(one);
    expect(one.proposal('letter-1').due).toBe('2026-09-23');
  });

  it('leaves an agreed meeting where it is, and says once that there is no school that day', () => {
    const one = monitored();
    one.absent['2026-10-06'] = 'O';
    one.to('2026-10-19');
    one.send('meeting-invitation');
    const on = one.state.meeting?.on ?? '';
    one.calendarIs(withClosure(closure(on)));
    expect(changed(one)).toContainEqual({ what: 'meeting', on });
    one.calendarIs(withClosure(closure(on), closure('2026-12-01')));
    expect(changed(one)).not.toContainEqual({ what: 'meeting', on });
    expect(one.state.meeting?.on).toBe(on);
  });

  it('says when the case is looked at next, if it waits for nothing that it keeps', () => {
    const one = aCase({ absent: { '2026-09-03': 'O', '2026-09-04': 'O' }, on: '2026-09-18' });
    one.open();
    one.send('letter-1');
    const before = deadlineOf(one.state, one.circumstances());
    expect(before).toEqual({ on: '2026-09-25', why: 'The next step of the policy may be due' });
    one.calendarIs(withClosure(closure('2026-09-22')));
    expect(changed(one)).toEqual([{ what: 'next', why: before?.why, was: '2026-09-25', is: '2026-09-28' }]);
  });

  it('counts anew when a step that was declined is asked about again; by an older ledger it only moves off a closed day', () => {
    const one = aCase({ absent: { '2026-09-03': 'O', '2026-09-04': 'O' }, on: '2026-09-18' });
    one.open();
    one.say('letter-1', { choice: 'decline', textId: '00000000-0000-4000-8000-000000000000' });
    expect(one.state).toMatchObject({ askAgainOn: '2026-10-02', askAgain: { since: '2026-09-18', after: 10 } });
    const { askAgain: _, ...older } = one.state;
    const again = (moves: readonly Move[]) => moves.filter(({ what }) => what === 'asked again');
    one.calendarIs(withClosure(closure('2026-09-22', '2026-09-23')));
    expect(again(movesIn(older, one.circumstances()))).toEqual([]);
    expect(again(changed(one))).toEqual([{ what: 'asked again', was: '2026-10-02', is: '2026-10-06' }]);
    expect(one.state.askAgainOn).toBe('2026-10-06');
    expect(again(changed(one))).toEqual([]);
    one.calendarIs(withClosure());
    expect(again(changed(one))).toEqual([{ what: 'asked again', was: '2026-10-06', is: '2026-10-02' }]);
    one.calendarIs(withClosure(closure('2026-10-02')));
    expect(again(movesIn(older, one.circumstances()))).toEqual([{ what: 'asked again', was: '2026-10-02', is: '2026-10-05' }]);
    one.to('2026-10-02');
    expect(again(changed(one))).toEqual([]);
    expect(one.proposals()).toEqual(['letter-1']);
  });

  it('counts anew how long a case that was put back stays there', () => {
    const one = monitored();
    one.tell({ kind: 'step back', by: { id: 'lead', role: 'sal' }, to: 'letter 1', textId: 't' }, 'Too early');
    expect(one.state).toMatchObject({ backUntil: '2026-10-19', stageSince: '2026-10-05' });
    one.calendarIs(withClosure(closure('2026-10-07', '2026-10-09')));
    expect(changed(one)).toContainEqual({ what: 'put back', was: '2026-10-19', is: '2026-10-22' });
    expect(one.state.backUntil).toBe('2026-10-22');
    one.to('2026-10-22');
    one.calendarIs(withClosure());
    expect(changed(one)).not.toContainEqual(expect.objectContaining({ what: 'put back' }));
    const folded = one.events.reduce<CaseState | null>((state, { on, event }) => evolve(state, event, on), null);
    expect(folded).toEqual(one.state);
  });

  it('moves no look for its own sake, which is later each day whatever the calendar says', () => {
    const nothing = { do: [], next: [], alongside: [], wait: undefined, 'review every': undefined };
    const stages = Object.entries(gloucestershire.stages).map(([name, stage]) => [name, { ...stage, ...nothing }]);
    const pack = { ...gloucestershire, alongside: [], 'year end': undefined, stages: Object.fromEntries(stages) };
    const one = aCase({ absent: { '2026-09-03': 'O', '2026-09-04': 'O' }, on: '2026-09-18', pack });
    one.open();
    const why = 'The case is looked at again';
    const c = { ...one.circumstances(), waitedFor: { on: '2026-09-30', why } };
    expect(deadlineOf(one.state, c)).toEqual({ on: '2026-10-02', why });
    expect(movesIn(one.state, c)).toEqual([]);
  });

  it('that moves nothing of a case leaves no trace in it; of a closed case never', () => {
    const one = monitored();
    one.calendarIs(withClosure(closure('2026-12-17')));
    expect(changed(one)).toEqual([]);
    one.tell({ kind: 'close', by: { id: 'lead', role: 'sal' }, textId: 't' });
    one.calendarIs(withClosure(closure('2026-10-07')));
    expect(one.tell({ kind: 'calendar changed', textId: 't' })).toEqual([]);
  });

  it('stops no case that counts past the last term; what it counted moves when the next terms come', () => {
    const toJuly = periods.filter(({ from }) => from < '2027-08-01');
    const absent = Object.fromEntries(monthOf('2027-06').map((day) => [day, 'O']));
    // A policy that does nothing at a new school year: else that is what comes next.
    const one = aCase({ absent, on: '2027-07-12', pack: { ...gloucestershire, alongside: [], 'year end': undefined } });
    one.calendarIs(goingOn(schoolCalendar(toJuly)));
    one.open();
    one.say('letter-1', { choice: 'hold', until: '2027-07-19', textId: '00000000-0000-4000-8000-000000000000' });
    one.to('2027-07-20');
    one.send('letter-1').to('2027-07-21');
    const before = deadlineOf(one.state, one.circumstances());
    expect(before).toEqual({ on: '2027-09-03', why: 'The case is reviewed' });
    one.calendarIs(goingOn(schoolCalendar(periods)));
    expect(changed(one)).toEqual([{ what: 'next', why: before?.why, was: '2027-09-03', is: '2027-09-06' }]);
  });

  it('folds from the ledger to the same state', () => {
    const one = monitored();
    one.calendarIs(withClosure(closure('2026-10-07', '2026-10-09')));
    changed(one);
    const folded = one.events.reduce<CaseState | null>((state, { on, event }) => evolve(state, event, on), null);
    expect(folded).toEqual(one.state);
  });
});
