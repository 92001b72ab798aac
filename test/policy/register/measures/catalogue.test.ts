import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { Asked, factSaid, figureOf, measures } from '../../../../policy/register/measures/catalogue.ts';
import { pupilFigures } from '../../../../policy/register/measures/pupil-figures.ts';
import { figureSaid } from '../../../../policy/register/measures/words.ts';
import { days, present, registerOn } from './a-pupil.ts';

const pupil = registerOn('2026-11-09', [
  ...present('2025-09-03', '2026-07-21'),
  ...present('2026-09-02', '2026-10-23'),
  ...days('2026-11-02', 'IINOU/'),
]);
const said = (yaml: string) => figureSaid(figureOf(pupil, Asked.parse(parse(yaml))));

it.each([
  ['{ measure: coded-sessions, codes: any absence, over: last 6 school days }', '10 sessions absent in the last 6 school days'],
  ['{ measure: coded-sessions, codes: unexpected absence, over: last 1 school day }', '0 sessions absent on the last school day'],
  [
    '{ measure: coded-sessions, codes: ["U"], over: 2026-11-02 to 2026-11-06 }',
    '2 sessions marked U from 2 Nov 2026 to 6 Nov 2026',
  ],
  ['{ measure: current-absent-run, codes: illness }', '0 school days in a row of illness'],
  ['{ measure: days-missed, over: term }', 'Days missed, this term: 5 school days'],
])('%s as a sentence says it: %s', (yaml, expected) => {
  const asked = Asked.parse(parse(yaml));
  expect(factSaid(asked, figureOf(pupil, asked))).toBe(expected);
});

describe('a measure that a policy asks for', () => {
  it.each([
    ['{ measure: attendance }', '88.6% (78 of 88 sessions)'],
    ['{ measure: attendance, over: last 10 school days }', '50.0% (10 of 20 sessions)'],
    ['{ measure: adjusted-attendance, over: half-term, leaving out: { codes: illness } }', '25.0% (2 of 8 sessions)'],
    ['{ measure: persistent-absence }', 'Yes: 88.6% (78 of 88 sessions)'],
    ['{ measure: days-missed, over: 2026-11-02 to 2026-11-03 }', '2 school days'],
    ['{ measure: coded-sessions, codes: ["U", "N"], over: last 2 school weeks }', '4 sessions'],
    ['{ measure: longest-absent-run, codes: unexplained }', '2 school days, 4 Nov 2026 to 5 Nov 2026'],
    ['{ measure: current-absent-run }', '0 school days'],
    ['{ measure: absences-left-now, before: { at most: "85%" } }', '3 sessions'],
    ['{ measure: earliest-back, at: "90%" }', '17 Nov 2026'],
    ['{ measure: unexplained-age }', '3 school days'],
  ])('%s', (yaml, words) => expect(said(yaml)).toBe(words));

  it.each([
    ['{ measure: attendence }', /measure/],
    ['{ measure: attendance, over: last week }', /Write \\"school year\\"/],
    ['{ measure: attendance, below: "96%" }', /below/],
    ['{ measure: coded-sessions }', /codes/],
    ['{ measure: coded-sessions, codes: ["u"] }', /national table/],
    ['{ measure: absences-left-now, before: { below: "0%" } }', /above 0%/],
  ])('%s is refused', (yaml, why) => expect(() => Asked.parse(parse(yaml))).toThrow(why));
});

describe('the measures', () => {
  it('have a name of their own each', () => {
    expect(new Set(measures.map(({ name }) => name)).size).toBe(measures.length);
    expect(measures.filter(({ name }) => !/^[a-z][a-z0-9-]+$/.test(name))).toEqual([]);
  });

  it('are all shown of a pupil, but for that of any code set', () => {
    const shown = new Set(pupilFigures(pupil).flatMap(({ figures }) => figures.map(({ measure }) => measure)));
    expect(measures.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual(['coded-sessions']);
  });

  it('say something of a pupil without a single mark', () => {
    const empty = pupilFigures(registerOn('2026-09-02', [])).flatMap(({ figures }) => figures);
    expect(empty.filter((figure) => figureSaid(figure).match(/NaN|undefined|Infinity/))).toEqual([]);
    expect(empty.flatMap(({ sessions }) => sessions)).toEqual([]);
  });
});
