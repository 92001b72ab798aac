import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml';
import { Refusal } from '../../../policy/refusal.ts';
import {
  type CodeClass,
  classOf,
  codeOn,
  codeTable,
  groundICodes,
  isMissing,
  penaltyNoticeCodes,
  sicknessCodes,
  tenDayReturnCodes,
} from '../../../policy/register/codes.ts';

const today = '2026-09-14';

describe('the codes in force', () => {
  it.each<[CodeClass, string]>([
    ['present', '/ \\ L'],
    ['aea', 'K V P W B'],
    ['authorised', 'C1 M J1 S C2 C T R I E'],
    ['unauthorised', 'G N O U'],
    ['not-possible', 'D X Q Y1 Y2 Y3 Y4 Y5 Y6 Y7'],
    ['administrative', 'Z #'],
  ])('that are %s are %s', (of, codes) => {
    const found = codeTable.filter((meaning) => meaning.class === of && meaning.until === null).map(({ code }) => code);
    expect(found.sort()).toEqual(codes.split(' ').sort());
    expect(codes.split(' ').map((code) => codeOn(code, today).class)).toEqual(codes.split(' ').map(() => of));
  });

  it('stand in the table once each, with the four that ended', () => {
    expect(new Set(codeTable.map(({ code }) => code)).size).toBe(codeTable.length);
    expect(codeTable.filter(({ until }) => until).map(({ code }) => code)).toEqual(['H', 'F', 'J', 'Y']);
  });
});

describe('codes by date', () => {
  it.each([
    ['H', '2024-08-18', 'authorised'],
    ['F', '2023-11-01', 'authorised'],
    ['J', '2024-06-03', 'aea'],
    ['J1', '2024-08-19', 'authorised'],
    ['Y', '2024-01-08', 'not-possible'],
    ['C', '2024-01-08', 'authorised'],
  ])('%s on %s is %s', (code, day, of) => expect(codeOn(code, day).class).toBe(of));

  it.each([
    ['H', '2024-08-19', /"H" ended on 18 August 2024 and cannot stand on 2024-08-19\. Use C/],
    ['J', '2024-08-19', /Use J1/],
    ['Y', '2024-09-02', /Use one of Y1 to Y7, or Q/],
    ['C2', '2024-08-18', /"C2" began on 19 August 2024 and cannot stand on 2024-08-18\. Use C$/],
    ['J1', '2024-06-03', /Use J$/],
    ['Y3', '2024-06-03', /Use Y$/],
    ['K', '2024-06-03', /Use the code that the register of that day holds/],
    ['i', today, /"i", given for 2026-09-14, .*Write it as "I"/],
    ['c1', today, /Write it as "C1"/],
    ['QQ', today, /national table/],
    ['-', today, /national table/],
    ['constructor', today, /national table/],
  ])('%s on %s is refused', (code, day, why) => {
    expect(() => codeOn(code, day)).toThrow(Refusal);
    expect(() => codeOn(code, day)).toThrow(why);
  });
});

describe('the sets that the law counts', () => {
  it('are three different ones, and days of illness', () => {
    expect([penaltyNoticeCodes, tenDayReturnCodes, groundICodes, sicknessCodes].map((set) => [...set].join(''))).toEqual([
      'GNOU',
      'GNOU',
      'GNO',
      'I',
    ]);
  });
});

describe('marks that are no codes', () => {
  it('are missing, and have no class', () => {
    expect(['', '-', 'N'].map(isMissing)).toEqual([true, true, false]);
    expect(['', '-', 'H', 'N'].map(classOf)).toEqual([null, null, 'authorised', 'unauthorised']);
  });

  it('cannot be in the register otherwise', () => expect(() => classOf('?')).toThrow(/holds "\?"/));
});

describe('every code', () => {
  const codes = [...codeTable.map(({ code }) => code), '-', ''];

  it.each([
    ['JSON', (all: string[]) => JSON.parse(JSON.stringify(all))],
    ['YAML', (all: string[]) => parseYaml(stringifyYaml(all))],
    ['YAML as it was in version 1.1', (all: string[]) => parseYaml(stringifyYaml(all, { version: '1.1' }), { version: '1.1' })],
    ['CSV', (all: string[]) => parse(stringify([all]))[0]],
    ['a URL', (all: string[]) => all.map((code) => decodeURIComponent(encodeURIComponent(code)))],
  ])('comes back from %s as it went', (_, there) => expect(there(codes)).toEqual(codes));
});
