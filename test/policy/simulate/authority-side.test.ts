import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../policy/calendar/day.ts';
import { schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { readPack } from '../../../policy/pack/read.ts';
import type { ReferralEvent } from '../../../policy/referral/event.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { penaltyNoticeWindow } from '../../../policy/register/measures/penalty-notice-window.ts';
import { type Assumptions, everybodyWho, usual } from '../../../policy/simulate/assumptions.ts';
import { exampleCalendar } from '../../../policy/simulate/example-calendar.ts';
import { counting } from '../../../policy/simulate/outcome.ts';
import { oneParent, type SimulatedPupil } from '../../../policy/simulate/pupil.ts';
import { atAuthority, atSchool, storyOf, type Told } from '../../../policy/simulate/story.ts';
import { tryOtherwise } from '../../../policy/simulate/what-if.ts';
import { profile } from '../../support/told-referral.ts';

const folder = new URL('../../../policy/packs/', import.meta.url);
const packs = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const pack = readPack(readFileSync(new URL('james-marks.yaml', folder), 'utf8'), 'james-marks');
const calendar = exampleCalendar();
const [from, until] = ['2026-09-01', '2027-07-21'];
const days = schoolDaysBetween(calendar, from, until);

/** A pupil away on each day of which this is true. */
const pupilAway = (code: (i: number) => string | null, more: Partial<SimulatedPupil> = {}): SimulatedPupil => {
  const marks = days.flatMap((on, i): Mark[] => [
    { on, session: 'AM', code: code(i) ?? '/' },
    { on, session: 'PM', code: code(i) ?? '\\' },
  ]);
  const of = { onRollFrom: from, onRollTo: null, flags: [], born: '2014-05-11', yearGroup: 7, recipients: oneParent };
  return { id: 'p', ...of, ...more, marksOn: () => marks };
};
const eachThird = pupilAway((i) => (i % 3 === 0 ? 'O' : null));

const everybody = { ...usual, declined: 0, reached: 100, comes: 100 };
const assuming = (there: Partial<Assumptions['authority']>): Assumptions => ({
  ...everybody,
  authority: { ...usual.authority, accepts: 100, contract: 0, authorised: 100, paid: 100, ...there },
});
const year = (assumptions: Assumptions, pupil = eachThird, authority = profile): Told[] =>
  storyOf(pupil, { pack, calendar, from, until, ...everybodyWho(assumptions, pupil.id, authority) });
const there = (told: readonly Told[]) => atAuthority(told).map(({ event }) => event.type);
const steps = (told: readonly Told[]) =>
  there(told).filter((type) => !['proposed', 'reminded', 'escalated', 'letter outcome'].includes(type));

describe('a referral in a simulated year', () => {
  it('goes from the school to a penalty notice and back, each step after the one before', () => {
    const told = year(assuming({ 'weeks of notice': 3 }));
    expect(steps(told).slice(0, 11)).toEqual([
      ...['opened', 'accepted', 'tool decided', 'notice to improve issued', 'notice to improve measured'],
      ...['notice to improve judged', 'tool decided', 'penalty notice requested', 'penalty notice authorised'],
      ...['penalty notice issued', 'penalty notice paid'],
    ]);
    const heard = atSchool(told).flatMap(({ event }) => (event.type === 'referral outcome' ? [event.outcome.what] : []));
    expect(heard.slice(0, 8)).toEqual([
      ...['accepted', 'tool decided', 'notice to improve', 'notice to improve judged', 'tool decided', 'penalty notice', 'paid'],
      'tool decided',
    ]);
  });

  it.each<[string, Partial<Assumptions['authority']>, ReferralEvent['type'], ReferralEvent['type']]>([
    ['is returned, and referred again', { accepts: 0 }, 'returned', 'accepted'],
    [
      'has a contract that is signed and kept',
      { contract: 100, signed: 100, kept: 100 },
      'contract agreed',
      'notice to improve issued',
    ],
    ['has no contract with parents who refuse', { contract: 100, signed: 0 }, 'contract not agreed', 'contract agreed'],
    ['has no notice that the headteacher declines', { authorised: 0 }, 'penalty notice not authorised', 'penalty notice issued'],
    ['ends unpaid in proceedings', { paid: 0, prosecuted: 100 }, 'penalty notice prosecuted', 'penalty notice withdrawn'],
    ['ends unpaid in a withdrawal', { paid: 0, prosecuted: 0 }, 'penalty notice withdrawn', 'penalty notice prosecuted'],
  ])('%s', (_, assumed, happens, never) => {
    const told = there(year(assuming({ 'weeks of notice': 3, ...assumed })));
    expect([told.includes(happens), told.includes(never)]).toEqual([true, false]);
  });

  it('for leave in term time alone comes to a penalty notice at once, and to none under an authority’s longer way', () => {
    const leave = pupilAway((i) => (i % 25 > 12 && i % 25 < 20 ? 'G' : null));
    const told = steps(year(assuming({}), leave));
    expect(told.indexOf('penalty notice issued')).toBeGreaterThan(0);
    expect(told).not.toContain('notice to improve issued');
  });

  it('ends each day, where nobody comes or agrees and everybody decides at once', () => {
    const nothing = Object.fromEntries(Object.keys(usual.authority).map((one) => [one, 0])) as Assumptions['authority'];
    const atOnce = { ...everybody, comes: 0, declined: 0, decidesAfter: { otherwise: 0 } };
    const tried = (assumed: Partial<Assumptions['authority']>) => {
      const authority = { ...nothing, 'weeks of contract': 1, 'weeks of notice': 3, ...assumed };
      const asked = atAuthority(year({ ...atOnce, authority })).filter(
        ({ event }) => event.type === 'proposed' && event.proposal.action.what === 'agree contract',
      );
      return asked.map(({ on }) => on);
    };
    expect(tried({})).toEqual([]);
    const contracts = tried({ accepts: 100, contract: 100 });
    expect(contracts.length).toBeGreaterThan(5);
    expect(contracts.length).toBeLessThanOrEqual(days.length);
  });

  it('asks for no notice any more on the day on which the register is corrected under it', () => {
    const away = (code: string) => pupilAway((i) => (i % 25 > 12 && i % 25 < 20 ? code : null));
    const [leave, ill] = [away('G'), away('I')];
    const first = (told: readonly Told[], type: ReferralEvent['type']) =>
      atAuthority(told).find(({ event }) => event.type === type)?.on ?? '';
    const asItWas = year(assuming({}), leave);
    const requested = first(asItWas, 'penalty notice requested');
    const [, next = ''] = schoolDaysBetween(calendar, requested, until);
    expect(first(asItWas, 'penalty notice authorised') > next).toBe(true);
    const corrected = { ...leave, marksOn: (on: string) => (on < next ? leave : ill).marksOn(on) };
    expect(first(year(assuming({}), corrected), 'penalty notice lapsed')).toBe(next);
  });

  it('knows the notices of the years before: after two it is prosecuted', () => {
    const notice = (noticeId: string, issuedOn: string) => ({ noticeId, issuedOn, status: 'paid', sessions: [] });
    const before = { priorNotices: [notice('a', '2025-03-10'), notice('b', '2026-03-09')] };
    const told = year(
      assuming({ 'weeks of notice': 3 }),
      pupilAway((i) => (i % 3 === 0 ? 'O' : null), before),
    );
    const tools = atAuthority(told).flatMap(({ event }) => (event.type === 'tool decided' ? [event.tool] : []));
    expect(tools).toEqual(['notice to improve', 'prosecution to consider']);
  });

  it('runs as many weeks as the authority lets it', () => {
    const six = {
      ...profile,
      'notice to improve': { ...profile['notice to improve'], 'school weeks': { 'at least': 6, 'at most': 6 } },
    };
    const weeks = atAuthority(year(assuming({ 'weeks of notice': 3 }), eachThird, six)).flatMap(({ event }) =>
      event.type === 'notice to improve issued' ? [event.weeks] : [],
    );
    expect(weeks).toEqual([6]);
  });

  it('has its contracts, notices, decisions and hours counted by week', () => {
    const counts = counting(pack, everybody);
    const told = year(assuming({ contract: 100, signed: 100, kept: 0, 'weeks of contract': 4, 'weeks of notice': 3 }));
    counts.add({ pupil: eachThird, told });
    const { done, byWeek, decisions, minutes } = counts.result();
    expect(done).toMatchObject({ contract: 1, 'notice to improve': 1, 'penalty notice': 1 });
    const inWeeks = Object.values(byWeek).reduce((sum, week) => sum + week['penalty notice'], 0);
    expect(inWeeks).toBe(1);
    const ofOfficer = Object.values(decisions.ewo ?? {}).reduce((sum, n) => sum + n, 0);
    expect(ofOfficer).toBe(atAuthority(told).filter(({ event }) => 'key' in event && decided.has(event.type)).length);
    expect(Object.keys(minutes.ewo ?? {})).toEqual(Object.keys(decisions.ewo ?? {}));
  });

  it('may be otherwise: a notice that the headteacher did not authorise is not issued', () => {
    const assumptions = assuming({ 'weeks of notice': 3 });
    const asked = atAuthority(year(assumptions)).find(
      ({ event }) => event.type === 'proposed' && event.proposal.action.what === 'authorise penalty notice',
    );
    const change = { what: 'decision', about: 'authorise penalty notice', madeOn: asked?.on ?? '', say: 'no' } as const;
    const days = { calendar, from, until, authority: profile };
    const { otherwise, parts } = tryOtherwise({ pupil: eachThird, assumptions, ...days }, pack, change);
    expect(there(otherwise)).not.toContain('penalty notice issued');
    expect((parts?.on ?? '') > change.madeOn).toBe(true);
  });
});

/** What the officer decides, and not the headteacher. */
const decided = new Set<ReferralEvent['type']>([
  ...(['accepted', 'tool decided', 'contract agreed', 'contract reviewed', 'notice to improve issued'] as const),
  ...(['notice to improve judged', 'penalty notice issued'] as const),
]);

describe.each(packs)('where everybody decides on the day on which they are asked, a year under %s', (file) => {
  const atOnce = { otherwise: 0, 'class-teacher': 0, headteacher: 0, ewo: 0 };
  const setting = { pack: readPack(readFileSync(new URL(file, folder), 'utf8'), file), calendar, from, until };
  const referredOn = (accepts: number, pupil: SimulatedPupil) => {
    const assumptions = { ...assuming({ accepts }), decidesAfter: atOnce };
    const told = storyOf(pupil, { ...setting, ...everybodyWho(assumptions, pupil.id, profile) });
    return atAuthority(told).flatMap(({ on, event }) => (event.type === 'opened' ? [on] : []));
  };

  it('has one referral a day at most: what comes back on that day is referred again on the next', () => {
    const on = referredOn(0, eachThird);
    expect(on.length).toBeGreaterThan(1);
    expect(new Set(on).size).toBe(on.length);
  });

  it('ends for every pupil, also where most referrals are accepted', () => {
    for (let i = 0; i < 20; i++) {
      const on = referredOn(90, { ...eachThird, id: `p${i}` });
      expect(new Set(on).size).toBe(on.length);
    }
  });
});

describe('whoever is assumed to do what', () => {
  const share = fc.integer({ min: 0, max: 100 });
  const assumed = fc.record({ accepts: share, contract: share, signed: share, kept: share, paid: share, prosecuted: share });
  const codes = fc.array(fc.constantFrom('O', 'U', 'G', 'I', 'C', null, null), { minLength: 5, maxLength: 9 });
  const before = fc.array(fc.integer({ min: 1, max: 1_400 }), { maxLength: 3 });

  it('no third notice in three years is issued, and none without the sessions that are its ground', () => {
    let issued = 0;
    fc.assert(
      fc.property(assumed, codes, before, fc.integer({ min: 0, max: 999 }), (there, week, earlier, seed) => {
        const priorNotices = earlier.map((back, i) => {
          const issuedOn = addDays(from, -back);
          return { noticeId: `${i}`, issuedOn, status: 'paid', sessions: [] };
        });
        const pupil = pupilAway((i) => week[i % week.length] ?? null, { priorNotices });
        const told = year({ ...assuming({ 'weeks of notice': 3, ...there }), seed }, pupil);
        const withdrawn = new Set(
          atAuthority(told).flatMap(({ event }) => (event.type === 'penalty notice withdrawn' ? [event.noticeId] : [])),
        );
        const days = priorNotices.map(({ issuedOn }) => issuedOn);
        for (const { on, event } of atAuthority(told)) {
          if (event.type !== 'penalty notice issued') continue;
          issued++;
          const counted = days.filter((day) => day >= '2024-08-19' && addDays(day, 3 * 365 + 1) > on);
          expect(counted.length).toBeLessThan(2);
          const { sessions, met } = penaltyNoticeWindow(pupil.marksOn(on), calendar, on);
          expect([met, event.sessions.every((one) => sessions.includes(one)), event.sessions.length >= 10]).toEqual([
            true,
            true,
            true,
          ]);
          if (!withdrawn.has(event.noticeId)) days.push(event.issuedOn);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(issued).toBeGreaterThan(5);
  });
});
