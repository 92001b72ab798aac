import { describe, expect, it } from '@jest/globals';
import { type ClassSession, gapsIn } from '../../../policy/register/gaps.ts';

const [mon, tue] = ['2026-10-05', '2026-10-06'];
const session = (on: string, session: 'AM' | 'PM', className: string, made: number, expected = 30): ClassSession => ({
  ...{ on, session, className, expected, made },
});
const full = (on: string) => ['8A', '8B'].flatMap((name) => [session(on, 'AM', name, 30), session(on, 'PM', name, 30)]);
const without = (sessions: readonly ClassSession[], changed: ClassSession) =>
  sessions.map((one) =>
    one.on === changed.on && one.session === changed.session && one.className === changed.className ? changed : one,
  );

describe('what a register lacks', () => {
  it('is nothing when every pupil has every mark', () => {
    expect(gapsIn([...full(mon), ...full(tue)])).toEqual([]);
  });

  it('is a day when no class has a mark, and its classes are not named again', () => {
    const empty = full(mon).map((one) => ({ ...one, made: 0 }));
    expect(gapsIn([...empty, ...full(tue)])).toEqual([{ what: 'day', on: mon }]);
  });

  it('is the class when only one is looked at: of the others nothing is known', () => {
    const one = full(mon).flatMap((each) => (each.className === '8A' ? [{ ...each, made: 0 }] : []));
    expect(gapsIn(one)).toEqual([{ what: 'class', on: mon, className: '8A', session: null }]);
  });

  it('is a class, for a day or for one session of it', () => {
    const afternoon = without(full(mon), session(mon, 'PM', '8A', 0));
    expect(gapsIn(afternoon)).toEqual([{ what: 'class', on: mon, className: '8A', session: 'PM' }]);
    expect(gapsIn(without(afternoon, session(mon, 'AM', '8A', 0)))).toEqual([
      { what: 'class', on: mon, className: '8A', session: null },
    ]);
  });

  it('is single marks, counted by class and day, the newest day first', () => {
    const marks = without(without(full(mon), session(mon, 'AM', '8B', 28)), session(mon, 'PM', '8B', 29));
    expect(gapsIn([...marks, ...without(full(tue), session(tue, 'AM', '8A', 29))])).toEqual([
      { what: 'marks', on: tue, className: '8A', missing: 1 },
      { what: 'marks', on: mon, className: '8B', missing: 3 },
    ]);
  });

  it('is both when one session is empty and the other lacks a mark', () => {
    const both = without(without(full(mon), session(mon, 'AM', '8A', 0)), session(mon, 'PM', '8A', 29));
    expect(gapsIn(both).map(({ what }) => what)).toEqual(['class', 'marks']);
  });
});
