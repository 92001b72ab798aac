import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { about, changesOf } from '../../../policy/pack/changes.ts';
import { changesInWords } from '../../../policy/pack/changes-in-words.ts';
import type { Pack } from '../../../policy/pack/pack.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { packFile, shippedPacks } from '../../support/packs.ts';

describe('what became of sentences', () => {
  const said = (...texts: string[]) =>
    about(
      texts,
      texts.map((text) => text.split(' ')[0] ?? ''),
    );
  it.each([
    ['nothing, if they are the same', said('a 1', 'b 1'), said('a 1', 'b 1'), []],
    ['one is new', said('a 1'), said('a 1', 'b 1'), [{ kind: 'new', now: 'b 1' }]],
    ['one is gone', said('a 1', 'b 1'), said('b 1'), [{ kind: 'gone', was: 'a 1' }]],
    ['one is said otherwise', said('a 1', 'b 1'), said('a 1', 'b 2'), [{ kind: 'changed', was: 'b 1', now: 'b 2' }]],
    [
      'of two about the same the one that stayed is left alone',
      said('a 1', 'a 2'),
      said('a 2', 'a 3'),
      [{ kind: 'changed', was: 'a 1', now: 'a 3' }],
    ],
    ['they stand in another order', said('a 1', 'b 1'), said('b 1', 'a 1'), [{ kind: 'moved', now: ['b 1', 'a 1'] }]],
    ['one is there twice', said('a 1'), said('a 1', 'a 1'), [{ kind: 'new', now: 'a 1' }]],
  ])('%s', (_, before, after, changes) => expect(changesOf(before, after)).toEqual(changes));

  it('what is new there is gone on the way back, and nothing is told that is in both', () => {
    const list = fc.array(fc.constantFrom('a 1', 'a 2', 'b 1', 'b 2', 'c 1'), { maxLength: 6 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const [there, back] = [changesOf(said(...a), said(...b)), changesOf(said(...b), said(...a))];
        const count = (changes: typeof there, kind: string) => changes.filter((change) => change.kind === kind).length;
        expect(count(there, 'new')).toBe(count(back, 'gone'));
        expect(count(there, 'changed')).toBe(count(back, 'changed'));
        expect(there.length === 0).toBe(a.join() === b.join());
      }),
    );
  });
});

const text = readFileSync(packFile('gloucestershire'), 'utf8');
const pack = readPack(text, 'gloucestershire.yaml');
it('says that more changed than its sentences tell, also where one of them did', () => {
  const letter = { letter: { template: 'letter-1' as const, enclose: ['leaflet' as const], 'approved by': 'attendance lead' } };
  const task = { what: 'tell' as const, by: 'attendance lead', due: { n: 2, unit: 'school day' as const } };
  const withSteps = (enclose: 'leaflet'[], says: string): Pack => {
    const stage = pack.stages['letter 1'];
    if (!stage) throw new Error('There is no such stage');
    const steps = [{ letter: { ...letter.letter, enclose } }, { task: { ...task, says } }];
    return { ...pack, stages: { ...pack.stages, 'letter 1': { ...stage, do: steps } } };
  };
  const [before, worded, both] = [withSteps(['leaflet'], 'Tell'), withSteps(['leaflet'], 'Say'), withSteps([], 'Say')];
  expect([changesInWords(before, worded), changesInWords(before, both)]).toMatchObject([[{ unsaid: false }], [{ unsaid: true }]]);
});

/** The policy, with something in its text written otherwise. */
function edited(...edits: [string, string][]): Pack {
  const changed = edits.reduce((so, [from, to]) => {
    if (!so.includes(from)) throw new Error(`The policy does not say ${from}`);
    return so.replace(from, to);
  }, text);
  return readPack(changed, 'edited.yaml');
}

