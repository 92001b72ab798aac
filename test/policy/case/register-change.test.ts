import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isOfThisYear, isTold, looksAt } from '../../../policy/case/register-change.ts';
import type { Pack } from '../../../policy/pack/pack.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { gloucestershire, packFile } from '../../support/told-case.ts';

const packNamed = (id: string): Pack => readPack(readFileSync(new URL(`${id}.yaml`, packFile), 'utf8'), id);
const [demat, celt, jamesMarks] = [packNamed('demat'), packNamed('celt'), packNamed('james-marks')];
const of = (attended: number, possible = 100) => ({ attended, possible });

const [rule] = gloucestershire.alongside;
const allTerm = { attendance: { over: 'term' as const, 'at least': 10_000 } };
const praising: Pack = { ...gloucestershire, alongside: rule ? [{ ...rule, when: allTerm }] : [] };

describe('for a pupil without an open case is looked at', () => {
  it.each([
    ['who never had one, wherever one may open', gloucestershire, of(94, 99), of(94), false, 'all'],
    ['whose attendance comes to where one opens', gloucestershire, of(97, 99), of(95), true, 'all'],
    ['whose case was closed and who stays there, for what stands beside', gloucestershire, of(95, 99), of(95), true, 'beside'],
    ['who stays there and was at school', gloucestershire, of(94, 99), of(95), true, null],
    ['who falls below the next threshold of the ladder', gloucestershire, of(90), of(90, 101), true, 'all'],
    ['who falls by ten points below the last threshold of the ladder', gloucestershire, of(80), of(80, 101), true, 'all'],
    ['and so on, wherever the last one is', demat, of(40), of(40, 101), true, 'all'],
    ['not within ten points above it', gloucestershire, of(94), of(93), true, 'beside'],
    ['who comes to a worse band than before', demat, of(90, 99), of(90), true, 'all'],
    ['who comes back to a better band', demat, of(89, 99), of(91), true, null],
    ['at 96%, where last year may open one too', celt, of(96, 99), of(96), true, 'all'],
    ['below 96%, where last year may open one too', celt, of(94, 99), of(95), true, null],
    ['who was at school and in time, where lates are counted', celt, of(98, 99), of(99), true, null],
    ['who was at school, where that is praised', praising, of(98, 99), of(99), false, 'beside'],
    ['of too few sessions', gloucestershire, of(9, 10), of(9, 11), false, 'beside'],
    ['who was at school, where a figure had too few sessions before', jamesMarks, of(58, 58), of(60, 60), false, 'beside'],
    ['who was at school, where it had enough', jamesMarks, of(60, 60), of(62, 62), false, null],
  ] as const)('%s', (_, pack, before, after, hadCase, expected) => {
    expect(looksAt(pack, { before, after, late: false }, { hadCase, adjusted: false, corrected: false })).toBe(expected);
  });

  it('whose mark was corrected, though no more was missed', () => {
    const same = { before: of(98), after: of(98), late: false };
    const about = { hadCase: false, adjusted: false };
    expect([true, false].map((corrected) => looksAt(gloucestershire, same, { ...about, corrected }))).toEqual(['beside', null]);
  });
});

it('who had a case counts for the school year in which it began, and for that in which it was closed', () => {
  const over = (openedOn: string, closedOn: string) => isOfThisYear({ openedOn, closedOn }, '2026-11-11');
  expect([over('2026-09-03', '2026-10-01'), over('2026-06-15', '2026-11-10'), over('2026-06-15', '2026-07-10')]).toEqual([
    ...[true, true, false],
  ]);
});

it('who was late is looked at where lates are counted, by a policy that counts them', () => {
  const late = { before: of(98, 99), after: of(99), late: true };
  expect([celt, demat].map((pack) => looksAt(pack, late, { hadCase: true, adjusted: false, corrected: false }))).toEqual([
    'beside',
    null,
  ]);
});

