import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readIcsCalendar } from '../../../activities/calendar/read-ics-calendar.ts';
import { icsOf } from '../../../api/calendar/ics.ts';
import { addDays } from '../../../policy/calendar/day.ts';
import { type Period, periodKey, periodKinds } from '../../../policy/calendar/period.ts';

const known = {
  terms: [{ kind: 'term', from: '2026-09-02', to: '2026-12-18', label: 'Autumn' }] satisfies Period[],
  since: '2026-09-01',
};
const calendar = (...events: string[][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Somebody//EN',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');
const read = (...events: string[][]) =>
  readIcsCalendar(calendar(...events), known).map(({ at, period, why }) =>
    period ? `${at}: ${period.kind} "${period.label}" ${period.from} ${period.to}` : `${at}: ${why}`,
  );

describe('a calendar in iCalendar', () => {
  it('is read event by event: an all-day event ends before its DTEND, or on it if that is its first day', () => {
    expect(
      read(
        ['UID:1', 'DTSTART;VALUE=DATE:20261026', 'DTEND;VALUE=DATE:20261031', 'SUMMARY:Half term\\, whole sc', ' hool'],
        ['UID:2', 'DTSTART;VALUE=DATE:20261127', 'DTEND;VALUE=DATE:20261127', 'SUMMARY:INSET'],
        ['UID:3', 'DTSTART;VALUE=DATE:20261204', 'SUMMARY:INSET'],
        ['UID:4', 'DTSTART;VALUE=DATE:20261008', 'SUMMARY:Open morning'],
      ),
    ).toEqual([
      'event 1: half-term "Half term, whole school" 2026-10-26 2026-10-30',
      'event 2: inset "INSET" 2026-11-27 2026-11-27',
      'event 3: inset "INSET" 2026-12-04 2026-12-04',
      'event 4: Its words do not say that it is a term, a half-term, INSET or a closure',
    ]);
  });

  it('takes a day as London has it, in whatever zone it is written', () => {
    const zoned = (uid: string, from: string, to: string) => [`UID:${uid}`, `DTSTART:${from}`, `DTEND:${to}`, 'SUMMARY:INSET'];
    expect(
      read(
        zoned('1', '20270602T230000Z', '20270603T230000Z'),
        zoned('2', '20270114T000000Z', '20270115T000000Z'),
        zoned('3', '20270604T000000', '20270605T000000'),
      ),
    ).toEqual([
      'event 1: inset "INSET" 2027-06-03 2027-06-03',
      'event 2: inset "INSET" 2027-01-14 2027-01-14',
      'event 3: inset "INSET" 2027-06-04 2027-06-04',
    ]);
  });

  it('names an event whose rule finds no date there is, and looks for none without end', () => {
    const rules = ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=DAILY;INTERVAL=100000000'];
    const never = rules.map((rule, i) => [`UID:${i}`, 'DTSTART;VALUE=DATE:20260904', `RRULE:${rule}`, 'SUMMARY:INSET']);
    const mondays = ['UID:9', 'DTSTART;VALUE=DATE:20260907', 'RRULE:FREQ=DAILY;BYDAY=MO;COUNT=2', 'SUMMARY:INSET'];
    expect(read(...never, mondays)).toEqual([
      ...[1, 2, 3].map((n) => `event ${n}: It has no dates that can be read`),
      'event 4: inset "INSET" 2026-09-07 2026-09-07',
      'event 4: inset "INSET" 2026-09-14 2026-09-14',
    ]);
  });

  it('stops at the first date too many, however many events repeat themselves by the second', () => {
    const often = (_: unknown, i: number) => [`UID:${i}`, 'DTSTART:20260904T090000Z', 'RRULE:FREQ=SECONDLY', 'SUMMARY:Bell'];
    expect(() => read(...Array.from({ length: 500 }, often))).toThrow('more than 20000 dates');
  });

  it('follows a series, without what was left out of it and with what was moved', () => {
    expect(
      read(
        ['UID:1', 'DTSTART;VALUE=DATE:20260904', 'RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE;VALUE=DATE:20260911', 'SUMMARY:INSET'],
        [
          'UID:1',
          'RECURRENCE-ID;VALUE=DATE:20260918',
          'DTSTART;VALUE=DATE:20260921',
          'DTEND;VALUE=DATE:20260922',
          'SUMMARY:INSET, moved',
        ],
        ['UID:2', 'DTSTART;VALUE=DATE:20261002', 'RRULE:FREQ=DAILY', 'SUMMARY:Breakfast'],
      ).filter((line) => line.includes('inset')),
    ).toEqual([
      'event 1: inset "INSET" 2026-09-04 2026-09-04',
      'event 1: inset "INSET, moved" 2026-09-21 2026-09-21',
      'event 1: inset "INSET" 2026-09-25 2026-09-25',
    ]);
  });

  it('reads times as days in London, also where clocks go back', () => {
    expect(
      read(
        ['UID:1', 'DTSTART:20261126T233000Z', 'DTEND:20261127T160000Z', 'SUMMARY:INSET'],
        ['UID:2', 'DTSTART;TZID=Europe/London:20261204T083000', 'DTEND;TZID=Europe/London:20261204T153000', 'SUMMARY:INSET'],
        ['UID:3', 'DTSTART:20261025T230000Z', 'DTEND:20261031T000000Z', 'SUMMARY:Half term'],
        ['UID:4', 'DTSTART:20261211T000000', 'DTEND:20261212T000000', 'SUMMARY:School closed'],
      ),
    ).toEqual([
      expect.stringContaining('event 1: inset "INSET" 2026-11-26 2026-11-27'),
      'event 2: inset "INSET" 2026-12-04 2026-12-04',
      expect.stringContaining('2026-10-30'),
      'event 4: closure "School closed" 2026-12-11 2026-12-11',
    ]);
  });

  it.each([
    ['broken off', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026'],
    ['of nothing', 'BEGIN:VCALENDAR'],
  ])('that is %s is refused', (_, text) => expect(() => readIcsCalendar(text, known)).toThrow(/no whole iCalendar file/));

  it('names an event without dates, and reads the others', () => {
    expect(read(['UID:1', 'SUMMARY:INSET'], ['UID:2', 'DTSTART;VALUE=DATE:20261204', 'SUMMARY:INSET'])).toEqual([
      'event 1: It has no dates that can be read',
      'event 2: inset "INSET" 2026-12-04 2026-12-04',
    ]);
  });

  const day = fc.integer({ min: 0, max: 700 }).map((n) => addDays('2026-09-01', n));
  const name = fc.stringMatching(/^[A-Za-z,;:\\"' é-]{1,30}$/).map((text) => `x${text}`.trim());
  const covers = fc.record({
    part: fc.option(name),
    yearGroups: fc.uniqueArray(fc.integer({ min: -1, max: 14 }), { minLength: 1, maxLength: 4 }),
    classes: fc.uniqueArray(fc.stringMatching(/^[0-9]{1,2}[A-Z]$/), { maxLength: 3 }),
  });
  const period = fc
    .record({ kind: fc.constantFrom(...periodKinds), from: day, long: fc.nat(40), label: name, covers: fc.option(covers) })
    .map(
      ({ kind, from, long, label, covers: some }): Period => ({
        ...{ kind, from, to: addDays(from, long), label },
        ...(kind === 'closure' && some ? { covers: some } : {}),
      }),
    );

  it('comes back as it was taken out', () => {
    fc.assert(
      fc.property(fc.array(period, { minLength: 1, maxLength: 6 }), (periods) => {
        const text = icsOf(
          'St Anne’s',
          periods.map((one, i) => ({ ...one, id: `${i}` })),
          new Date('2026-09-01T10:00:00Z'),
        );
        expect(readIcsCalendar(text, known).map((row) => row.period && periodKey(row.period))).toEqual(periods.map(periodKey));
      }),
    );
  });
});