describe('the difference of two versions of a policy', () => {
  it.each(shippedPacks)('%s does not differ from itself', (_, one) =>
    expect(changesInWords(one, structuredClone(one))).toEqual([]),
  );

  it('is nothing where only a comment changed', () => {
    expect(changesInWords(pack, readPack(`# a comment\n${text}`, 'commented.yaml'))).toEqual([]);
  });

  it('names the step, what it said and what it says', () => {
    const after = edited([
      'wait: { for: "10 school days", from: letter sent, target: "95%" }',
      'wait: { for: "15 school days", from: letter sent, target: "96%" }',
    ]);
    expect(changesInWords(pack, after)).toEqual([
      {
        ...{ title: 'Step: Formal monitoring', kind: 'changed', unsaid: false },
        changes: [
          {
            kind: 'changed',
            was: 'Then we wait: 10 school days from the day after the letter went, with attendance of 95% as the target',
            now: 'Then we wait: 15 school days from the day after the letter went, with attendance of 96% as the target',
          },
        ],
      },
    ]);
  });

  it('says what a new step is, and what is gone of one that is not there any more', () => {
    const { improved, ...stages } = pack.stages;
    const after: Pack = { ...pack, stages: { ...stages, 'formal meeting': pack.stages.meeting as Pack['stages'][string] } };
    const changes = changesInWords(pack, after);
    expect(changes.map(({ title, kind }) => [title, kind])).toEqual([
      ['Step: Formal meeting', 'new'],
      ['Step: Improved', 'gone'],
    ]);
    expect(improved && changes[1]?.changes[0]).toEqual({ kind: 'gone', was: `${improved?.says}.` });
  });

  it('follows a rule by what it is for', () => {
    const [first, ...rest] = pack.alongside;
    if (!first) throw new Error('It has rules');
    const again = { ...first, again: { n: 5, unit: 'school day' as const } };
    const [change] = changesInWords(pack, { ...pack, alongside: [again, ...rest] });
    expect(change).toMatchObject({ title: 'At any time, whatever the steps do', changes: [{ kind: 'changed' }] });
    expect(changesInWords(pack, { ...pack, alongside: rest })[0]?.changes).toMatchObject([{ kind: 'gone' }]);
  });

  it('says so where the ways on are looked at in another order', () => {
    const meeting = pack.stages.meeting as Pack['stages'][string];
    const after = { ...pack, stages: { ...pack.stages, meeting: { ...meeting, next: meeting.next.toReversed() } } };
    expect(changesInWords(pack, after)).toMatchObject([{ title: 'Step: Meeting', changes: [{ kind: 'moved' }] }]);
  });

  it('owns up to a change of which no sentence speaks', () => {
    const [example, ...rest] = pack.examples;
    if (!example) throw new Error('It has examples');
    const after: Pack = { ...pack, examples: [{ ...example, until: '2026-10-22' }, ...rest] };
    expect(changesInWords(pack, after)).toEqual([{ title: 'Examples', kind: 'changed', changes: [], unsaid: true }]);
  });

  it.each([
    ['Letters', 'recall window: "30 minutes"', 'recall window: "45 minutes"', 'for 30 minutes,', 'for 45 minutes,'],
    ['Letters', 'no two within: "5 school', 'no two within: "8 school', 'within 5 school days', 'within 8 school days'],
    ['When nobody answers', 'remind after: "2 school', 'remind after: "3 school', 'after 2 school days', 'after 3 school days'],
    ['Brothers and sisters', 'meetings: together', 'meetings: each for itself', 'in one meeting', 'a meeting each'],
    ['Holidays', 'over holidays: are not counted', 'over holidays: go on', 'are not counted over one', 'go on over one'],
    ['An absence that nobody has explained', 'become O: by a person', 'become O: by itself', 'said so', 'by itself'],
    ['When the registers open and close', 'late after: "09:10"', 'late after: "09:05"', 'after 09:10', 'after 09:05'],
    ['How attendance is counted', 'at least: "20 sessions"', 'at least: "10 sessions"', '20 possible', '10 possible'],
  ])('says of %s what it said and what it says', (title, from, to, was, now) => {
    const [change, ...others] = changesInWords(pack, edited([from, to]));
    expect([change, others]).toMatchObject([{ title, unsaid: false, changes: [{ kind: 'changed' }] }, []]);
    expect(change?.changes).toMatchObject([{ was: expect.stringContaining(was), now: expect.stringContaining(now) }]);
  });

  it.each(shippedPacks)('%s: every part of it that is no test and no citation has its sentence', (_, one) => {
    const silent = new Set(['pack', 'states', 'examples']);
    for (const key of (Object.keys(one) as (keyof Pack)[]).filter((part) => !silent.has(part) && isSaid(one[part]))) {
      const { [key]: gone, ...rest } = one;
      const told = changesInWords(one, { ...minimal, ...rest } as Pack);
      expect([key, gone !== undefined && told.some(({ changes }) => changes.length > 0)]).toEqual([key, true]);
    }
  });

  it.each(shippedPacks)('%s: no number and no word of it changes in silence', (_, one) => {
    for (const path of leaves(one)) {
      const after = structuredClone(one);
      change(after, path);
      expect([path.join(' / '), changesInWords(one, after).length > 0]).toEqual([path.join(' / '), true]);
    }
  });
});

const isSaid = (part: unknown): boolean => part !== undefined && JSON.stringify(part) !== '[]' && JSON.stringify(part) !== '{}';

/** What stands in a policy for a part that is taken out of it. */
const minimal: Partial<Pack> = {
  ...{ title: '', source: '', 'in force': { from: '2000-01-01' }, opens: [], stages: {}, alongside: [], people: {} },
  ...{ figures: { 'at least': 1, attendance: 'as marked' }, letters: { 'recall window': 0, 'no two within': 0 } },
  ...{ waiting: { 'remind after': 99, 'escalate after': 99, 'ask again after': 99 }, settings: {}, 'schools may write': [] },
  ...{ closes: { when: {}, 'held for': 1, 'not in': [], says: '' }, cohorts: [], reviews: [], rewards: [], advice: [] },
  ...{ 'overridden by law': [] },
};

type Path = (string | number)[];

/** Where the numbers of a policy are, and what it says in words of its own. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'number') return [path];
  if (typeof value === 'string') return /^(says|source|instead|law|called)$/.test(String(path.at(-1))) ? [path] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function change(value: unknown, [key = '', ...rest]: Path): void {
  const of = value as Record<string, unknown>;
  if (rest.length > 0) change(of[key], rest);
  else of[key] = typeof of[key] === 'number' ? of[key] + 1 : `${of[key]} and more`;
}
