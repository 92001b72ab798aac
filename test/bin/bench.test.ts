import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

type Ended = { code: number; out: string; err: string };
type Figure = {
  name: string;
  value: number;
  unit: string;
  baseline: number | null;
  ratio: number | null;
  aim: string | null;
};

function bench(...args: string[]): Promise<Ended> {
  // A database that is given is never measured on: the bench brings its own.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/nothing' };
  return new Promise((resolve) => {
    execFile(process.execPath, ['bin/firstbell.mjs', 'bench', ...args], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

// With what it said, so that a bench that failed tells why.
const ended = { code: 0, out: expect.any(String), err: expect.any(String) };

const figuresOf = ({ out }: Ended): Figure[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Figure);

describe('firstbell bench', () => {
  let start: Ended;
  let cases: Ended;
  let register: Ended;
  beforeAll(async () => {
    [start, cases, register] = await Promise.all([
      bench('start', '--rounds', '1', '--json'),
      bench('cases', '--count', '6', '--rounds', '1', '--json'),
      bench('register', '--count', '300', '--rounds', '1', '--json'),
    ]);
  });

  it('start: times the first start, the second and the stop, with the engine apart', () => {
    expect(start).toEqual(ended);
    const figures = figuresOf(start);
    expect(figures.map(({ name, unit, aim }) => [name, unit, aim])).toEqual([
      ['engine fetched', 's', null],
      ['first start to ready page', 's', 'value <= 25'],
      ['second start to ready page', 's', 'value <= 8'],
      ['stop', 's', 'value <= 10'],
    ]);
    const [fetched, ...timed] = figures.map(({ value }) => value);
    expect(fetched).toBeGreaterThanOrEqual(0);
    for (const seconds of timed) expect(seconds).toBeGreaterThan(0);
  });

  it('cases: sets rates beside the bare engine, and tells how long a letter takes', () => {
    expect(cases).toEqual(ended);
    const figures = figuresOf(cases);
    const rates = figures.filter(({ unit }) => unit.endsWith('/s'));
    expect(rates.map(({ name, aim }) => [name, aim])).toEqual([
      ['cases in the inbox', 'ratio >= 0.8'],
      ['cases running', 'ratio >= 0.8'],
      ['approvals, ten at once', 'ratio >= 0.8'],
      ['approvals, one by one', null],
      ['notes, ten at once', null],
      ['notes, one by one', null],
    ]);
    for (const { value, baseline, ratio } of rates) {
      expect(value).toBeGreaterThan(0);
      expect(ratio).toBeCloseTo(value / (baseline ?? 0), 1);
    }
    const ms = new Map(figures.filter(({ unit }) => unit === 'ms').map(({ name, value }) => [name, value]));
    for (const way of ['one by one', 'ten at once']) {
      const [queued, asked, written] = ['accepted to letter queued', 'asked to letter queued', 'accepted to letter written'].map(
        (what) => {
          const [half, most] = ['p50', 'p99'].map((share) => ms.get(`${what}, ${way}, ${share}`) ?? 0);
          expect(half).toBeGreaterThan(0);
          expect(most).toBeGreaterThanOrEqual(half ?? 0);
          return most ?? 0;
        },
      );
      expect(asked).toBeGreaterThan(queued ?? 0);
      expect(written).toBeGreaterThan(queued ?? 0);
    }
  });

  it('register: sets imports beside COPY, and asks for corrections, pages and crossings', () => {
    expect(register).toEqual(ended);
    const figures = figuresOf(register);
    expect(figures.map(({ name, unit, aim }) => [name, unit, aim])).toEqual([
      ['a day of 1 school', 's', 'ratio <= 1.5'],
      ['last mark to last case told, 1 school', 's', 'value <= 5'],
      ['correction to its case told, 1 school, p50', 'ms', null],
      ['correction to its case told, 1 school, p99', 'ms', 'value < 300'],
      ['a pupil’s page, 1 school, p50', 'ms', null],
      ['a pupil’s page, 1 school, p99', 'ms', 'value < 50'],
      ['who crosses this week, 1 school', 's', 'value < 1'],
      ['a year of a trust, 21,340 marks', 's', 'ratio <= 1.5'],
      ['most memory of its importer', 'MB', 'value < 300'],
    ]);
    for (const { value, baseline, ratio, aim } of figures) {
      expect(value).toBeGreaterThanOrEqual(0);
      if (aim?.startsWith('ratio')) expect(ratio).toBeCloseTo(value / (baseline ?? 0), 0);
    }
  });

  it('prints a figure a line, with the same six things in each', () => {
    for (const one of [...figuresOf(start), ...figuresOf(cases), ...figuresOf(register)]) {
      expect(Object.keys(one)).toEqual(['name', 'value', 'unit', 'baseline', 'ratio', 'aim']);
      expect(Number.isFinite(one.value)).toBe(true);
    }
  });

  it('leaves nothing behind', () => {
    const data = path.resolve('.data');
    expect(existsSync(data) ? readdirSync(data).filter((name) => name.startsWith('bench-')) : []).toEqual([]);
  });

  it.each([
    ['no bench', [], /Name one bench: start, cases, register/],
    ['one that is none', ['letters'], /Name one bench: start, cases, register/],
    ['a count where nothing is counted', ['start', '--count', '3'], /bench start takes no --count/],
    ['no whole number', ['cases', '--count', '1.5'], /--count takes a whole number/],
  ])('says how it is used: %s', async (_, args, words) => {
    const refused = await bench(...args);
    expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(words)]);
  });
});
