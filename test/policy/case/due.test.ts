import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { heardAt, waitingFor } from '../../../activities/matter/waiting.ts';
import { type Day, londonInstant } from '../../../policy/calendar/day.ts';
import { schoolCalendar } from '../../../policy/calendar/school-calendar.ts';
import type { Circumstances } from '../../../policy/case/circumstances.ts';
import { deadlineOf } from '../../../policy/case/deadline.ts';
import type { Due } from '../../../policy/pack/amount.ts';
import type { Pack } from '../../../policy/pack/pack.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { aCase, packFile, periods } from '../../support/told-case.ts';

const demat = readPack(readFileSync(new URL('demat.yaml', packFile), 'utf8'), 'demat');

/** DEMAT with its golden hour as all that stands beside the ladder; or with another time in its place. */
const goldenHour = (due?: Due): Pack => ({
  ...demat,
  alongside: demat.alongside
    .filter(({ source }) => source === '9.3: golden hour')
    .map((rule) => ({
      ...rule,
      do: rule.do.map((step) => (due && 'task' in step ? { ...step, task: { ...step.task, due } } : step)),
    })),
});
const byHalfPastNine: Due = { n: 0, unit: 'school day', by: '09:30' };

const absent = Object.fromEntries(['2026-10-06', '2026-10-07', '2026-10-08', '2026-10-09'].map((day) => [day, 'I']));

/** A pupil whose absence from 6 October on opens a case, told of it at a time of a day; a practice school has no times. */
function absentPupil(at: string | undefined, { on = '2026-10-06' as Day, due = undefined as Due | undefined } = {}) {
  const more: Partial<Circumstances> = at === undefined ? {} : { at };
  const pupil = aCase({ absent, on, pack: goldenHour(due), more });
  pupil.open();
  const told = () =>
    pupil.events.flatMap(({ on: day, event }) =>
      (event.type === 'reminded' || event.type === 'escalated') && event.key.endsWith('-task')
        ? [`${event.type} ${day} ${event.at ?? ''}`.trim()]
        : [],
    );
  return {
    pupil,
    contact: () => pupil.proposal('task'),
    told,
    next: () => deadlineOf(pupil.state, pupil.circumstances()),
    clockIs(time: string) {
      more.at = time;
      pupil.tell({ kind: 'day' });
      return told();
    },
  };
}

describe('what is due within an hour', () => {
  it('is reminded of when the hour is over, and asked of the stand-in an hour later, on the same day', () => {
    const { contact, told, next, clockIs } = absentPupil('09:03');
    expect(contact()).toMatchObject({ due: '2026-10-06', dueAt: '10:05', remindOn: '2026-10-06', remindAt: '10:05' });
    expect(told()).toEqual([]);
    expect(next()).toMatchObject({ on: '2026-10-06', at: '10:05', why: 'The attendance officer is reminded at 10:05' });
    expect(clockIs('10:04')).toEqual([]);
    expect(clockIs('10:05')).toEqual(['reminded 2026-10-06 10:05']);
    expect(next()).toMatchObject({ on: '2026-10-06', at: '11:05' });
    expect(clockIs('11:05')).toEqual(['reminded 2026-10-06 10:05', 'escalated 2026-10-06 11:05']);
    expect(contact()).toMatchObject({ reminded: true, alsoRole: 'sal' });
    expect(next()?.on).not.toBe('2026-10-06');
  });

  it('runs by the clock over midnight, and nobody is told so on a day without school', () => {
    // 6 October is a Tuesday; without a Wednesday the next school day is Thursday.
    const closed = schoolCalendar([...periods, { kind: 'closure', from: '2026-10-07', to: '2026-10-07', label: 'Snow' }]);
    const late = aCase({
      ...{ absent, on: '2026-10-06', pack: goldenHour() },
      more: { at: '23:30', calendar: closed },
    });
    late.open();
    expect(late.proposal('task')).toMatchObject({
      ...{ due: '2026-10-07', dueAt: '00:30', remindOn: '2026-10-08', remindAt: '07:00' },
      standIn: { on: '2026-10-08', at: '08:00' },
    });
  });

  it('stays when the calendar changes; only its reminder goes to a day with school', () => {
    const { pupil, contact } = absentPupil('09:00');
    pupil.calendarIs(schoolCalendar([...periods, { kind: 'closure', from: '2026-10-06', to: '2026-10-06', label: 'Snow' }]));
    pupil.tell({ kind: 'calendar changed', textId: 'x' });
    expect(contact()).toMatchObject({ due: '2026-10-06', remindOn: '2026-10-07', standIn: { on: '2026-10-07' } });
  });
});

