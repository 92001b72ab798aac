import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isTold, looksAt } from '../../../policy/case/register-change.ts';
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
    ['who comes to a worse band than before', demat, of(90, 99), of(90), true, 'all'],
    ['who comes back to a better band', demat, of(89, 99), of(91), true, null],
    ['at 96%, where last year may open one too', celt, of(96, 99), of(96), true, 'all'],
    ['below 96%, where last year may open one too', celt, of(94, 99), of(95), true, 'beside'],
    ['who was late, where lates are counted', celt, of(98, 99), of(99), true, 'beside'],
    ['who was at school, where that is praised', praising, of(98, 99), of(99), false, 'beside'],
    ['of too few sessions', gloucestershire, of(9, 10), of(9, 11), false, 'beside'],
  ] as const)('%s', (_, pack, before, after, hadCase, expected) => {
    expect(looksAt(pack, { before, after }, hadCase)).toBe(expected);
  });
});

describe('an open case is told', () => {
  const nothing = { waitsForMarks: false, rulesSo: [], adjusted: false, corrected: false };
  const present = { before: of(94, 99), after: of(95) };
  const run = 'More than three days in a row: a signed letter from the parent is expected';
  const tenth = 'A tenth or more is missed: the parents speak to the attendance lead';
  it.each([
    ['not of a session attended within a band', gloucestershire, {}, present, false],
    ['of a threshold crossed', gloucestershire, {}, { before: of(95, 99), after: of(96) }, true],
    ['of a session missed, where rules stand beside', gloucestershire, {}, { before: of(94, 99), after: of(94) }, true],
    ['of a correction', gloucestershire, { corrected: true }, present, true],
    ['of any mark while it waits for marks', gloucestershire, { waitsForMarks: true }, present, true],
    ['of any mark while a run of absence may end', gloucestershire, { rulesSo: [run] }, present, true],
    ['not while only a rule on the totals is so', gloucestershire, { rulesSo: [tenth] }, present, false],
    ['of any mark where lates are counted', celt, {}, present, true],
  ] as const)('%s', (_, pack, listening, change, expected) => {
    expect(isTold(pack, { ...nothing, ...listening }, change)).toBe(expected);
  });

  it('of every mark where the policy leaves out some, and the pupil has some to leave out', () => {
    const quiet: Pack = { ...jamesMarks, alongside: [], stages: {} };
    const within = { before: of(93, 99), after: of(94) };
    expect(isTold(quiet, nothing, within)).toBe(false);
    expect(isTold(quiet, { ...nothing, adjusted: true }, within)).toBe(true);
  });
});
