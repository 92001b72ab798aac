import { describe, expect, it } from '@jest/globals';
import { schoolCalendar } from '../../../policy/calendar/school-calendar.ts';
import { classOf, codeOn } from '../../../policy/register/codes.ts';
import { isAtMost, isBelow, isExactly } from '../../../policy/register/fraction.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { penaltyNoticeWindow } from '../../../policy/register/measures/penalty-notice-window.ts';
import { type Totals, totalsIn } from '../../../policy/register/measures/totals.ts';
import { dayRegister, type History, type MarkCells } from '../../../policy/training/day-register.ts';
import { opensOn, periods, registerBegins, trainingCalendar, yearDays } from '../../../policy/training/timetable.ts';
import { trainees } from '../../../policy/training/trainee.ts';

const nothingDone: History = new Map();
const year = yearDays.map((day) => ({ day, marks: dayRegister(day, nothingDone) }));

/** The register as believed at the end of a day: a later row about the same session stands. */
function registerOn(end: string): Map<string, Mark[]> {
  const known = new Map<string, Map<string, Mark>>(trainees.map(({ no }) => [no, new Map()]));
  for (const { marks } of year.filter(({ day }) => day <= end))
    for (const { admission_no, date: on, session, code } of marks)
      known.get(admission_no)?.set(`${on} ${session}`, { on, session, code });
  return new Map([...known].map(([no, marks]) => [no, [...marks.values()]]));
}

const counted = new Map<string, Map<string, Totals>>();

function figuresOn(end: string): Map<string, Totals> {
  const known = counted.get(end);
  if (known) return known;
  const figures = new Map([...registerOn(end)].map(([no, all]) => [no, totalsIn(all, { from: registerBegins, to: end })]));
  counted.set(end, figures);
  return figures;
}

const school = (end: string): number => {
  const all = [...figuresOn(end).values()];
  return all.reduce((sum, { attended }) => sum + attended, 0) / all.reduce((sum, { possible }) => sum + possible, 0);
};

describe('the register of a made-up year', () => {
  it('is the same each time it is asked for, in any order, and asked for alone', () => {
    for (const at of [120, 3, 60]) expect(text(dayRegister(yearDays[at] ?? '', nothingDone))).toBe(text(year[at]?.marks));
  });

  it('has two marks a day for every pupil, with codes that are valid on the day', () => {
    const wrong = year.flatMap(({ marks }) =>
      marks.filter(({ code, date, session }) => codeOn(code, date).code !== code || code === (session === 'AM' ? '\\' : '/')),
    );
    expect(wrong).toEqual([]);
    const short = year.filter(({ day, marks }) => marks.filter(({ date }) => date === day).length !== 2 * 1060);
    expect(short).toEqual([]);
  });

  it.each(['2026-09-01', '2026-09-12', '2026-10-28', '2026-12-25', '2027-01-04', '2027-05-03', '2026-07-01', '2027-09-06'])(
    'has nothing on %s, without school',
    (day) => expect(dayRegister(day, nothingDone)).toEqual([]),
  );

  it('has nothing on a day that the school has closed since, and no reason for an absence on it', () => {
    const closed = yearDays[40] ?? '';
    const school = schoolCalendar([...periods, { kind: 'closure', label: 'Snow', from: closed, to: closed }]);
    expect(dayRegister(closed, nothingDone, school).filter(({ date }) => date === closed)).toEqual([]);
    const later = yearDays[43] ?? '';
    const [open, now] = [dayRegister(later, nothingDone), dayRegister(later, nothingDone, school)];
    expect(open.some(({ date }) => date === closed)).toBe(true);
    expect(now).toEqual(open.filter(({ date }) => date !== closed));
  });

  it('finds out most reasons three school days late: some are illness, some not accepted, some never known', () => {
    const later = year.flatMap(({ day, marks }) => marks.filter(({ date }) => date !== day).map((mark) => ({ day, ...mark })));
    expect(new Set(later.map(({ code }) => code))).toEqual(new Set(['I', 'O']));
    for (const { day, date, reason } of later) {
      expect(yearDays.indexOf(day) - yearDays.indexOf(date)).toBe(3);
      expect(reason).not.toBe('');
    }
    const never = [...registerOn('2027-07-21').values()].flat().filter(({ code }) => code === 'N');
    expect(never.length).toBeGreaterThan(20);
  });

  it('holds every kind of absence a school sees, whole days and halves', () => {
    const codes = new Set(year.flatMap(({ marks }) => marks.map(({ code }) => code)));
    expect([...'/\\LUINOMGC'].filter((code) => !codes.has(code))).toEqual([]);
    const halves = year.flatMap(({ day, marks }) => halfDays(marks.filter(({ date }) => date === day)));
    expect(halves.length).toBeGreaterThan(500);
  });

  it('opens with an inbox that a lead can believe: about a hundred at or below 96%, about twenty below 90%', () => {
    const all = [...figuresOn(opensOn).values()];
    expect(inRange(all.filter((f) => isAtMost(f, 9600)).length, 60, 120)).toBe(true);
    expect(inRange(all.filter((f) => isBelow(f, 9000)).length, 15, 25)).toBe(true);
  });

  it('brings pupils to exactly 96% on the day after it opens, when 25 days are 50 sessions', () => {
    const exact = [...figuresOn('2026-10-06')].filter(([, f]) => isExactly(f, 9600)).map(([no]) => no);
    expect(exact).toEqual(expect.arrayContaining(['A0001', 'A0012', 'A0013', 'A0014']));
    expect(inRange(exact.length, 10, 80)).toBe(true);
  });

  it('averages 97% over the year, best in September', () => {
    expect(inRange(school('2027-07-21'), 0.96, 0.98)).toBe(true);
    expect(school('2026-09-30')).toBeGreaterThan(school('2027-02-12'));
  });

  it.each([
    ['ordinary', 0.97, 0.995],
    ['short illness', 0.92, 0.965],
    ['Friday pattern', 0.9, 0.97],
    ['drift', 0.85, 0.95],
    ['long illness', 0.75, 0.95],
    ['refusal', 0.4, 0.8],
    ['holiday', 0.94, 0.99],
    ['lateness', 0.94, 0.99],
    ['recovery', 0.94, 0.98],
  ] as const)('%s: between %d and %d over the year', (shape, least, most) => {
    const figures = figuresOn('2027-07-21');
    const mine = trainees.filter((one) => one.shape === shape).map(({ no }) => figures.get(no));
    const of = (what: 'attended' | 'possible') => mine.reduce((sum, f) => sum + (f?.[what] ?? 0), 0);
    expect(mine.length).toBeGreaterThan(4);
    expect(inRange(of('attended') / of('possible'), least, most)).toBe(true);
  });

  it('brings some pupils besides A0001 to the threshold for considering a penalty notice', () => {
    const met = [...registerOn('2026-12-18')].filter(
      ([, marks]) => penaltyNoticeWindow(marks, trainingCalendar, '2026-12-18').met,
    );
    expect(met.map(([no]) => no)).toContain('A0001');
    expect(inRange(met.length, 5, 60)).toBe(true);
  });
});

