import { describe, expect, it } from '@jest/globals';
import { schoolCalendar } from '../../../policy/calendar/school-calendar.ts';
import { type Duty, dueDays, dutiesOf, termOfDuties } from '../../../policy/duties/duties.ts';
import { shippedPacks } from '../../support/packs.ts';

const term = { kind: 'term' as const, from: '2026-09-02', to: '2026-12-18', label: 'Autumn' };
const spring = { kind: 'term' as const, from: '2027-01-04', to: '2027-03-25', label: 'Spring' };
const calendar = schoolCalendar([
  ...[term, spring],
  { kind: 'half-term', from: '2026-10-26', to: '2026-10-30', label: 'Half-term' },
  { kind: 'closure', from: '2026-10-09', to: '2026-10-09', label: 'No heating' },
]);

describe('the days by which a policy asks for something', () => {
  it('are the last of each week in which there is school; a closed Friday makes it the Thursday', () =>
    expect(dueDays('week', calendar, term).slice(0, 8)).toEqual([
      ...['2026-09-04', '2026-09-11', '2026-09-18', '2026-09-25', '2026-10-02', '2026-10-08', '2026-10-16', '2026-10-23'],
    ]));

  it('are those of each second school week: half-term is none', () =>
    expect(dueDays('fortnight', calendar, term)).toEqual([
      ...['2026-09-11', '2026-09-25', '2026-10-08', '2026-10-23', '2026-11-13', '2026-11-27', '2026-12-11'],
    ]));

  it('are the ends of the half-terms, of the term, and of the year in its last term', () => {
    expect(dueDays('half-term', calendar, term)).toEqual(['2026-10-23', '2026-12-18']);
    expect(dueDays('term', calendar, term)).toEqual(['2026-12-18']);
    expect([dueDays('year', calendar, term), dueDays('year', calendar, spring)]).toEqual([[], ['2027-03-25']]);
    expect(dueDays('day', calendar, term)).toHaveLength(72);
  });
});

describe('a term of duties', () => {
  const weekly: Duty = { name: 'w', kind: 'review', every: 'week', says: 'W', by: null, readers: [], source: '1' };
  const daily: Duty = { ...weekly, name: 'd', every: 'day' };
  const on = (day: string, ...done: string[]) => {
    const all = termOfDuties([weekly, daily], { calendar, term, on: day }, ({ name }, due) => done.includes(`${name} ${due}`));
    const said = (list: { duty: Duty; due: string }[]) => list.map(({ duty, due }) => `${duty.name} ${due}`);
    return { now: said(all.now), next: said(all.next), done: said(all.done) };
  };

  it('asks in the week for what is due at its end, and each day for that day alone', () =>
    expect(on('2026-09-15', 'w 2026-09-11', 'd 2026-09-14')).toEqual({
      ...{ now: ['d 2026-09-15', 'w 2026-09-18'], next: ['d 2026-09-16'], done: ['d 2026-09-14', 'w 2026-09-11'] },
    }));

  it('asks first for what was left undone, as it was due last', () =>
    expect(on('2026-09-15', 'd 2026-09-15').now).toEqual(['w 2026-09-11']));

  it('asks again for what was ticked off by mistake, though its turn is past; of a day that is past it does not', () => {
    const again = (...mistaken: string[]) =>
      termOfDuties(
        [weekly, daily],
        { calendar, term, on: '2026-09-15' },
        () => false,
        ({ name }, due) => mistaken.includes(`${name} ${due}`),
      ).now.map(({ duty, due }) => `${duty.name} ${due}`);
    expect(again('w 2026-09-04', 'd 2026-09-08')).toEqual(['w 2026-09-04', 'w 2026-09-11', 'd 2026-09-15']);
    expect(again()).toEqual(['w 2026-09-11', 'd 2026-09-15']);
  });

  it('asks for nothing in the holidays but what is late', () => expect(on('2026-10-27').now).toEqual(['w 2026-10-23']));
});

it.each(shippedPacks)('%s: each duty has a name of its own, and a person where the policy names one', (_, pack) => {
  const duties = dutiesOf(pack);
  expect(duties).toHaveLength(pack.reviews.length + pack.rewards.length);
  expect(new Set(duties.map(({ name }) => name)).size).toBe(duties.length);
  expect(duties.filter(({ kind, by }) => kind === 'review' && by === null)).toEqual([]);
});
