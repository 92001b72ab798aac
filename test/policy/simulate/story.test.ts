import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { storyLines } from '../../../api/simulations/story-lines.ts';
import { addDays } from '../../../policy/calendar/day.ts';
import { type SchoolCalendar, schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { apart } from '../../../policy/letters/templates.ts';
import { readPack } from '../../../policy/pack/read.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { everybodyWho, peopleWho, usual } from '../../../policy/simulate/assumptions.ts';
import { differenceOf } from '../../../policy/simulate/difference.ts';
import { exampleCalendar } from '../../../policy/simulate/example-calendar.ts';
import { counting } from '../../../policy/simulate/outcome.ts';
import { oneParent, type SimulatedPupil } from '../../../policy/simulate/pupil.ts';
import { storyOf, type Told } from '../../../policy/simulate/story.ts';
import { profile } from '../../support/told-referral.ts';

const folder = new URL('../../../policy/packs/', import.meta.url);
const packs = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const calendar = exampleCalendar();
const [from, until] = ['2026-09-01', '2027-02-26'];
const days = schoolDaysBetween(calendar, from, until);

/** A pupil whose absences come in spells: when the next begins, how long it is, and its code. */
const spells = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 25 }),
    days: fc.integer({ min: 1, max: 6 }),
    code: fc.constantFrom('I', 'O', 'N', 'C', 'L', 'U'),
  }),
  { maxLength: 12 },
);
/** Ten days ill, and the sixtieth session, from which on a pace of illness is said, a month later on a day at school. */
const enoughOnADayAtSchool: Spells = [
  { after: 0, days: 4, code: 'I' },
  { after: 1, days: 6, code: 'I' },
];
type Spells = typeof spells extends fc.Arbitrary<infer S> ? S : never;

function marksOf(of: Spells): Mark[] {
  const codes = new Map<number, string>();
  let day = 0;
  for (const { after, days: long, code } of of) {
    day += after;
    for (let i = 0; i < long; i++) codes.set(day++, code);
  }
  return days.flatMap((on, i) => [
    { on, session: 'AM' as const, code: codes.get(i) ?? '/' },
    { on, session: 'PM' as const, code: codes.get(i) ?? '\\' },
  ]);
}

const pupilWith = (marks: readonly Mark[], flags: string[] = []): SimulatedPupil => ({
  ...{ id: 'p', onRollFrom: from, onRollTo: null, flags, born: '2014-05-11', yearGroup: 7, recipients: oneParent },
  marksOn: () => marks,
});

/**
 * What somebody would notice: not that figures were noted meanwhile, nor on which day a stage's own thanks are proposed, since a
 * case that is not told of a good day says them at its next review; nor that they are withdrawn, which an absence before that does.
 */
function noticed(told: readonly Told[]): string[] {
  const thanks = new Set(
    told.flatMap(({ event }) =>
      event.type === 'proposed' && event.proposal.step === null && event.proposal.rule === undefined ? [event.proposal.key] : [],
    ),
  );
  return told.flatMap(({ on, event }) => {
    if (event.type === 'proposed')
      return thanks.has(event.proposal.key) ? [] : [`${on} ${event.proposal.action.what} of the ${event.proposal.person}`];
    if (event.type === 'withdrawn') return thanks.has(event.key) ? [] : [`${on} withdrawn`];
    if (event.type === 'stage entered') return [`${on} ${event.stage}`];
    return ['opened', 'closed', 'target judged', 'wait over'].includes(event.type) ? [`${on} ${event.type}`] : [];
  });
}