describe('what was done for a pupil', () => {
  const letter = '2026-11-09';
  const often = trainees.filter(({ shape }) => shape === 'refusal' || shape === 'drift' || shape === 'Friday pattern');
  const done: History = new Map(often.map(({ no }) => [no, [{ on: letter, what: 'letter' as const }]]));
  const spring = yearDays.filter((day) => day > letter && day <= '2027-03-25');
  const after = new Map(spring.map((day) => [day, dayRegister(day, done)]));
  const without = (day: string) => year[yearDays.indexOf(day)]?.marks;
  const oftenNos = new Set(often.map(({ no }) => no));
  const missed = (marks: readonly MarkCells[] | undefined): string[] =>
    (marks ?? []).flatMap(({ admission_no, code }) =>
      oftenNos.has(admission_no) && classOf(code) !== 'present' ? [admission_no] : [],
    );
  /** How many more sessions each pupil misses in some days than if nothing had been done. */
  function change(days: readonly string[]): Map<string, number> {
    const more = new Map(often.map(({ no }) => [no, 0]));
    for (const day of days) {
      for (const no of missed(after.get(day))) more.set(no, (more.get(no) ?? 0) + 1);
      for (const no of missed(without(day))) more.set(no, (more.get(no) ?? 0) - 1);
    }
    return more;
  }

  it('changes nothing before it is felt, and nothing for anybody else', () => {
    const soon = spring.filter((day) => day <= '2026-11-11');
    for (const day of soon) expect(text(after.get(day))).toBe(text(without(day)));
    for (const day of spring.slice(20, 30)) {
      const of = (marks: readonly MarkCells[] | undefined) => marks?.filter(({ admission_no }) => !oftenNos.has(admission_no));
      expect(text(of(after.get(day)))).toBe(text(of(without(day))));
    }
  });

  it('makes some recover, some fall back after a month, and leaves some as they were', () => {
    const [month, later] = [change(spring.slice(3, 20)), change(spring.slice(25))];
    const all = often.map(({ no }) => ({ first: month.get(no) ?? 0, last: later.get(no) ?? 0 }));
    expect(all.filter(({ last }) => last < -5).length).toBeGreaterThan(5);
    expect(all.filter(({ first, last }) => first < 0 && last > 0).length).toBeGreaterThan(0);
    expect(all.filter(({ first, last }) => first === 0 && last === 0).length).toBeGreaterThan(3);
  });

  it('is felt the same whatever order it is told in', () => {
    const two = [
      { on: '2026-11-09', what: 'letter' },
      { on: '2026-12-01', what: 'meeting' },
    ] as const;
    const day = '2027-01-18';
    const told = (list: readonly (typeof two)[number][]) => dayRegister(day, new Map(often.map(({ no }) => [no, list])));
    expect(text(told([...two].reverse()))).toBe(text(told(two)));
  });
});

function halfDays(marks: readonly MarkCells[]): string[] {
  const away = new Map<string, number>();
  for (const { admission_no, code } of marks)
    if (classOf(code) !== 'present') away.set(admission_no, (away.get(admission_no) ?? 0) + 1);
  return [...away].flatMap(([no, sessions]) => (sessions === 1 ? [no] : []));
}

const text = (value: unknown): string => JSON.stringify(value);
const inRange = (value: number, least: number, most: number): boolean => value >= least && value <= most;
