import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { readPack } from '../../../policy/pack/read.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { usual } from '../../../policy/simulate/assumptions.ts';
import { aboutOf } from '../../../policy/simulate/example.ts';
import { exampleCalendar } from '../../../policy/simulate/example-calendar.ts';
import { oneParent, type SimulatedPupil } from '../../../policy/simulate/pupil.ts';
import type { Told } from '../../../policy/simulate/story.ts';
import { tryOtherwise, type WhatIf } from '../../../policy/simulate/what-if.ts';
import { profile } from '../../support/told-referral.ts';

const packNamed = (id: string) =>
  readPack(readFileSync(new URL(`../../../policy/packs/${id}.yaml`, import.meta.url), 'utf8'), id);
const pack = packNamed('gloucestershire');
const calendar = exampleCalendar();
const [from, until] = ['2026-09-01', '2026-12-18'];
const days = schoolDaysBetween(calendar, from, until);
const everybody = { ...usual, declined: 0, reached: 100, comes: 100 };

const absentOn = (...absent: string[]): SimulatedPupil => {
  const marks: Mark[] = days.flatMap((on) => [
    { on, session: 'AM' as const, code: absent.includes(on) ? 'O' : '/' },
    { on, session: 'PM' as const, code: absent.includes(on) ? 'O' : '\\' },
  ]);
  const of = { onRollFrom: from, onRollTo: null, flags: [], born: '2014-05-11', yearGroup: 7, recipients: oneParent };
  return { id: 'p', ...of, marksOn: () => marks };
};
const often = absentOn('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', '2026-10-06', '2026-10-13', '2026-10-20');

const tried = (change: WhatIf, pupil = often) =>
  tryOtherwise({ pupil, assumptions: everybody, calendar, authority: profile, from, until }, pack, change);
const proposedIn = (told: readonly Told[]) =>
  told.flatMap(({ on, event }) => (event.type === 'proposed' ? [`${on} ${aboutOf(event.proposal.action)}`] : []));
const letter = (() => {
  const [first = ''] = proposedIn(tried({ what: 'mark', on: '2026-09-02', session: 'AM', code: '/' }).asItWas).filter((one) =>
    one.endsWith('letter-1'),
  );
  return { about: 'letter-1', madeOn: first.slice(0, 10) };
})();
const wrong = (change: WhatIf, pupil?: SimulatedPupil): string => {
  try {
    tried(change, pupil);
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('one thing otherwise', () => {
  it('a mark that is what it was changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...days), fc.constantFrom('AM' as const, 'PM' as const), (on, session) => {
        const code = often.marksOn(until).find((mark) => mark.on === on && mark.session === session)?.code ?? '';
        const { asItWas, otherwise, parts } = tried({ what: 'mark', on, session, code });
        expect([otherwise, parts]).toEqual([asItWas, null]);
      }),
      { numRuns: 25 },
    );
  });

  it('a mark is otherwise from the beginning, also where the register has none', () => {
    const whole = absentOn('2026-09-08');
    const half = whole
      .marksOn(until)
      .map((mark) => (mark.on === '2026-09-08' && mark.session === 'PM' ? { ...mark, code: '\\' } : mark));
    const once: SimulatedPupil = { ...whole, marksOn: () => half };
    const spared = tried({ what: 'mark', on: '2026-09-08', session: 'AM', code: '/' }, once);
    expect([proposedIn(spared.asItWas)[0], spared.parts?.on, spared.otherwise]).toEqual([
      '2026-09-15 letter-1',
      '2026-09-15',
      [],
    ]);
    const unmarked = { ...once, marksOn: () => once.marksOn(until).filter(({ on }) => on !== '2026-09-09') };
    const { otherwise } = tried({ what: 'mark', on: '2026-09-09', session: 'PM', code: 'O' }, unmarked);
    expect(otherwise[0]?.event).toMatchObject({ type: 'opened' });
    const stage = otherwise.find(({ event }) => event.type === 'stage entered')?.event;
    expect(stage?.type === 'stage entered' && stage.attendance.possible % 2).toBe(1);
  });

  it('a letter that is declined does not go, and nothing before it is otherwise', () => {
    const { asItWas, otherwise, parts } = tried({ what: 'decision', ...letter, say: 'no' });
    const wentOn = (told: readonly Told[]) => told.find(({ event }) => event.type === 'letters approved')?.on ?? '';
    expect(wentOn(otherwise) > wentOn(asItWas)).toBe(true);
    expect(otherwise.filter(({ event }) => event.type === 'decided' && event.choice === 'decline')).toMatchObject([
      { on: wentOn(asItWas) },
    ]);
    expect(proposedIn(otherwise).slice(0, 1)).toEqual(proposedIn(asItWas).slice(0, 1));
    expect((parts?.on ?? '') > letter.madeOn).toBe(true);
  });

  it('what nobody decides stays open', () => {
    const { otherwise } = tried({ what: 'decision', ...letter, say: 'nothing' });
    const about = otherwise.flatMap(({ event }) => (event.type === 'proposed' ? [event.proposal] : []));
    const key = about.find(({ action }) => aboutOf(action) === 'letter-1')?.key;
    expect(otherwise.some(({ event }) => event.type === 'letters approved' && event.key === key)).toBe(false);
  });

  it('a decision comes on the day that is named', () => {
    const later = days[days.indexOf(letter.madeOn) + 6] ?? '';
    const { otherwise } = tried({ what: 'day', ...letter, decidedOn: later });
    expect(otherwise.find(({ event }) => event.type === 'letters approved')?.on).toBe(later);
    const atOnce = tried({ what: 'day', ...letter, decidedOn: letter.madeOn });
    expect(atOnce.otherwise.find(({ event }) => event.type === 'letters approved')?.on).toBe(letter.madeOn);
  });

  it('another policy is that policy’s own story', () => {
    const other = packNamed('demat');
    const { otherwise } = tried({ what: 'policy', pack: other });
    const its = tryOtherwise({ pupil: often, assumptions: everybody, calendar, authority: profile, from, until }, other, {
      what: 'policy',
      pack,
    });
    expect([otherwise.length > 0, otherwise]).toEqual([true, its.asItWas]);
  });

  it.each<[WhatIf, string]>([
    [{ what: 'mark', on: '2026-10-27', session: 'AM', code: 'I' }, '27 Oct 2026 is no school day of this year'],
    [{ what: 'mark', on: '2026-09-08', session: 'AM', code: 'i' }, 'is not an attendance code. Write it as "I"'],
    [{ what: 'decision', about: 'letter-1', madeOn: '2026-09-03', say: 'no' }, 'Nothing about “letter-1” was proposed on 3 Sep'],
    [{ what: 'decision', ...letter, say: 'not reached' }, 'Only of a call can that be said'],
    [{ what: 'day', ...letter, decidedOn: '2026-09-02' }, 'choose that day or a later one'],
  ])('is refused if it cannot be: %j', (change, said) => {
    expect(wrong(change)).toContain(said);
  });
});