describe.each(packs)('a school that knows no term beyond its own year, under %s', (file) => {
  it('has the same story up to its last day as one that knows the next', () => {
    const pack = readPack(readFileSync(new URL(file, folder), 'utf8'), file);
    const lastDay = '2027-07-21';
    const inYear = ({ to }: { to: string }) => to <= lastDay;
    const own = {
      ...{ days: calendar.days.filter((day) => day <= lastDay), met: calendar.met.filter((day) => day <= lastDay) },
      ...{ terms: calendar.terms.filter(inYear), halfTerms: calendar.halfTerms.filter(inYear), closures: [] },
    };
    const all = schoolDaysBetween(calendar, from, lastDay);
    const marks = all.flatMap((on, i): Mark[] => [
      { on, session: 'AM', code: i % 5 === 0 ? 'O' : '/' },
      { on, session: 'PM', code: i % 5 === 0 ? 'O' : '\\' },
    ]);
    const told = (known: SchoolCalendar) => {
      const setting = { pack, calendar: known, from, until: lastDay, ...everybodyWho(usual, 'p', profile) };
      return storyOf(pupilWith(marks), setting);
    };
    const days = told(own);
    expect(days.some(({ on }) => on > '2027-07-01')).toBe(true);
    expect(days.map(({ on, event }) => `${on} ${event.type}`)).toEqual(
      told(calendar).map(({ on, event }) => `${on} ${event.type}`),
    );
  });
});