describe('an open case is told', () => {
  const oftenLate = 'Late again and again: meet the parents, and agree a plan';
  const lates = { measure: 'late-before-close', over: 'half-term' } as const;
  const ruled = (when: Pack['alongside'][number]['when']): Pack => ({
    ...celt,
    alongside: celt.alongside.slice(0, 1).map((rule) => ({ ...rule, when })),
  });
  const few = (side: { 'at most'?: number; 'at least'?: number; 'fewer than'?: number }) =>
    ruled({ all: [{ figure: { of: lates, ...side } }] });
  const notMany = ruled({ not: { figure: { of: lates, 'at least': 3 } } });
  const ofYear = { measure: 'illness-days', over: 'school year' } as const;
  const someOfYear = (least: number) => ruled({ figure: { of: ofYear, 'at least': least, 'fewer than': 15 } });
  const pace = ruled({ figure: { of: { measure: 'illness-projected' }, 'at least': 15 } });
  const nothing = { waitsForMarks: false, rulesSo: [], adjusted: false, corrected: false };
  const present = { before: of(94, 99), after: of(95), late: false };
  const run = 'More than three days in a row: a signed letter from the parent is expected';
  const tenth = 'A tenth or more is missed: the parents speak to the attendance lead';
  it.each([
    ['not of a session attended within a band', gloucestershire, {}, present, false],
    ['of a threshold crossed', gloucestershire, {}, { before: of(95, 99), after: of(96), late: false }, true],
    [
      'of a session missed, where rules stand beside',
      gloucestershire,
      {},
      { before: of(94, 99), after: of(94), late: false },
      true,
    ],
    ['of a correction', gloucestershire, { corrected: true }, present, true],
    ['of any mark while it waits for marks', gloucestershire, { waitsForMarks: true }, present, true],
    ['of any mark while a run of absence may end', gloucestershire, { rulesSo: [run] }, present, true],
    ['not while only a rule on the totals is so', gloucestershire, { rulesSo: [tenth] }, present, false],
    ['of a late where lates are counted', celt, {}, { ...present, late: true }, true],
    ['not of a late where they are not', gloucestershire, {}, { ...present, late: true }, false],
    ['not of a session attended in time where lates are counted', celt, {}, present, false],
    [
      'of any mark while a rule that counts lates is so: they grow fewer with time',
      celt,
      { rulesSo: [oftenLate] },
      present,
      true,
    ],
    ['of any mark where a rule asks that lates be few', few({ 'at most': 2 }), {}, present, true],
    ['of any mark where a rule asks that lates be not many', notMany, {}, present, true],
    ['not of any mark where one asks that they be many', few({ 'at least': 2 }), {}, present, false],
    [
      'of any mark where one asks for some in a half-term, and not many',
      few({ 'at least': 2, 'fewer than': 9 }),
      {},
      present,
      true,
    ],
    ['not of any mark where one asks so of a year, in which they only grow', someOfYear(8), {}, present, false],
    ['of any mark where of a year none will do', someOfYear(0), {}, present, true],
    [
      'of the mark with which a figure has enough sessions',
      pace,
      {},
      { before: of(58, 58), after: of(60, 60), late: false },
      true,
    ],
    ['not of the next one', pace, {}, { before: of(60, 60), after: of(62, 62), late: false }, false],
  ] as const)('%s', (_, pack, listening, change, expected) => {
    expect(isTold(pack, { ...nothing, ...listening }, change)).toBe(expected);
  });

  it('of a session missed where a stage asks whether attendance has risen, and of none attended', () => {
    const plain: Pack = { ...gloucestershire, alongside: [] };
    const missed = { before: of(84, 99), after: of(84), late: false };
    expect([isTold(plain, nothing, missed), isTold(plain, nothing, { ...missed, after: of(85) })]).toEqual([true, false]);
    expect(isTold({ ...plain, stages: {} }, nothing, missed)).toBe(false);
  });

  it('of every mark where the policy leaves out some, and the pupil has some to leave out', () => {
    const quiet: Pack = { ...jamesMarks, alongside: [], stages: {} };
    const within = { before: of(93, 99), after: of(94), late: false };
    expect(isTold(quiet, nothing, within)).toBe(false);
    expect(isTold(quiet, { ...nothing, adjusted: true }, within)).toBe(true);
  });
});