describe('what is due by a time of the day', () => {
  it('is reminded of at that time', () => {
    const { contact, clockIs } = absentPupil('08:50', { due: byHalfPastNine });
    expect(contact()).toMatchObject({ due: '2026-10-06', dueAt: '09:30' });
    expect(clockIs('09:30')).toEqual(['reminded 2026-10-06 09:30']);
    expect(clockIs('10:30')).toEqual(['reminded 2026-10-06 09:30', 'escalated 2026-10-06 10:30']);
  });

  it('is reminded of at once where the time has passed, and the stand-in has to wait for an hour from then', () => {
    const { told, clockIs } = absentPupil('11:20', { due: byHalfPastNine });
    expect(told()).toEqual(['reminded 2026-10-06 11:20']);
    expect(clockIs('12:15')).toHaveLength(1);
    expect(clockIs('12:20')).toEqual(['reminded 2026-10-06 11:20', 'escalated 2026-10-06 12:20']);
  });

  it('on a day without school is that time of the next day with school', () => {
    const { contact } = absentPupil('10:00', { on: '2026-10-10', due: byHalfPastNine });
    expect(contact()).toMatchObject({ due: '2026-10-12', dueAt: '09:30', remindOn: '2026-10-12' });
  });
});

describe('in a practice school, whose clock knows days alone', () => {
  it.each([
    ['an hour', undefined, undefined],
    ['a time of the day', byHalfPastNine, '09:30'],
  ])('%s is over when the day is: the reminder and the stand-in come with the next', (_, due, dueAt) => {
    const { pupil, contact, told, next } = absentPupil(undefined, { due });
    expect([contact().due, contact().dueAt, next()?.on]).toEqual(['2026-10-06', dueAt, '2026-10-07']);
    pupil.to('2026-10-07');
    expect(told()).toEqual(['reminded 2026-10-07', 'escalated 2026-10-07']);
  });
});

it('what older ledgers say is due by the hour goes by school days, as it was proposed', () => {
  const { pupil, contact, next, told } = absentPupil('09:00');
  const { remindAt: _, standIn: __, dueAt: ___, ...older } = contact();
  pupil.state.proposals[older.key] = { ...older, remindOn: '2026-10-07' };
  expect(next()).toMatchObject({ on: '2026-10-07', why: 'The attendance officer is reminded' });
  pupil.to('2026-10-09');
  expect(told().slice(0, 2)).toEqual(['reminded 2026-10-07', 'escalated 2026-10-09']);
});

describe('the engine wakes a case', () => {
  const deadline = { on: '2026-10-06', at: '10:05', why: 'w' };

  it('at the time, under a key that names it; what is a date, before school', () => {
    expect(waitingFor(deadline)).toEqual({ key: 'day:2026-10-06T10:05', until: londonInstant('2026-10-06', '10:05'), why: 'w' });
    expect(waitingFor({ on: '2026-10-06', why: 'w' })).toMatchObject({
      ...{ key: 'day:2026-10-06', until: londonInstant('2026-10-06', '07:00') },
    });
  });

  it('and however little this machine’s clock is behind, the time has come: it does not wait for the same again', () => {
    const { key, until } = waitingFor(deadline) as { key: string; until: number };
    expect(heardAt({ key, kind: 'day' }, until - 1)).toBe(until);
    expect(heardAt({ key, kind: 'day' }, until + 5)).toBe(until + 5);
    expect(heardAt({ key: 'x', kind: 'register changed' }, until - 1)).toBe(until - 1);
  });
});