describe.each(packs)('a year under %s', (file) => {
  const pack = readPack(readFileSync(new URL(file, folder), 'utf8'), file);
  const setting = { pack, calendar, people: peopleWho(usual, 'p'), from, until };

  it('is the same whether every day is looked at, or only those on which something can follow', () => {
    fc.assert(
      fc.property(spells, fc.constantFrom<string[]>([], ['looked-after'], ['medical']), (of, flags) => {
        const pupil = pupilWith(marksOf(of), flags);
        expect(noticed(storyOf(pupil, setting))).toEqual(noticed(storyOf(pupil, { ...setting, everyDay: true })));
      }),
      { numRuns: 40 },
    );
  });

  it('ends for a pupil who leaves with the first school day after, whichever days are looked at', () => {
    fc.assert(
      fc.property(spells, fc.constantFrom(...days.slice(15, -1)), (of, onRollTo) => {
        const pupil = { ...pupilWith(marksOf(of).filter(({ on }) => on <= onRollTo)), onRollTo };
        const told = noticed(storyOf(pupil, setting));
        expect(told).toEqual(noticed(storyOf(pupil, { ...setting, everyDay: true })));
        const [after = ''] = schoolDaysBetween(calendar, addDays(onRollTo, 1), until);
        expect(told.filter((one) => one.slice(0, 10) > after)).toEqual([]);
        const ends = (what: string) => told.filter((one) => one.endsWith(` ${what}`)).length;
        expect(ends('opened')).toBe(ends('closed'));
      }),
      { numRuns: 20, examples: [[enoughOnADayAtSchool, '2026-11-10']] },
    );
  });

  it('keeps what is promised: one letter of the ladder at a time, no second before a first, no letter without an approval', () => {
    fc.assert(
      fc.property(spells, (of) => {
        const told = storyOf(pupilWith(marksOf(of)), setting);
        const approved = told.filter(({ event }) => event.type === 'letters approved' && !apart.has(event.template));
        approved.forEach(({ on }, i) => {
          const before = approved[i - 1];
          if (before)
            expect(schoolDaysBetween(calendar, before.on, on).length - 1).toBeGreaterThanOrEqual(pack.letters['no two within']);
        });
        const templates = approved.flatMap(({ event }) => (event.type === 'letters approved' ? [event.template] : []));
        if (templates.includes('letter-2')) expect(templates.indexOf('letter-1')).toBeGreaterThanOrEqual(0);
        if (templates.includes('letter-2')) expect(templates.indexOf('letter-1')).toBeLessThan(templates.indexOf('letter-2'));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a register with sessions that nobody marked', () => {
  /** A pupil who joined on a day and is absent on every so manieth; the sessions named have no mark. */
  const told = (file: string, joined: string, every: number, missing: readonly string[]) => {
    const pack = readPack(readFileSync(new URL(file, folder), 'utf8'), file);
    const marks = schoolDaysBetween(calendar, joined, '2026-09-11').flatMap((on, i) =>
      (['AM', 'PM'] as const).flatMap((session): Mark[] => {
        const there = session === 'AM' ? '/' : '\\';
        return missing.includes(`${on} ${session}`) ? [] : [{ on, session, code: i % every === every - 1 ? 'O' : there }];
      }),
    );
    const setting = { pack, calendar, people: peopleWho(usual, 'p'), from: joined, until: '2026-09-11' };
    return storyOf({ ...pupilWith(marks), onRollFrom: joined }, setting);
  };

  it.each(packs)('is told to its end under %s: who may not approve yet is asked again', (file) => {
    const days = ['2026-02-03', '2026-02-12', '2026-03-10', '2026-03-19', '2026-05-07'];
    const missing = days.map((day) => `${day} AM`);
    expect(told(file, '2026-01-05', 5, missing).length).toBeGreaterThan(0);
  });

  it('asks in September for the marks of before the summer that a judgement rests on, once a day', () => {
    const missing = schoolDaysBetween(calendar, '2026-07-13', '2026-07-21').map((day) => `${day} PM`);
    const asked = told('gloucestershire.yaml', '2026-05-11', 8, missing).flatMap(({ on, event }) =>
      event.type === 'proposed' && event.proposal.action.what === 'missing marks' ? [on] : [],
    );
    expect(asked).toEqual(schoolDaysBetween(calendar, '2026-09-03', '2026-09-11'));
  });
});

it('a closed case whose letter the register comes to contradict is told of it, although the next has opened', () => {
  const pack = readPack(readFileSync(new URL('gloucestershire.yaml', folder), 'utf8'), 'gloucestershire');
  const away = marksOf([
    { after: 10, days: 1, code: 'O' },
    { after: 60, days: 5, code: 'O' },
  ]);
  const day = days[10];
  const put = away.map((mark) => (mark.on === day ? { ...mark, code: mark.session === 'AM' ? '/' : '\\' } : mark));
  const pupil = { ...pupilWith(away), marksOn: (on: string) => (on < '2027-02-01' ? away : put) };
  const told = storyOf(pupil, { pack, calendar, people: peopleWho(usual, 'p'), from, until });
  const happened = (type: string) => told.filter(({ event }) => event.type === type).map(({ on, of }) => `${of} ${on}`);
  expect([happened('opened').length, happened('closed').length]).toEqual([2, 1]);
  expect(happened('letters overtaken')).toContain('1 2027-02-01');
  const corrections = told.flatMap(({ of, on, event }) =>
    event.type === 'letters approved' && event.template === 'correction' ? [{ of, on }] : [],
  );
  expect(corrections).toEqual([{ of: 1, on: '2027-02-02' }]);
  const lines = storyLines(told).map(({ on }) => on);
  expect(lines).toEqual([...lines].sort());
  const counts = counting(pack, usual);
  counts.add({ pupil, told });
  expect(counts.result().done.letter).toBe(told.filter(({ event }) => event.type === 'letters approved').length);
});

it('two policies part on the first day on which they ask for something else', () => {
  const marks = marksOf([{ after: 22, days: 1, code: 'I' }]);
  const [a, b] = ['gloucestershire', 'learning-partners'].map((id) => {
    const pack = readPack(readFileSync(new URL(`${id}.yaml`, folder), 'utf8'), id);
    return {
      ...{ pack, pupil: pupilWith(marks) },
      told: storyOf(pupilWith(marks), { pack, calendar, people: peopleWho(usual, 'p'), from, until }),
    };
  });
  if (!a || !b) throw new Error('two stories');
  expect(differenceOf(a, b)).toEqual({
    ...{ pupil: 'p', on: '2026-10-02' },
    a: 'Letter 1, with the leaflet (Appendix 1, step 6)',
    b: 'Call the family: how can we help? (2 Aims; 5 Expected practice: personalised early outreach)',
  });
  expect(differenceOf(a, a)).toBeNull();
});
